import { Worker } from 'node:worker_threads'
import { attachContent } from './attached-cms.ts'
import { encrypt, newIdentity, newPassphrase, type Key, type Lock } from './envelope.ts'
import { addLine, discardDraft, hasDraft, isThere, publish, readBounded, replaceFile, writeDraft, writeFileOnce } from './outgoing-file.ts'
import type { FileKind, Read } from './read-file.ts'

/** Writing and reading the files that travel between workspaces. */
export interface Exchange {
  readonly newIdentity: typeof newIdentity
  readonly newPassphrase: typeof newPassphrase
  /** `content` with its detached signature, encrypted. */
  readonly seal: (content: Uint8Array, cms: Uint8Array, lock: Lock) => Promise<Uint8Array>
  readonly files: typeof files
  /** Away from the engine's data, with bounded memory and time. */
  readonly read: <K extends FileKind>(kind: K, file: Uint8Array, key: Key) => Promise<Read<K>>
}

const files = { writeDraft, publish, discardDraft, isThere, hasDraft, writeFileOnce, replaceFile, addLine, readBounded } as const

const mostMegabytes = 1_024
const mostMilliseconds = 120_000

/** `entry`: the reading thread's file. */
export function createExchange(entry: URL): Exchange {
  return {
    newIdentity, newPassphrase, files,
    seal: (content, cms, lock) => encrypt(attachContent({ content, cms }), lock),
    read: (kind, file, key) => inThread(entry, kind, file, key),
  }
}

async function inThread<K extends FileKind>(entry: URL, kind: K, file: Uint8Array, key: Key): Promise<Read<K>> {
  const worker = new Worker(entry, { workerData: { kind, file, key }, env: {}, resourceLimits: { maxOldGenerationSizeMb: mostMegabytes } })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Read<K>>((resolve) => {
      const give = (detail: string): void => resolve({ ok: false, fault: 'not-readable', detail })
      worker.once('message', resolve)
      worker.once('error', () => give('reading it took more memory than any packet needs, or failed'))
      worker.once('exit', () => give('reading it ended early'))
      timer = setTimeout(() => give('reading it took too long'), mostMilliseconds)
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
