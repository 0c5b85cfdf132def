import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { workKind } from '../../shared/contract/work.ts'

/** Long work an engine is at. A file, because the store may be locked for minutes by that very work; and readable, so it names nobody. */
const marks = z.array(z.object({ kind: workKind, campaign: z.int().nullable(), startedAt: z.string() }))

const pathIn = (workspace: string): string => join(workspace, 'working.json')

/** Only a courtesy to the next engine: a disk that takes no file stops no work. */
export function markWork(workspace: string, going: Readonly<z.infer<typeof marks>>): void {
  try {
    if (going.length === 0) rmSync(pathIn(workspace), { force: true })
    else writeFileSync(pathIn(workspace), JSON.stringify(going), { mode: 0o600 })
  } catch {
    // The work's own record says how it ended.
  }
}

/** What an engine that died, or was closed, was at. */
export function unfinishedWork(workspace: string): z.infer<typeof marks> {
  try {
    return marks.parse(JSON.parse(readFileSync(pathIn(workspace), 'utf8')))
  } catch {
    return []
  }
}
