import { execFile } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { inputFolder } from './reading.ts'

const folder = inputFolder()
const probe = fileURLToPath(new URL('./memory-probe.ts', import.meta.url))

it('a file larger than the heap is read through it', async () => {
  const path = join(folder.path, 'large.csv')
  const file = openSync(path, 'w')
  writeSync(file, 'account,entitlement,granted\n')
  const filler = 'x'.repeat(80)
  for (let block = 0; block < 30; block += 1) {
    const rows = Array.from({ length: 10_000 }, (_, index) => `user${block}-${index},right ${index} ${filler},2024-05-02`)
    writeSync(file, `${rows.join('\n')}\n`)
  }
  closeSync(file)
  const { stdout } = await promisify(execFile)(process.execPath, ['--max-old-space-size=32', probe, path])
  expect(stdout.trim()).toBe('300000')
})
