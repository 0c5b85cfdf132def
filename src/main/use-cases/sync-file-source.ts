import { basename } from 'node:path'
import { SourceError } from '../connectors/connector.ts'
import type { KeptFile } from '../connectors/raw-file/keep-raw-file.ts'
import { holdReasons, totalsFault } from '../core/inventory/control-totals.ts'
import type { FileSource, Mapping, Run, Source } from '../../shared/model/source.ts'
import { asStoreError, inTransaction, StoreError } from '../storage/database.ts'
import { completeRunOfFile, insertRun, lastCompleteRun, setRunFile, type RunEnd } from '../storage/runs.ts'
import { closeStaging, openStaging, removeStaging, type StagingFile } from '../storage/staging-file.ts'
import { countMissingPeople } from '../storage/hr-merge.ts'
import { copyRejects, withStaged, type StagedRun } from '../storage/staging-merge.ts'
import { coveredSpans } from '../storage/usage-merge.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { mustBeIdle, mustNotGoBack } from './begin-run.ts'
import { sourceNamed } from './find-source.ts'
import { endRunRecorded, mergeRun, mustFindRun, supersedeHeldRuns } from './finish-run.ts'
import { mappingHash } from './mapping-hash.ts'
import { readIntoStaging, type ReadOutcome } from './read-into-staging.ts'
import { recoverRuns } from './recover-runs.ts'

/** `file` overrides the source's own for this run. `asOf` is the day the file describes. */
export interface FileInput { readonly asOf: string; readonly file?: string | null }

/**
 * Reads a file source once: keeps the original, reads it into a staging file, and makes it the source's current state in one transaction.
 * Returns a `complete` run, or a `held` one that waits for the officer's word, or a `failed` one whose totals did not reconcile.
 * Throws what stopped the reading (the run is then `failed` or `cancelled`). A run is in the inventory whole or not at all.
 */
export async function syncFileSource(context: Context, actor: Actor, source: FileSource, input: FileInput, watch: Watch): Promise<Run> {
  const mapping = source.mapping
  if (mapping === null) throw new Refusal('invalid', `“${source.name}” has no column mapping yet. Map its columns first.`)
  await recoverRuns(context)
  const accountsSource = source.config.accountsOf === null ? 0 : (await sourceNamed(context.store.db, source.config.accountsOf)).id
  const file = input.file ?? source.config.file
  const query = queryText(context, file, mapping)
  const runId = await inTransaction(context.store, async (queries) => {
    await mustBeIdle(queries, source)
    await mustNotGoBack(queries, source, input.asOf)
    return insertRun(queries, { sourceId: source.id, asOf: input.asOf, startedAt: context.clock.now(), actor: actor.email, query })
  })
  const staged: StagedRun = { runId, sourceId: source.id, sourceName: source.name, kind: source.kind, asOf: input.asOf, accountsSource }
  let staging: StagingFile | null = null
  try {
    // Locked from the first moment, so that whoever tidies up sees that this run is alive.
    staging = openStaging(context.paths.staging, runId, context.store.key)
    watch.onProgress({ step: 'Keeping the original', share: null })
    const raw = await context.keepRawFile({ path: file, folder: context.paths.raw, mapping, signal: watch.signal })
    await setRunFile(context.store.db, runId, raw)
    const already = source.kind === 'csv-sign-ins' ? await completeRunOfFile(context.store.db, source.id, raw.sha256) : undefined
    const run =
      already === undefined
        ? await readAndMerge(context, actor, source, mapping, staged, raw, staging, watch)
        : await endAsAlreadyCounted(context, actor, runId, already)
    closeStaging(staging)
    if (run.state !== 'held') removeStaging(context.paths.staging, runId)
    return run
  } catch (error) {
    if (staging !== null) closeStaging(staging)
    throw await endAsStopped(context, actor, source, runId, asStoreError(error, context.paths.database), watch.signal)
  }
}

async function readAndMerge(
  context: Context, actor: Actor, source: FileSource, mapping: Mapping, staged: StagedRun, raw: KeptFile, staging: StagingFile, watch: Watch,
): Promise<Run> {
  const covered = source.kind === 'csv-sign-ins' ? await coveredSpans(context.store.db, source.id) : []
  const outcome = await readIntoStaging(
    context.connectors[source.kind],
    // The kept copy is what is read, so that the original may change or vanish meanwhile without the two ever differing.
    { config: source.config, mapping, path: context.rawFolder.find(raw.storedAs), signal: watch.signal },
    staging,
    covered,
    (rowsRead, share) => watch.onProgress({ step: `Reading ${raw.name}: ${rowsRead} rows`, share: share * 0.6 }),
  )
  const notes = readingNotes(source, outcome)
  const fault = totalsFault(outcome.totals)
  if (fault !== null) return endUnmerged(context, actor, staged, 'failed', outcome, [fault, ...notes])
  const last = await lastCompleteRun(context.store.db, source.id)
  const reasons = holdReasons({
    isCutOff: outcome.end.isCutOff, cutOffReason: outcome.end.cutOffReason, records: outcome.staged.records,
    lastRecords: last?.records ?? null,
    holdBelowShare: source.config.holdBelowShare, isLog: source.kind === 'csv-sign-ins', unreadRows: outcome.unreadRows,
    missingPeople: source.kind === 'hr' ? await missingPeople(context, staged) : 0,
  })
  if (reasons.length > 0) return endUnmerged(context, actor, staged, 'held', outcome, [...reasons, ...notes])
  let share = 0.6
  return mergeRun(context, actor.email, staged, ['running'], runEnd(context, 'complete', outcome, notes), async (step) => {
    share = Math.min(0.98, share + 0.05)
    watch.onProgress({ step, share })
    await new Promise((resolve) => setImmediate(resolve))
    watch.signal.throwIfAborted()
  })
}

