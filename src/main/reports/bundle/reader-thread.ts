import { parentPort, workerData } from 'node:worker_threads'
import { readBeside, type BesideTask } from './read-beside.ts'

/** Entry of the thread that reads a large bundle's files beside its events. */
parentPort?.postMessage(await readBeside(workerData as BesideTask))
