import { parentPort, workerData } from 'node:worker_threads'
import { readExchangeFile, type FileKind } from './read-file.ts'
import type { Key } from './envelope.ts'

/** Entry of the thread a file from outside is opened in: it holds that one file and its key, and none of the workspace's data. */
const { kind, file, key } = workerData as { kind: FileKind; file: Uint8Array; key: Key }
parentPort?.postMessage(await readExchangeFile(kind, file, key))
