import { EventEmitter } from 'node:events'
import { isRelayed, relayOver } from './ports.ts'

interface FromParent {
  readonly message: unknown
  readonly relays: readonly number[]
}

/** Loaded before the engine's entry: gives the process the `parentPort` that Electron's utility processes have. */
const relays = relayOver((message) => process.send?.(message))
const parentPort = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => process.send?.({ message }) })

process.on('message', (received: unknown) => {
  if (isRelayed(received)) relays.receive(received)
  else {
    const { message, relays: numbers } = received as FromParent
    parentPort.emit('message', { data: message, ports: numbers.map((number) => relays.moveIn(number)) })
  }
})
process.on('disconnect', () => process.exit(0))
Object.defineProperty(process, 'parentPort', { value: parentPort })
