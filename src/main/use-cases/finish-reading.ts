import type { EventBody } from '../../shared/model/evidence.ts'
import type { RunCollection } from '../../shared/model/live-source.ts'
import type { LiveSource, Run, RunState } from '../../shared/model/source.ts'
import type { Collection } from '../connectors/live-connector.ts'
import { unreadPeopleReason } from '../core/inventory/control-totals.ts'
import { countNotes, liveHoldReasons, sharedWindow, type CollectionCount } from '../core/inventory/live-totals.ts'
import { inTransaction } from '../storage/database.ts'
import { currentEmployeeIds } from '../storage/hr-merge.ts'
import { countUnnamed, doubtCollections, mirrorCounts, readLogs } from '../storage/mirror-collections.ts'
import { isAllTouched, type Mirror } from '../storage/mirror-file.ts'
import { beginMerge, finishMerge, knownContent } from '../storage/mirror-merge.ts'
import { stageDescriptions, stageGrants, stagePeople, stageUsage } from '../storage/mirror-projection.ts'
import { runCollections } from '../storage/run-collections.ts'
import { lastCompleteRun, type RunEnd } from '../storage/runs.ts'
import { isOfPeople, type AccountContent } from '../storage/snapshot-hash.ts'
import { finishStaging, removeStaging, type StagingFile } from '../storage/staging-file.ts'
import type { Pause } from '../storage/staging-merge.ts'
import type { Actor, Context, Watch } from './context.ts'
import { endRunRecorded, mergeRun, mustFindRun, supersedeHeldRuns } from './finish-run.ts'
import { recordOf, type LiveReading } from './live-reading.ts'

export interface FinishedReading {
  readonly reading: LiveReading
  readonly collections: readonly Collection[]
  /** Each collection's record, in the same order. */
  readonly read: readonly RunCollection[]
  readonly staging: StagingFile
  readonly asOf: string
}

/** Every collection was read: believe it and take it over, or hold it for the officer's word. */
export async function finishReading(context: Context, actor: Actor, finished: FinishedReading, watch: Watch): Promise<Run> {
  const { reading, staging, asOf } = finished
  const { source, mirror } = reading
  await reading.extract.close()
  const counts = await countsOf(context, finished)
  const { accounts, people } = mirrorCounts(mirror)
  const notes = [...reading.notes, ...countNotes(counts), ...gapNotes(finished)]
  const record = recordOf(mirror, reading.mark, reading.extract.result())
  const missing = countUnnamed(mirror, await currentEmployeeIds(context.store.db, source.id))
  const unread = people === 0 ? null : unreadPeopleReason(record.totals?.rejected ?? 0, missing)
  const reasons = [
    ...liveHoldReasons({ collections: counts, accounts, people, holdBelowShare: source.config.holdBelowShare }), ...(unread === null ? [] : [unread]),
  ]
  const endAs = (state: RunState): RunEnd => ({ state, finishedAt: context.clock.now(), notes: [...reasons, ...notes], ...record })
  if (reasons.length > 0) return endHeld(context, actor, reading, endAs('held'))
  let share = 0.7
  const pause: Pause = async (step) => {
    share = Math.min(0.98, share + 0.02)
    watch.onProgress({ step, share })
    await new Promise((resolve) => setImmediate(resolve))
    watch.signal.throwIfAborted()
  }
  return takeOver(context, actor, { source, mirror, staging, runId: reading.runId, mark: reading.mark, asOf }, ['running'], endAs('complete'), pause)
}

async function countsOf(context: Context, { reading, collections, read }: FinishedReading): Promise<readonly CollectionCount[]> {
  const last = await lastCompleteRun(context.store.db, reading.source.id)
  const before = last === undefined ? [] : await runCollections(context.store.db, last.run.id)
  return read.map((one, at) => ({
    title: collections[at]?.title ?? one.name, isComplete: one.isComplete, held: one.heldCount, sourceCount: one.sourceCount,
    lastHeld: before.find(({ name, isComplete }) => name === one.name && isComplete)?.heldCount ?? null,
  }))
}

/** A gap is never silence: each collection that was not wholly read, or was odd, is named in the run's notes; the details are with it. */
function gapNotes({ collections, read }: FinishedReading): readonly string[] {
  return read.flatMap(({ name, gaps, isComplete }) => {
    const title = collections.find((one) => one.name === name)?.title ?? name
    if (!isComplete) return [`${title} could not be read: ${gaps.join(' ')}`]
    return gaps.length === 0 ? [] : [`${title}: ${gaps.length === 1 ? (gaps[0] ?? '') : `${gaps.length} gaps are noted with the collection.`}`]
  })
}

/** Read to the end, but not believed. The mirror stays as it is; nobody takes its collections for read until the officer has spoken. */
async function endHeld(context: Context, actor: Actor, reading: LiveReading, end: RunEnd): Promise<Run> {
  const { runId, source, mirror } = reading
  const gone = await inTransaction(context.store, async (queries) => {
    await endRunRecorded(context, queries, actor.email, runId, ['running'], end)
    return supersedeHeldRuns(context, queries, actor.email, source.id, runId, end.finishedAt)
  })
  doubtCollections(mirror)
  for (const id of gone) removeStaging(context.paths.staging, id)
  return mustFindRun(context.store.db, runId)
}

export interface TakeOver {
  readonly source: LiveSource
  readonly mirror: Mirror
  readonly staging: StagingFile
  readonly runId: number
  readonly mark: string
  readonly asOf: string
}

/**
 * Works out from the mirror who can use what, for everybody whose access may have changed, and makes it the source's current state. The
 * mirror says before and after which reading the store takes over, so that a crash between the two is noticed and nothing counts twice.
 */
export async function takeOver(
  context: Context, actor: Actor, { source, mirror, staging, runId, mark, asOf }: TakeOver, from: readonly RunState[], end: RunEnd, pause: Pause,
  alsoBefore: readonly EventBody[] = [],
): Promise<Run> {
  const isPeopleOnly = isOfPeople(source.kind)
  const grants = isAllTouched(mirror) ? 'all' : 'touched'
  let touched: readonly string[] | null = []
  if (!isPeopleOnly) {
    await pause('Working out access through groups and roles')
    await stageDescriptions(mirror, staging, () => pause('Describing accounts and rights'))
    touched = await stageGrants(mirror, staging, grants, () => pause('Working out access through groups and roles'))
  }
  const people = await stagePeople(mirror, staging, () => pause('Comparing people'))
  const logs = readLogs(mirror)
  stageUsage(mirror, staging, logs.map(({ number }) => number), sharedWindow(logs.map(({ window }) => window)))
  finishStaging(staging)
  beginMerge(mirror, mark, touched)
  const computed = new Map<string, AccountContent>()
  const run = await mergeRun(
    context, actor.email,
    {
      runId, sourceId: source.id, sourceName: source.name, kind: source.kind, asOf, accountsSource: source.id,
      live: {
        grants, hasPeople: people > 0, knownContent: knownContent(mirror),
        onHashed: (hashed) => { for (const [account, content] of hashed) computed.set(account, content) },
      },
    },
    from, end, pause, alsoBefore,
  )
  finishMerge(mirror, mark, computed)
  return run
}
