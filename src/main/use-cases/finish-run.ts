import type { EventBody } from '../../shared/model/evidence.ts'
import type { Run, RunState } from '../../shared/model/source.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { canonicalJson } from '../core/evidence/canonical-json.ts'
import type { RunCollection } from '../../shared/model/live-source.ts'
import type { Queries } from '../storage/database.ts'
import { insertRejects, insertRunCollections, runCollections } from '../storage/run-collections.ts'
import { endRun, listRuns, runById, setRunFile, setRunSnapshot, type RunEnd } from '../storage/runs.ts'
import { removeStaging } from '../storage/staging-file.ts'
import { mergeStaged, withStaged, type Pause, type StagedRun } from '../storage/staging-merge.ts'
import { checkRemediations } from './check-remediations.ts'
import { Refusal, type Context } from './context.ts'
import { recordEvents } from './record-event.ts'

export async function mustFindRun(queries: Queries, runId: number): Promise<Run> {
  const run = await runById(queries, runId)
  if (run === undefined) throw new Refusal('not-found', `There is no run ${runId}.`)
  return run
}

function runEndedEvent(context: Pick<Context, 'hash'>, run: Run, collections: readonly RunCollection[]): EventBody {
  return {
    kind: 'run-ended',
    body: {
      run: run.id, source: run.sourceName, state: run.state, asOf: run.asOf, fileName: run.file?.name ?? null,
      fileSha256: run.file?.sha256 ?? null, rowsRead: run.rowsRead, imported: run.imported, rejected: run.rejected, merged: run.merged,
      notes: run.notes,
      ...(run.file?.kept === undefined ? {} : { keptSha256: run.file.kept.sha256 }),
      ...(collections.length === 0 ? {} : { collectionsHash: toHex(context.hash(utf8Bytes(canonicalJson(collections)))) }),
    },
  }
}

/** Ends a run and writes down that it ended, in the caller's transaction. Refuses when somebody else ended it meanwhile. */
export async function endRunRecorded(
  context: Context, queries: Queries, actor: string, runId: number, from: readonly RunState[], end: RunEnd,
  alsoBefore: readonly EventBody[] = [],
): Promise<Run> {
  if (!(await endRun(queries, runId, from, end))) {
    throw new Refusal(
      'conflict',
      `Run ${runId} was ended by somebody else meanwhile. Nothing was imported; look at its state and sync again.`,
    )
  }
  if (end.live !== undefined) {
    if (end.live.file !== null) await setRunFile(queries, runId, end.live.file)
    await insertRunCollections(queries, runId, end.live.collections)
    insertRejects(context.store, runId, end.live.rejects)
  }
  const run = await mustFindRun(queries, runId)
  await recordEvents(context, queries, actor, [...alsoBefore, runEndedEvent(context, run, await runCollections(queries, runId))])
  return run
}

/**
 * Makes a fully read run part of the inventory: its rows, its snapshot, its end and their events in one transaction. Its
 * staging file is the caller's to close and remove after that.
 */
export async function mergeRun(
  context: Context, actor: string, staged: StagedRun, from: readonly RunState[], end: RunEnd, pause: Pause,
  alsoBefore: readonly EventBody[] = [],
): Promise<Run> {
  const superseded: number[] = []
  await withStaged(context.store, context.paths.staging, staged.runId, async (queries, staging) => {
    // The first statement is a write, so that from here on nobody else's write can come between.
    await endRunRecorded(context, queries, actor, staged.runId, from, end, alsoBefore)
    const snapshot = await mergeStaged(context.store, queries, staged, staging, end.finishedAt, pause)
    if (snapshot !== null) {
      await setRunSnapshot(queries, staged.runId, snapshot.id)
      const { id, accounts, entitlements, grants, contentHash } = snapshot
      await recordEvents(context, queries, actor, [
        {
          kind: 'snapshot-taken',
          body: { snapshot: id, source: staged.sourceName, run: staged.runId, asOf: staged.asOf, accounts, entitlements, grants, contentHash },
        },
      ])
      const { startedAt: readFrom } = await mustFindRun(queries, staged.runId)
      await checkRemediations(context, queries, actor, { id, sourceId: staged.sourceId, source: staged.sourceName, asOf: staged.asOf, readFrom, contentHash })
    }
    superseded.push(...(await supersedeHeldRuns(context, queries, actor, staged.sourceId, staged.runId, end.finishedAt)))
  })
  for (const runId of superseded) removeStaging(context.paths.staging, runId)
  return mustFindRun(context.store.db, staged.runId)
}

/** Held runs nobody judged are settled by a later reading of the source. Returns their ids; their staging files may go after commit. */
export async function supersedeHeldRuns(
  context: Context, queries: Queries, actor: string, sourceId: number, byRun: number, at: string,
): Promise<readonly number[]> {
  const held = (await listRuns(queries, { sourceId, states: ['held'] })).filter((run) => run.id !== byRun)
  for (const run of held) {
    await endRunRecorded(context, queries, actor, run.id, ['held'], {
      state: 'discarded', finishedAt: at, notes: [...run.notes, `Superseded by run ${byRun}; nothing of this one was imported.`],
    })
  }
  return held.map((run) => run.id)
}
