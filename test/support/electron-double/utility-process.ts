import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { isRelayed, relayOver, type DoublePort } from './ports.ts'

/** Process ids of the utility processes running now, for a test that wants to kill one. */
export const runningUtilities = new Set<number>()

/** A real process of its own, as in Electron; ports are carried over its message channel. */
export const utilityProcess = {
  fork: (entry: string, args: readonly string[] = [], options: { readonly stdio?: 'inherit' | readonly ('ignore' | 'pipe')[]; readonly env?: NodeJS.ProcessEnv } = {}) => {
    const isPiped = Array.isArray(options.stdio)
    const child = fork(entry, [...args], {
      execArgv: ['--import', new URL('./utility-child.ts', import.meta.url).href], serialization: 'advanced', stdio: isPiped ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'inherit', 'inherit', 'ipc'],
      ...(options.env === undefined ? {} : { env: options.env }),
    })
    const send = (message: object): void => {
      if (child.connected) child.send(message, () => {})
    }
    const relays = relayOver(send)
    const events = Object.assign(new EventEmitter(), {
      pid: child.pid,
      stdout: child.stdout,
      stderr: child.stderr,
      kill: () => child.kill(),
      postMessage: (message: unknown, ports: readonly DoublePort[] = []) => send({ message, relays: ports.map((port) => relays.moveOut(port)) }),
    })
    if (child.pid !== undefined) runningUtilities.add(child.pid)
    child.on('message', (received: unknown) => {
      if (isRelayed(received)) relays.receive(received)
      else events.emit('message', (received as { message: unknown }).message)
    })
    child.on('exit', (code) => {
      if (child.pid !== undefined) runningUtilities.delete(child.pid)
      Object.assign(events, { pid: undefined })
      relays.closeAll()
      events.emit('exit', code ?? 1)
    })
    return events
  },
}
