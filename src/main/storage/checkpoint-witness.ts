import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { toBase64 } from '../core/evidence/bytes.ts'
import { parseCheckpoint } from '../core/evidence/checkpoint.ts'

// Everything inside the database goes back in time together when an older copy of it is put in place. So the notes of signed checkpoints
// are also kept beside it, and every bundle carries one.

/** A signed head of the log as somebody outside the database remembers it. `where` is the file that does. */
export interface WitnessedHead {
  readonly size: number
  readonly root: string
  readonly where: string
}

const fileName = 'checkpoints.log'

/**
 * Remembers a signed checkpoint's note. To be called after the commit that holds it: remembered earlier, a commit that fails would leave a
 * witness of something that never was. That it cannot be written must not undo what is signed already; it is remembered with the next.
 */
export function rememberCheckpoint(folder: string, note: string): void {
  try {
    const file = openSync(join(folder, fileName), 'a', 0o600)
    try {
      writeSync(file, `${JSON.stringify(note)}\n`)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  } catch {
    return
  }
}

/** What is remembered of a log, by size: beside the database and in the bundles of the workspace. Lines cut off by a crash are passed over. */
export function witnessedHeads(folder: string, bundles: string, log: string): readonly WitnessedHead[] {
  const heads: WitnessedHead[] = []
  const take = (note: unknown, where: string): void => {
    const checkpoint = typeof note === 'string' ? parseCheckpoint(note) : undefined
    if (checkpoint?.origin === log) heads.push({ size: checkpoint.size, root: toBase64(checkpoint.root), where })
  }
  const path = join(folder, fileName)
  if (existsSync(path)) for (const line of readFileSync(path, 'utf8').split('\n')) take(parsed(line), fileName)
  for (const name of existsSync(bundles) ? readdirSync(bundles) : []) {
    const note = join(bundles, name, 'checkpoint')
    if (existsSync(note)) take(readFileSync(note, 'utf8'), `bundles/${name}`)
  }
  return heads.sort((left, right) => left.size - right.size)
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch {
    return undefined
  }
}
