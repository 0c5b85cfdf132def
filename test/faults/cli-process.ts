import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../../src/main/hosts/cli/muster.mjs', import.meta.url))

export interface Ended {
  readonly exit: number | null
  readonly out: string
  readonly err: string
}

/** `muster …` as a process of its own; `uid` for somebody who may do less than the tests. */
export function runMuster(argv: readonly string[], options: { readonly uid?: number } = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry, ...argv], {
      stdio: ['ignore', 'pipe', 'pipe'], ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    })
    let [out, err] = ['', '']
    child.stdout?.on('data', (chunk: Buffer) => { out += chunk.toString() })
    child.stderr?.on('data', (chunk: Buffer) => { err += chunk.toString() })
    child.on('error', reject)
    child.on('close', (exit) => {
      resolve({ exit, out, err })
    })
  })
}
