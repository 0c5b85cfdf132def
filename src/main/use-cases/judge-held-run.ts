import type { EventBody } from '../../shared/model/evidence.ts'
import type { Run } from '../../shared/model/source.ts'
import { inTransaction } from '../storage/database.ts'
import { lastCompleteRun, type RunEnd } from '../storage/runs.ts'
import { sourceById } from '../storage/sources.ts'
import { closeMirror, mirrorState, openMirrorAsLeft, removeMirror } from '../storage/mirror-file.ts'
import { readingMark, reconcileMirror } from '../storage/mirror-merge.ts'
import { closeStaging, hasStaging, openStaging, removeStaging } from '../storage/staging-file.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { isFileSource, isLiveKind, liveSourceNamed, sourceNamed } from './find-source.ts'
import { takeOver } from './finish-reading.ts'
import { lastMergedMark } from './live-reading.ts'
import { endRunRecorded, mergeRun, mustFindRun } from './finish-run.ts'

/** The officer's word on a held file: take it as the source's state after all, from what was read then, or throw it away. */
export async function judgeHeldRun(
  context: Context, actor: Actor, input: { readonly run: number; readonly accept: boolean; readonly reason: string },
): Promise<Run> {
  mustBeOfficer(actor)
  const reason = input.reason.trim()
  if (reason === '') throw new Refusal('invalid', 'Say in a few words why the file is right or wrong; the auditor will ask.')
  const run = await mustFindRun(context.store.db, input.run)
  if (run.state !== 'held') throw new Refusal('conflict', `Run ${run.id} is not waiting for a word: it is ${run.state}.`)
  const judged: EventBody = { kind: 'held-run-judged', body: { run: run.id, isAccepted: input.accept, reason } }
  const note = `${input.accept ? 'Accepted' : 'Discarded'} by ${actor.email}: ${reason}`
  const isLive = isLiveKind(run.sourceKind)
  const accept = isLive ? acceptReading : acceptFile
  const judgedRun = input.accept ? await accept(context, actor, run, note, judged) : await discard(context, actor, run, note, judged)
  removeStaging(context.paths.staging, run.id)
  // What a reading the officer does not believe left behind would come along with the next one.
  if (isLive && !input.accept) removeMirror(context.paths.mirrors, run.sourceId)
  return judgedRun
}

async function acceptFile(context: Context, actor: Actor, run: Run, note: string, judged: EventBody): Promise<Run> {
  const { db } = context.store
  const source = await sourceById(db, run.sourceId)
  if (source === undefined || !hasStaging(context.paths.staging, run.id)) {
    throw new Refusal('conflict', `What run ${run.id} had read is no longer there. Sync “${run.sourceName}” again.`)
  }
  const last = await lastCompleteRun(db, run.sourceId)
  if (run.sourceKind !== 'csv-sign-ins' && last !== undefined && run.asOf < last.run.asOf) {
    throw new Refusal(
      'conflict',
      `“${run.sourceName}” has since been read as of ${last.run.asOf}; this file as of ${run.asOf} would undo it.`,
    )
  }
  const accountsOf = isFileSource(source) ? source.config.accountsOf : null
  const accountsSource = accountsOf === null ? 0 : (await sourceNamed(db, accountsOf)).id
  return mergeRun(
    context,
    actor.email,
    { runId: run.id, sourceId: run.sourceId, sourceName: run.sourceName, kind: run.sourceKind, asOf: run.asOf, accountsSource },
    ['held'],
    { state: 'complete', finishedAt: context.clock.now(), notes: [...run.notes, note] },
    () => Promise.resolve(),
    [judged],
  )
}

/** A live source's reading lies in its mirror, until somebody reads on: then it is not the held one any more. */
async function acceptReading(context: Context, actor: Actor, run: Run, note: string, judged: EventBody): Promise<Run> {
  const source = await liveSourceNamed(context.store.db, run.sourceName)
  const mark = readingMark(run)
  const mirror = openMirrorAsLeft(context.paths.mirrors, source.id, context.store.key)
  try {
    const known = await lastMergedMark(context, source.id)
    if (mirror === null || mirrorState(mirror).reader !== mark || !reconcileMirror(mirror, known)) {
      throw new Refusal('conflict', `What run ${run.id} had read is no longer there as it was. Sync “${run.sourceName}” again.`)
    }
    const staging = openStaging(context.paths.staging, run.id, context.store.key)
    try {
      const end: RunEnd = { state: 'complete', finishedAt: context.clock.now(), notes: [...run.notes, note] }
      const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
      return await takeOver(context, actor, { source, mirror, staging, runId: run.id, mark, asOf: run.asOf }, ['held'], end, pause, [judged])
    } finally {
      closeStaging(staging)
    }
  } finally {
    if (mirror !== null) closeMirror(mirror)
  }
}

async function discard(context: Context, actor: Actor, run: Run, note: string, judged: EventBody): Promise<Run> {
  return inTransaction(context.store, (queries) =>
    endRunRecorded(
      context, queries, actor.email, run.id, ['held'],
      { state: 'discarded', finishedAt: context.clock.now(), notes: [...run.notes, note] },
      [judged],
    ),
  )
}
