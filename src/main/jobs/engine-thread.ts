import { MessageChannel, Worker } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../shared/contract/index.ts'

export type ContractClient = ContractRouterClient<Contract>

/** What the files of an encrypted workspace are under: the store's key, and every generation of keys there was. */
export interface FileKeys {
  readonly store: string | null
  readonly ring: readonly { readonly store: string; readonly files: string }[]
}

/** What a thread needs to open the same workspace for the same person. Plain data: it crosses threads. */
export interface ThreadStart {
  readonly folder: string
  readonly asOf: string
  readonly actor: { readonly email: string; readonly name: string; readonly roles: readonly ('officer' | 'reviewer' | 'auditor')[] }
  /** The opened key of the workspace's secrets, so that nobody is asked again; in memory only. */
  readonly secretsKey: Uint8Array | null
  /** What the workspace's files are under; null = they are plain. In memory only. */
  readonly fileKeys: FileKeys | null
}

/**
 * Runs one stream of long work in a worker thread with a database connection of its own, so that whoever else asks the engine gets
 * an answer meanwhile. Whoever stops reading cancels the work.
 */
export async function* inEngineThread<T>(
  entry: URL, start: ThreadStart, run: (client: ContractClient, signal: AbortSignal) => Promise<AsyncIterable<T>>, outer?: AbortSignal,
): AsyncGenerator<T, void, void> {
  const stop = new AbortController()
  const signal = outer === undefined ? stop.signal : AbortSignal.any([stop.signal, outer])
  const { port1, port2 } = new MessageChannel()
  const worker = new Worker(entry, { workerData: { start, port: port2 }, transferList: [port2] })
  const died = new Promise<never>((_, reject) => {
    worker.once('error', reject)
    worker.once('exit', (code) => {
      reject(new Error(`the worker thread ended early (exit ${code})`))
    })
  })
  died.catch(() => undefined)
  try {
    const client: ContractClient = createORPCClient(new RPCLink({ port: port1 }))
    port1.start()
    const iterator = (await Promise.race([run(client, signal), died]))[Symbol.asyncIterator]()
    try {
      for (;;) {
        const next = await Promise.race([iterator.next(), died])
        if (next.done === true) return
        yield next.value
      }
    } finally {
      stop.abort()
      // Lets the thread roll back and clean up before it is ended; one that died has nothing left to wait for.
      await Promise.race([iterator.return?.() ?? Promise.resolve(), died]).catch(() => undefined)
    }
  } finally {
    await closed(worker)
    port1.close()
  }
}

/** The thread closes its database when told; after five seconds it is ended all the same. */
async function closed(worker: Worker): Promise<void> {
  const timer = setTimeout(() => void worker.terminate(), 5_000)
  await new Promise<void>((resolve) => {
    worker.postMessage('close')
    if (worker.threadId === -1) resolve()
    else worker.once('exit', () => resolve())
  })
  clearTimeout(timer)
}
