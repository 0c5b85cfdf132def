// What takes long in a bundle and needs nothing of its events is read beside them, in a thread of its own.
import { Worker } from 'node:worker_threads'
import { readBeside, type Beside, type BesideTask } from './read-beside.ts'

/** Below this a thread takes longer to start than it saves. */
const WORTH_BYTES = 16 * 1024 * 1024
/** What is read is let go of at once: a small nursery keeps the thread's memory small. */
const NURSERY_MEGABYTES = 8

export type Reading = {
  readonly read: Promise<Beside>
  /** Ends it early; what it would have read is then never there. */
  readonly stop: () => Promise<void>
}

/** `entry`: the reading thread's file; without one, or for little (`bytes`), or where it fails, it is read in this thread. */
export function startBeside(task: BesideTask, bytes: number, entry: URL | undefined): Reading {
  if (entry === undefined || bytes < WORTH_BYTES) {
    const read = readBeside(task)
    read.catch(() => undefined)
    return { read, stop: () => Promise.resolve() }
  }
  const worker = new Worker(entry, { workerData: task, env: {}, resourceLimits: { maxYoungGenerationSizeMb: NURSERY_MEGABYTES } })
  let isStopped = false
  const read = new Promise<Beside>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => {
      reject(new Error('The thread that reads the bundle ended early'))
    })
  }).catch((error: unknown) => {
    if (isStopped) throw error
    return readBeside(task)
  })
  // Whoever stops does not wait for it.
  read.catch(() => undefined)
  return {
    read,
    stop: async () => {
      isStopped = true
      await worker.terminate()
    },
  }
}
