// A file that nobody but the process writing it can read yet. It lies on the disk as it will be, byte for byte at its place, only veiled: with a
// key that exists in this process's memory and nowhere else. A process that dies takes the key along, and what it leaves is noise.
import { createCipheriv, createHmac, randomBytes } from 'node:crypto'
import { open } from 'node:fs/promises'
import { join } from 'node:path'

/** Makes bytes unreadable, or readable again: it is the same both ways. `at`: where in the file they lie. */
export type Veil = (bytes: Uint8Array, at: number) => Uint8Array

export interface VeiledFile {
  readonly path: string
  readonly veil: Veil
}

const blockBytes = 16
const chunkBytes = 1 << 20

/**
 * A place in `folder` and a veil for each file name, under one new key: names of people are names in a listing, too. AES-256 in counter mode, so that a report can be read and signed at any of its places. Nothing
 * is authenticated by it: each file is hashed as it is meant to be, and compared when the veil is taken off.
 */
export function veiledIn(folder: string): (name: string) => VeiledFile {
  const key = randomBytes(32)
  return (name) => {
    const drawn = createHmac('sha256', key).update(name).digest()
    return { path: join(folder, drawn.toString('hex', blockBytes)), veil: veilFrom(key, drawn.subarray(0, blockBytes - 4)) }
  }
}

function veilFrom(key: Uint8Array, start: Buffer): Veil {
  return (bytes, at) => {
    const counter = Buffer.alloc(blockBytes)
    start.copy(counter)
    counter.writeUInt32BE(Math.floor(at / blockBytes), blockBytes - 4)
    const cipher = createCipheriv('aes-256-ctr', key, counter)
    if (at % blockBytes > 0) cipher.update(Buffer.alloc(at % blockBytes))
    return cipher.update(bytes)
  }
}

/** The file as it is meant to be, a block at a time. */
export async function* readVeiled({ path, veil }: VeiledFile): AsyncGenerator<Uint8Array, void, void> {
  const file = await open(path, 'r')
  try {
    for (let at = 0; ;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, at)
      if (bytesRead === 0) return
      yield veil(buffer.subarray(0, bytesRead), at)
      at += bytesRead
    }
  } finally {
    await file.close()
  }
}

/** Takes the veil off, in the file itself, and hands each block to `seen`. On the disk when it returns. */
export async function unveil({ path, veil }: VeiledFile, seen: (bytes: Uint8Array) => void): Promise<void> {
  const file = await open(path, 'r+')
  try {
    for (let at = 0; ;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, at)
      if (bytesRead === 0) break
      const plain = veil(buffer.subarray(0, bytesRead), at)
      seen(plain)
      for (let done = 0; done < plain.length;) done += (await file.write(plain, done, plain.length - done, at + done)).bytesWritten
      at += bytesRead
    }
    await file.sync()
  } finally {
    await file.close()
  }
}
