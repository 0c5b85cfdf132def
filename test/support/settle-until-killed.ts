// Run as a process of its own: opens a workspace and kills itself at the given step of bringing its files under a key.
import fs from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { Worker } from 'node:worker_threads'

const [folder = '', passphrase = '', dieAt = '0', mode = 'at-step'] = process.argv.slice(2)
let steps = 0

/** Every change of a name or of a whole file is a step: right before it, and (the next one) right after it. */
const step = (): void => {
  steps += 1
  if (mode === 'at-step' && steps === Number(dieAt)) process.kill(process.pid, 'SIGKILL')
}

const { copyFileSync, renameSync } = fs
const { rename, rm } = promises
fs.copyFileSync = (...args) => {
  step()
  copyFileSync(...args)
  // Within SQLite's own rewriting of the copy, which holds up this thread.
  if (mode === 'in-rekey') new Worker(`setTimeout(() => process.kill(${process.pid}, 'SIGKILL'), ${Number(dieAt)})`, { eval: true })
  step()
}
fs.renameSync = (...args) => { step(); renameSync(...args); step() }
promises.rename = async (...args) => { step(); await rename(...args); step() }
promises.rm = async (...args) => { step(); await rm(...args); step() }
syncBuiltinESMExports()

const { createApp } = await import('../../src/main/app.ts')
const app = await createApp({ folder, asOf: '2026-03-31', host: 'cli', threads: false, env: {}, passphrase })
await app.close()
process.stdout.write(`${steps}`)
