import type { MessagePortMain, ParentPort } from 'electron'
import { createApp, type Actor, type Settling, type SystemVault } from '../../app.ts'
import type { EngineApp } from '../engine-types.ts'
import { errorLogIn, type ErrorLog } from '../error-log.ts'
import type { FromEngine, ToEngine } from './engine-messages.ts'
import { vaultClient } from './vault-client.ts'
import { portServer } from './serve-port.ts'

/** One open workspace and the way a window's port is put onto it. */
interface Engine {
  readonly app: EngineApp
  readonly connect: (port: MessagePortMain) => void
}

type Opening = Extract<ToEngine, { kind: 'open' }>

const actingPerson = async (app: EngineApp, as: string | null): Promise<Actor> => {
  if (as === null) return app.officer()
  const actor = await app.actor(as)
  if (actor === undefined) throw Object.assign(new Error(`Nobody called ${as} acts in this workspace.`), { name: 'StartError' })
  return actor
}

const openEngine = async ({ workspace, as, asOf, hasVault, passphrase }: Opening, vault: SystemVault, log: ErrorLog, onSettling: (progress: Settling) => void): Promise<Engine> => {
  const app = await createApp({ folder: workspace, asOf, host: 'desktop', threads: true, onSettling, ...(hasVault ? { vault } : {}), ...(passphrase === null ? {} : { passphrase }) })
  try {
    const actor = await actingPerson(app, as)
    return { app, connect: portServer(app.router, actor, log) }
  } catch (error) {
    await app.close()
    throw error
  }
}

const sentenceFor = (error: unknown, log: ErrorLog): string => {
  if (error instanceof Error && error.name === 'StartError') return error.message
  return `The workspace could not be opened; the details are in its log under ${log('open', error)}.`
}

const isLocked = (error: unknown): boolean =>
  error instanceof Error && error.name === 'StartError' && 'code' in error && (error.code === 'passphrase-needed' || error.code === 'wrong-passphrase')

/** The engine of the desktop app: opens the workspace it is told to, serves every port it is given, and leaves in order. */
const serve = (parent: ParentPort): void => {
  let engine: Promise<Engine> | null = null
  const say = (message: FromEngine): void => parent.postMessage(message)
  const { vault, answered } = vaultClient(say)

  const open = (opening: Opening): void => {
    const log = errorLogIn(opening.workspace)
    process.on('uncaughtException', (error) => {
      log('engine', error)
      // Half-known state is worse than a fresh start: the main process starts the engine again.
      process.exit(70)
    })
    engine = openEngine(opening, vault, log, (progress) => say({ kind: 'settling', progress }))
    engine.then(() => say({ kind: 'opened' }), (error: unknown) => say({ kind: isLocked(error) ? 'locked' : 'refused', message: sentenceFor(error, log) }))
  }

  const close = async (): Promise<void> => {
    try {
      await (await engine)?.app.close()
    } finally {
      process.exit(0)
    }
  }

  parent.on('message', ({ data, ports }) => {
    const message = data as ToEngine
    if (message.kind === 'open') open(message)
    else if (message.kind === 'close') void close()
    else if (message.kind === 'vault-answer') answered(message)
    else {
      const port = ports[0]
      if (port !== undefined) void engine?.then(({ connect }) => connect(port)).catch(() => port.close())
    }
  })
}

serve(process.parentPort)
