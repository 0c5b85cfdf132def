import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { RPCHandler } from '@orpc/server/message-port'
import { createThreadApp, type Actor, type FileKeys } from '../../app.ts'
import { contractErrorsOnly } from '../contract-errors.ts'
import { errorLogIn } from '../error-log.ts'

interface ThreadData {
  readonly start: { readonly folder: string; readonly asOf: string; readonly actor: Actor; readonly secretsKey: Uint8Array | null; readonly fileKeys: FileKeys | null }
  readonly port: MessagePort
}

/** A thread of the engine for one piece of long work: the contract over a port, for the person who asked. */
async function main(): Promise<void> {
  const { start, port } = workerData as ThreadData
  const app = await createThreadApp({ folder: start.folder, asOf: start.asOf, host: 'cli', secretsKey: start.secretsKey, fileKeys: start.fileKeys })
  new RPCHandler(app.router, { clientInterceptors: [contractErrorsOnly(errorLogIn(start.folder))] }).upgrade(port, { context: { actor: start.actor } })
  port.start()
  parentPort?.once('message', () => {
    port.close()
    void app.close()
  })
}

await main()
