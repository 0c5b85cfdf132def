import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { incomingName } from '../../../shared/model/incoming.ts'

export interface ReceivedFile {
  /** Full path, to be given to whatever reads sources. */
  readonly path: string
  readonly name: string
  readonly bytes: number
}

/** The body grew beyond the limit while it was read. */
export class FileTooLarge extends Error {}

/**
 * Streams an uploaded file into a folder of its own under `folder`. It is there whole or not at all: too large, cut off or a full disk
 * leaves nothing behind. Only its owner can read it.
 */
export const receiveFile = async (
  body: Readable, { folder, name, limit }: { readonly folder: string; readonly name: string; readonly limit: number },
): Promise<ReceivedFile> => {
  const place = join(folder, randomUUID())
  await mkdir(place, { recursive: true, mode: 0o700 })
  const safe = incomingName(name)
  const path = join(place, safe)
  let bytes = 0
  const counted = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length
      if (bytes > limit) done(new FileTooLarge())
      else done(null, chunk)
    },
  })
  try {
    await pipeline(body, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
    return { path, name: safe, bytes }
  } catch (error) {
    await rm(place, { recursive: true, force: true })
    throw error
  }
}
