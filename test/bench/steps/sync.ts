import { statSync } from 'node:fs'
import { join } from 'node:path'
import { asOf } from '../data/files.ts'
import { openWorkspace } from '../../support/workspace-builder.ts'
import { textOf, type Step } from '../result.ts'
import { stopwatch } from '../timing.ts'

/** Input: `workspace`, `file`. Reads it through `sources.sync`; what the run says it is doing, and for how long, comes as `phase …`. */
export const sync: Step = async (input) => {
  const folder = textOf(input, 'workspace')
  const workspace = await openWorkspace(folder)
  try {
    const phases = new Map<string, number>()
    const stop = stopwatch()
    let [phase, since] = ['Starting', performance.now()]
    const enter = (next: string): void => {
      const now = performance.now()
      phases.set(phase, (phases.get(phase) ?? 0) + (now - since) / 1000)
      ;[phase, since] = [next, now]
    }
    const notes: string[] = []
    let rows = 0
    for await (const step of await workspace.officer.sources.sync({ source: 'Access', asOf, file: textOf(input, 'file') })) {
      if (step.state === 'working') {
        const named = step.step.startsWith('Reading ') ? 'Reading' : step.step
        if (named !== phase) enter(named)
        continue
      }
      enter('')
      rows = step.result.rowsRead
      if (step.result.state !== 'complete') throw new Error(`the file was not taken: ${step.result.notes.join(' ')}`)
    }
    const { seconds, cpuSeconds } = stop()
    const snapshot = (await workspace.officer.inventory.snapshots())[0]
    if (snapshot === undefined) throw new Error('no snapshot was taken')
    notes.push(`${snapshot.added} added, ${snapshot.removed} removed`)
    return {
      figures: {
        seconds, cpuSeconds, rows, grants: snapshot.grants, databaseMb: bytesOf(folder) / 1_048_576,
        ...Object.fromEntries([...phases].map(([name, spent]) => [`phase ${name}`, spent])),
      },
      notes,
    }
  } finally {
    await workspace.close()
  }
}

/** The write-ahead log included: right after a large transaction most of the database is there. */
function bytesOf(folder: string): number {
  return ['muster.db', 'muster.db-wal'].reduce((sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0), 0)
}
