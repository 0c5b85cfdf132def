import { createHash, type Hash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, rm, stat, truncate, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createGunzip, gzip } from 'node:zlib'

// What a live source answered, kept as it came: per page a line of JSON (collection, request, when, length of the body in bytes), then
// the body and a line feed. Written as a gzip file of one member per commit, so that it can be cut at any commit and read as one.

const compress = promisify(gzip)
// As for files: half the time of the usual level for a tenth more bytes.
const gzipLevel = 4

export interface PageText {
  readonly collection: string
  readonly request: string
  readonly at: string
  readonly body: string
}

/** `bytes` and `sha256` of the text, as `gunzip` gives it back; `storedBytes` of the file. */
export interface ExtractFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  readonly storedAs: string
  readonly storedBytes: number
}

export interface RawExtract {
  readonly file: string
  /** On the disk when it returns; what is written and not in the mirror's state afterwards is cut off again. Returns the file's length. */
  readonly append: (pages: readonly PageText[]) => Promise<number>
  readonly close: () => Promise<void>
  /** Null when nothing was kept. */
  readonly result: () => ExtractFile | null
}

/** Where the workspace is encrypted: a block is sealed before it is written, and such a file is read through `read`. */
export interface ExtractSeals {
  readonly sealBlock: (plain: Uint8Array) => Promise<Uint8Array>
  readonly read: (path: string) => AsyncIterable<Uint8Array>
}

/** Behind the name the store knows it by. */
const sealedEnding = '.age'

/** The file's name says run and start, because a restored store may give the same number to another run. */
export function extractName(runId: number, startedAt: string): string {
  return `run-${runId}-${startedAt.replaceAll(/[-:.]/g, '')}.pages.gz`
}

export function openExtract(folder: string, file: string, seals: ExtractSeals | null = null): RawExtract {
  const path = join(folder, seals === null ? file : `${file}${sealedEnding}`)
  const hash = createHash('sha256')
  let handle: FileHandle | null = null
  let bytes = 0
  let storedBytes = 0
  return {
    file,
    append: async (pages) => {
      if (pages.length === 0) return storedBytes
      if (handle === null) {
        await mkdir(folder, { recursive: true })
        handle = await open(path, 'wx', 0o600)
      }
      const text = Buffer.concat(pages.map(pageBytes))
      const packed = await compress(text, { level: gzipLevel })
      const member = seals === null ? packed : await seals.sealBlock(packed)
      await handle.write(member, 0, member.length, storedBytes)
      await handle.datasync()
      hash.update(text)
      bytes += text.length
      storedBytes += member.length
      return storedBytes
    },
    close: async () => {
      await handle?.close()
      handle = null
    },
    result: () => (storedBytes === 0 ? null : described(file, bytes, hash.copy(), storedBytes)),
  }
}

function pageBytes({ collection, request, at, body }: PageText): Buffer {
  const text = Buffer.from(body)
  const head = Buffer.from(`${JSON.stringify({ collection, request, at, bytes: text.length })}\n`)
  return Buffer.concat([head, text, Buffer.from('\n')])
}

/** Cuts an extract whose process died back to what is certain, and hashes it. Null when nothing is left. */
export async function recoverExtract(folder: string, file: string, storedBytes: number, seals: ExtractSeals | null = null): Promise<ExtractFile | null> {
  // It may have been begun before the workspace was encrypted.
  const isSealed = seals !== null && existsSync(join(folder, `${file}${sealedEnding}`))
  const path = join(folder, isSealed ? `${file}${sealedEnding}` : file)
  const found = await stat(path).catch(() => null)
  if (found === null || found.size < storedBytes) return null
  if (storedBytes === 0) {
    await rm(path, { force: true })
    return null
  }
  await truncate(path, storedBytes)
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(isSealed ? seals.read(path) : createReadStream(path), createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
    }
  })
  return described(file, bytes, hash, storedBytes)
}

function described(file: string, bytes: number, hash: Hash, storedBytes: number): ExtractFile {
  return { name: file.replace(/\.gz$/, ''), bytes, sha256: hash.digest('hex'), storedAs: file, storedBytes }
}
