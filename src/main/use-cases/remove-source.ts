import type { EventBody } from '../../shared/model/evidence.ts'
import { inTransaction } from '../storage/database.ts'
import { correlateAccounts } from '../storage/identities-correlate.ts'
import { closeInventory } from '../storage/inventory-merge.ts'
import { endRun, insertRun, lastCompleteRun, listRuns, setRunSnapshot } from '../storage/runs.ts'
import { isOfPeople } from '../storage/snapshot-hash.ts'
import { hashSnapshot, insertEmptySnapshot } from '../storage/snapshots.ts'
import { markSourceRemoved } from '../storage/sources.ts'
import { removeMirror } from '../storage/mirror-file.ts'
import { removeStaging } from '../storage/staging-file.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { sourceNamed } from './find-source.ts'
import { recordEvents } from './record-event.ts'

/**
 * Disconnects a source. What it reported stays readable as history; its accounts and grants end with a last, empty snapshot. People an
 * HR source reported stay as they were last known: that we stopped looking makes nobody a leaver.
 */
export async function removeSource(context: Context, actor: Actor, input: { readonly source: string }): Promise<{ removed: string }> {
  mustBeOfficer(actor)
  const source = await sourceNamed(context.store.db, input.source)
  const open = await listRuns(context.store.db, { sourceId: source.id, states: ['running', 'held'] })
  if (open.some((run) => run.state === 'running')) {
    throw new Refusal('conflict', `“${source.name}” is being read right now. Cancel that first.`)
  }
  await inTransaction(context.store, async (queries) => {
    const now = context.clock.now()
    await markSourceRemoved(queries, source.id, now)
    for (const run of open) {
      await endRun(queries, run.id, ['held'], { state: 'discarded', finishedAt: now, notes: [...run.notes, 'The source was removed.'] })
    }
    const events: EventBody[] = [{ kind: 'source-removed', body: { source: source.name } }]
    const last = await lastCompleteRun(queries, source.id)
    if (source.kind !== 'csv-sign-ins' && !isOfPeople(source.kind) && last !== undefined) {
      const { asOf } = last.run
      const runId = await insertRun(queries, { sourceId: source.id, asOf, startedAt: now, actor: actor.email, query: 'source removed' })
      const snapshotId = await insertEmptySnapshot(queries, { sourceId: source.id, runId, asOf, takenAt: now })
      const removed = await closeInventory(queries, source.id, snapshotId)
      const contentHash = await hashSnapshot(context.store, queries, { snapshotId, sourceId: source.id, runId })
      await endRun(queries, runId, ['running'], {
        state: 'complete', finishedAt: now, notes: [`The source was removed; its ${removed} grants ended with it.`],
      })
      await setRunSnapshot(queries, runId, snapshotId)
      await correlateAccounts(context.store, queries)
      events.push({
        kind: 'snapshot-taken',
        body: { snapshot: snapshotId, source: source.name, run: runId, asOf, accounts: 0, entitlements: 0, grants: 0, contentHash },
      })
    }
    await recordEvents(context, queries, actor.email, events)
  })
  await context.secrets.remove(source)
  for (const run of open) removeStaging(context.paths.staging, run.id)
  removeMirror(context.paths.mirrors, source.id)
  return { removed: source.name }
}
