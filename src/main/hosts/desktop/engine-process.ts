import type { Settling } from '../../app.ts'
import { utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron'
import { askVault, hasSafeVault } from './system-vault.ts'
import type { FromEngine, ToEngine } from './engine-messages.ts'
import type { StartOptions } from './start-options.ts'

export interface EngineProcess {
  /** Hands one end of a channel to the engine; it is served as soon as the workspace is open. */
  readonly connect: (port: MessagePortMain) => void
  /** Lets the engine finish and release the workspace. */
  readonly close: () => Promise<void>
}

export interface EngineEvents {
  /** Ran into its end without being asked, and was started anew: every window needs a new port. */
  readonly onRestarted: () => void
  readonly onOpened: () => void
  readonly onSettling: (progress: Settling) => void
  /** Encrypted, and what was given does not open it; a sentence for people. It ends and is started again with a passphrase. */
  readonly onLocked: (message: string) => void
  /** Cannot go on; a sentence for people. */
  readonly onGivenUp: (message: string) => void
}

const mostRestarts = 3
const withinMs = 60_000

const keptSentence = 'Everything decided so far is kept in the workspace.'

/** The engine in a process of its own, so that neither a long query nor a crash touches the window. */
export const startEngine = (entry: string, options: Pick<StartOptions, 'as' | 'asOf'> & { readonly workspace: string; readonly passphrase: string | null }, events: EngineEvents): EngineProcess => {
  let isClosing = false
  let isRefused = false
  let restarts: number[] = []
  let child = launch()

  function launch(): UtilityProcess {
    const started = utilityProcess.fork(entry, [], { serviceName: 'Muster engine', stdio: 'inherit' })
    started.on('message', (message: FromEngine) => {
      if (message.kind === 'vault') {
        started.postMessage({ kind: 'vault-answer', id: message.id, text: askVault(message.ask, message.text) } satisfies ToEngine)
        return
      }
      if (message.kind === 'opened') return events.onOpened()
      if (message.kind === 'settling') return events.onSettling(message.progress)
      isRefused = true
      if (message.kind === 'locked') {
        started.postMessage({ kind: 'close' } satisfies ToEngine)
        return events.onLocked(message.message)
      }
      events.onGivenUp(message.message)
    })
    started.once('exit', (code) => ended(code))
    started.postMessage({ kind: 'open', ...options, hasVault: hasSafeVault() } satisfies ToEngine)
    return started
  }

  function ended(code: number): void {
    if (isClosing || isRefused) return
    const now = performance.now()
    restarts = [...restarts.filter((at) => now - at < withinMs), now]
    if (restarts.length > mostRestarts) {
      isRefused = true
      events.onGivenUp(`Muster's engine stopped ${restarts.length} times within a minute (last with code ${code}). ${keptSentence} Look into the workspace's logs folder, then start Muster again.`)
      return
    }
    child = launch()
    events.onRestarted()
  }

  return {
    connect: (port) => child.postMessage({ kind: 'connect' } satisfies ToEngine, [port]),
    close: () =>
      new Promise((resolve) => {
        isClosing = true
        if (child.pid === undefined) return resolve()
        child.once('exit', () => resolve())
        child.postMessage({ kind: 'close' } satisfies ToEngine)
      }),
  }
}
