import { inTransaction } from '../storage/database.ts'
import { listRuns, runById } from '../storage/runs.ts'
import { isStagingHeld, removeStaging, stagedRuns } from '../storage/staging-file.ts'
import type { Context } from './context.ts'
import { isLiveKind } from './find-source.ts'
import { endRunRecorded } from './finish-run.ts'
import { recordOfDeadRun } from './live-reading.ts'

/**
 * Tidies up after a process that died while reading: its runs are failed with a note, and staging files nobody needs are deleted. A run
 * whose staging file is locked is being read right now and left alone. To be called when a workspace is opened.
 */
export async function recoverRuns(context: Context): Promise<{ failed: readonly number[] }> {
  const { staging } = context.paths
  const running = await listRuns(context.store.db, { states: ['running'] })
  const dead: number[] = []
  for (const run of running) {
    const runId = run.id
    if (isStagingHeld(staging, runId, context.store.key)) continue
    const record = isLiveKind(run.sourceKind) ? await recordOfDeadRun(context, run) : null
    const advice = isLiveKind(run.sourceKind)
      ? 'Muster was ended while this source was being read. Nothing was imported; what was read is kept, and the next sync goes on there.'
      : 'Muster was ended while this file was being read. Nothing of it was imported; sync the source again.'
    await inTransaction(context.store, async (queries) => {
      // Ended by itself since it was listed: then it was alive after all.
      if ((await runById(queries, runId))?.state !== 'running') return
      dead.push(runId)
      await endRunRecorded(context, queries, 'system', runId, ['running'], {
        state: 'failed', finishedAt: context.clock.now(), notes: [advice], ...record,
      })
    })
  }
  const kept = new Set((await listRuns(context.store.db, { states: ['running', 'held'] })).map((run) => run.id))
  for (const runId of stagedRuns(staging)) if (!kept.has(runId)) removeStaging(staging, runId)
  return { failed: dead }
}
