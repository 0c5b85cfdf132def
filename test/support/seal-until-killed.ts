// Run as a process of its own: begins to write a bundle as a seal does, and is killed in the middle.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { markSeal } from '../../src/main/storage/seal-mark.ts'

const [folder = '', out = ''] = process.argv.slice(1)
const name = '2-Quarter.v1.muster'
mkdirSync(join(out, '1-Other.v1.muster'), { recursive: true })
markSeal(folder, { folder: out, name })
const draft = join(out, `.${name}.0123456789ab.draft`)
mkdirSync(draft)
writeFileSync(join(draft, 'items.csv'), 'half a bundle')
process.kill(process.pid, 'SIGKILL')
