// Kept originals on the disk: age files (https://age-encryption.org/v1), which the age command-line tool opens too. One that grows while it is
// written is a row of them, each behind a line that says how long it is, so that it can be cut at any of them.
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption'

export interface FileSeals {
  readonly seal: (plain: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>
  /** One block of a file that grows. */
  readonly sealBlock: (plain: Uint8Array) => Promise<Uint8Array>
  /** What was sealed, of either form and under any generation; a plain file as it is. Throws where no key fits or it was changed. */
  readonly read: (path: string) => AsyncIterable<Uint8Array>
}

const ageLine = 'age-encryption.org/v1\n'
const blockLine = /^muster-sealed (\d{1,10})\n/
const mostHead = 32

/** `identities`: what new files are sealed to first, then earlier ones. */
export async function fileSeals(identities: readonly [string, ...string[]]): Promise<FileSeals> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(await identityToRecipient(identities[0]))
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  return {
    seal: async function* (plain) {
      yield* iterated(await encrypter.encrypt(streamOf(plain)))
    },
    sealBlock: async (plain) => {
      const sealed = await encrypter.encrypt(plain)
      return Buffer.concat([Buffer.from(`muster-sealed ${sealed.length}\n`), sealed])
    },
    read: (path) => readSealed(path, decrypter),
  }
}

export type SealedForm = 'plain' | 'age' | 'blocks'

export async function sealedForm(path: string): Promise<SealedForm> {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(mostHead)
    const { bytesRead } = await file.read(head, 0, mostHead, 0)
    const text = head.toString('latin1', 0, bytesRead)
    return text.startsWith(ageLine) ? 'age' : blockLine.test(text) ? 'blocks' : 'plain'
  } finally {
    await file.close()
  }
}

async function* readSealed(path: string, decrypter: Decrypter): AsyncGenerator<Uint8Array, void, void> {
  const form = await sealedForm(path)
  if (form === 'plain') yield* createReadStream(path) as AsyncIterable<Buffer>
  else if (form === 'age') yield* iterated(await decrypter.decrypt(streamOf(createReadStream(path) as AsyncIterable<Buffer>)))
  else for await (const block of blocksOf(path)) yield await decrypter.decrypt(block)
}

async function* blocksOf(path: string): AsyncGenerator<Uint8Array, void, void> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    for (let at = 0; at < size;) {
      const head = Buffer.alloc(mostHead)
      const { bytesRead } = await file.read(head, 0, mostHead, at)
      const [line, length] = blockLine.exec(head.toString('latin1', 0, bytesRead)) ?? []
      if (line === undefined || at + line.length + Number(length) > size) throw new Error('a block of a sealed file is cut off or damaged')
      const block = Buffer.alloc(Number(length))
      await file.read(block, 0, block.length, at + line.length)
      yield block
      at += line.length + block.length
    }
  } finally {
    await file.close()
  }
}

function streamOf(bytes: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  return Readable.toWeb(Readable.from(bytes)) as unknown as ReadableStream<Uint8Array>
}

async function* iterated(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) yield chunk
}