async function missingPeople(context: Context, { runId, sourceId }: StagedRun): Promise<number> {
  return withStaged(context.store, context.paths.staging, runId, (queries, staging) => countMissingPeople(queries, sourceId, staging))
}

function runEnd(context: Context, state: RunEnd['state'], outcome: ReadOutcome, notes: readonly string[]): RunEnd {
  return { state, finishedAt: context.clock.now(), notes, totals: outcome.totals, protectedColumns: outcome.end.protectedColumns }
}

function readingNotes(source: Source, { staged, end, totals, unreadRows }: ReadOutcome): readonly string[] {
  const notes = [...end.notes]
  if (source.kind === 'csv-entitlements' && unreadRows > 0) {
    notes.push(`${unreadRows === 1 ? '1 row' : `${unreadRows} rows`} could not be read; access that only such rows name seems to have ended here.`)
  }
  if (staged.conflicts > 0) {
    notes.push(
      source.kind === 'hr'
        ? `${staged.conflicts} rows described somebody in another way than an earlier row; the earlier row stands.`
        : `${staged.conflicts} times a row described an account or entitlement in another way than an earlier row; ` +
          'the last word that was not blank stands.',
    )
  }
  if (source.kind === 'csv-sign-ins' && totals.merged > 0) {
    notes.push(`${totals.merged} sign-ins lie in a time an earlier file of this source had covered, and were not counted again.`)
  }
  return notes
}

/** Read to the end, but not believed (`held`, staging file kept) or not reconciled (`failed`). Its rejected rows can be looked at. */
async function endUnmerged(
  context: Context, actor: Actor, staged: StagedRun, state: 'held' | 'failed', outcome: ReadOutcome, notes: readonly string[],
): Promise<Run> {
  const { runId, sourceId } = staged
  const gone = await withStaged(context.store, context.paths.staging, runId, async (queries, staging) => {
    const end = runEnd(context, state, outcome, notes)
    await endRunRecorded(context, queries, actor.email, runId, ['running'], end)
    await copyRejects(queries, runId, staging)
    return state === 'held' ? supersedeHeldRuns(context, queries, actor.email, sourceId, runId, end.finishedAt) : []
  })
  for (const id of gone) removeStaging(context.paths.staging, id)
  return mustFindRun(context.store.db, runId)
}

async function endAsAlreadyCounted(context: Context, actor: Actor, runId: number, already: number): Promise<Run> {
  return inTransaction(context.store, (queries) =>
    endRunRecorded(context, queries, actor.email, runId, ['running'], {
      state: 'complete', finishedAt: context.clock.now(),
      notes: [`Run ${already} counted exactly this file already. Nothing was counted again.`],
    }),
  )
}

/** Ends the run as cancelled or failed and gives back what to throw. A store that cannot even take that is recovered at the next start. */
async function endAsStopped(
  context: Context, actor: Actor, source: Source, runId: number, error: unknown, signal: AbortSignal,
): Promise<unknown> {
  const isCancelled = signal.aborted
  try {
    await inTransaction(context.store, (queries) =>
      endRunRecorded(context, queries, actor.email, runId, ['running'], {
        state: isCancelled ? 'cancelled' : 'failed', finishedAt: context.clock.now(),
        notes: [isCancelled ? 'Cancelled. Nothing was imported.' : `${whatStopped(error)} Nothing was imported.`],
      }),
    )
    removeStaging(context.paths.staging, runId)
  } catch {
    // The first error says what happened; this one would only hide it.
  }
  return isCancelled ? new Refusal('cancelled', `Reading “${source.name}” was cancelled. Nothing was imported.`) : error
}

function whatStopped(error: unknown): string {
  // Other errors' texts may quote the file or a path; the log has them.
  const isKnown = error instanceof SourceError || error instanceof StoreError || error instanceof Refusal
  return isKnown ? error.message : 'Reading stopped because of a fault in Muster.'
}

function queryText(context: Context, file: string, mapping: Mapping): string {
  return `file ${basename(file)}, mapping sha256:${mappingHash(context, mapping)}`
}
