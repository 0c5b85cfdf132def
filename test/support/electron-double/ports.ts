import { EventEmitter } from 'node:events'

/** One end of a channel as Electron's main process has it: silent until started, `close` on both ends. */
export interface DoublePort extends EventEmitter {
  readonly postMessage: (data: unknown) => void
  readonly start: () => void
  readonly close: () => void
}

export const doubleChannel = (): { port1: DoublePort; port2: DoublePort } => {
  const ends = [new EventEmitter(), new EventEmitter()] as const
  const waiting: [unknown[], unknown[]] = [[], []]
  const isStarted: [boolean, boolean] = [false, false]
  let isClosed = false
  const deliver = (to: 0 | 1, data: unknown): void => {
    if (isClosed) return
    if (isStarted[to]) setImmediate(() => ends[to].emit('message', { data, ports: [] }))
    else waiting[to].push(data)
  }
  const close = (): void => {
    if (isClosed) return
    isClosed = true
    setImmediate(() => ends.forEach((end) => end.emit('close')))
  }
  const end = (at: 0 | 1): DoublePort =>
    Object.assign(ends[at], {
      postMessage: (data: unknown) => deliver(at === 0 ? 1 : 0, data),
      start: () => {
        isStarted[at] = true
        for (const data of waiting[at].splice(0)) deliver(at, data)
      },
      close,
    })
  return { port1: end(0), port2: end(1) }
}

/** What crosses to a place where the port itself cannot go. */
export type Relayed = { readonly relay: number; readonly data: unknown } | { readonly relay: number; readonly isClosed: true }

export const isRelayed = (value: unknown): value is Relayed => typeof value === 'object' && value !== null && 'relay' in value

/** Ports whose other half lives elsewhere, by number. */
export const relayOver = (send: (message: Relayed) => void) => {
  const ports = new Map<number, DoublePort>()
  let last = 0
  const hold = (relay: number, port: DoublePort): void => {
    ports.set(relay, port)
    port.on('message', ({ data }: { data: unknown }) => send({ relay, data }))
    port.on('close', () => {
      if (ports.delete(relay)) send({ relay, isClosed: true })
    })
    port.start()
  }
  return {
    /** Keeps this port here, and gives the number under which the other place speaks through it. */
    moveOut: (port: DoublePort): number => {
      last += 1
      hold(last, port)
      return last
    },
    /** The half of a port that was moved here. */
    moveIn: (relay: number): DoublePort => {
      const { port1, port2 } = doubleChannel()
      hold(relay, port1)
      return port2
    },
    receive: (message: Relayed): void => {
      const port = ports.get(message.relay)
      if (port === undefined) return
      if ('data' in message) port.postMessage(message.data)
      else {
        ports.delete(message.relay)
        port.close()
      }
    },
    closeAll: (): void => {
      for (const [relay, port] of ports) {
        ports.delete(relay)
        port.close()
      }
    },
  }
}
