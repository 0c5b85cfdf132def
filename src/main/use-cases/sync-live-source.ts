import type { RunCollection } from '../../shared/model/live-source.ts'
import type { LiveSource, Run } from '../../shared/model/source.ts'
import { LiveSourceError, type Collection, type LiveConnector } from '../connectors/live-connector.ts'
import { asStoreError, inTransaction, StoreError } from '../storage/database.ts'
import { collectionState, heldCount, savePageRecord } from '../storage/mirror-collections.ts'
import { countedSpans } from '../storage/run-collections.ts'
import { insertRun } from '../storage/runs.ts'
import { closeStaging, openStaging, removeStaging } from '../storage/staging-file.ts'
import { mustBeIdle, mustNotGoBack } from './begin-run.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { finishReading } from './finish-reading.ts'
import { endRunRecorded } from './finish-run.ts'
import { closeReading, openReading, recordOf, type LiveReading } from './live-reading.ts'
import { readCollection } from './read-collection.ts'
import { recoverRuns } from './recover-runs.ts'
import { liveInput } from './test-connection.ts'

/** The share of a sync's time that reading takes; the rest is working out access and merging. */
const readingShare = 0.7
/** What was read to its end is not asked again by a run that goes on with the same reading, so that every run gets further. */
const standsForMilliseconds = 24 * 3_600_000

/**
 * Reads a live source into its mirror, collection after collection, and takes the whole reading over into the inventory in one transaction.
 * Whatever stops the reading (a cancel, a lost network or token, a kill) leaves what was read in the mirror; the next sync goes on there.
 */
export async function syncLiveSource(context: Context, actor: Actor, source: LiveSource, watch: Watch): Promise<Run> {
  await recoverRuns(context)
  const connector = await context.liveConnector(source.kind)
  const collections = connector.collections(source.config)
  const startedAt = context.clock.now()
  const asOf = startedAt.slice(0, 10)
  const runId = await inTransaction(context.store, async (queries) => {
    await mustBeIdle(queries, source)
    await mustNotGoBack(queries, source, asOf)
    const query = `${source.kind} ${whereOf(source)}: ${collections.map(({ name }) => name).join(', ')}`
    return insertRun(queries, { sourceId: source.id, asOf, startedAt, actor: actor.email, query })
  })
  let reading: LiveReading | null = null
  try {
    // Locked from the first moment, so that whoever tidies up sees that this run is alive.
    const staging = openStaging(context.paths.staging, runId, context.store.key)
    try {
      reading = await openReading(context, source, { id: runId, startedAt })
      const read = await readCollections(context, connector, collections, reading, watch)
      return await finishReading(context, actor, { reading, collections, read, staging, asOf }, watch)
    } finally {
      closeStaging(staging)
      removeStaging(context.paths.staging, runId)
    }
  } catch (error) {
    throw await endAsStopped(context, actor, source, runId, reading, asStoreError(error, context.paths.database), watch.signal)
  } finally {
    if (reading !== null) await closeReading(reading)
  }
}

function whereOf({ config }: LiveSource): string {
  switch (config.from) {
    case 'entra': return config.tenant
    case 'okta': return config.orgUrl
    case 'scim': return config.baseUrl
  }
}

async function readCollections(
  context: Context, connector: LiveConnector, collections: readonly Collection[], reading: LiveReading, watch: Watch,
): Promise<readonly RunCollection[]> {
  const read: RunCollection[] = []
  const live = liveInput(context, reading.source, watch)
  for (const [position, collection] of collections.entries()) {
    watch.signal.throwIfAborted()
    const standing = standingRecord(reading, collection, context.clock.now())
    if (standing !== null) {
      savePageRecord(reading.mirror, reading.mark, position, { ...standing, repeated: 0 })
      read.push(standing)
      continue
    }
    const onPage = (records: number, share: number | null): void => {
      watch.onProgress({
        step: `Reading ${collection.title}: ${records}`, share: share === null && position === 0 ? null : ((position + (share ?? 0)) / collections.length) * readingShare,
      })
    }
    onPage(0, null)
    const counted = await countedSpans(context.store.db, reading.source.id, collection.name)
    try {
      read.push(await readCollection({ reading, connector, live, collection, position, counted, onPage }))
    } catch (error) {
      if (!collection.isOptional || !(error instanceof LiveSourceError) || error.code !== 'permission-missing') throw error
      const left = { ...emptyRecord(collection), gaps: [`${error.message} What was known of it before stays as it was.`] }
      savePageRecord(reading.mirror, reading.mark, position, { ...left, repeated: 0 })
      read.push(left)
    }
  }
  return read
}

function emptyRecord(collection: Collection): RunCollection {
  return {
    name: collection.name, mode: 'full', query: '', apiVersion: collection.apiVersion, pages: 0, records: 0, sourceCount: null, heldCount: null, retries: 0,
    throttledMs: 0, rejects: 0, gaps: [], from: null, to: null, isComplete: false,
  }
}

/** The record of a collection an earlier run of this same reading had already read to its end. */
function standingRecord({ mirror }: LiveReading, collection: Collection, now: string): RunCollection | null {
  const { number, isReading, completed, window } = collectionState(mirror, collection.name)
  if (isReading || completed === null) return null
  if (Date.parse(now) - Date.parse(completed.at) > standsForMilliseconds) return null
  return {
    ...emptyRecord(collection), mode: window === null ? 'full' : 'window', heldCount: heldCount(mirror, number), isComplete: true, from: window?.from ?? null,
    to: window?.to ?? null,
    gaps: [`Run ${completed.by.split('@')[0] ?? ''} had read it already at ${completed.at.slice(0, 16).replace('T', ' ')} UTC; it was not asked again, and what changed since comes with the next sync.`],
  }
}

/** Ends the run as cancelled or failed, with everything it had read, and gives back what to throw. */
async function endAsStopped(
  context: Context, actor: Actor, source: LiveSource, runId: number, reading: LiveReading | null, error: unknown, signal: AbortSignal,
): Promise<unknown> {
  const isCancelled = signal.aborted
  try {
    await reading?.extract.close()
    const record = reading === null ? {} : recordOf(reading.mirror, reading.mark, reading.extract.result())
    const why = isCancelled ? 'Cancelled.' : whatStopped(error)
    await inTransaction(context.store, (queries) =>
      endRunRecorded(context, queries, actor.email, runId, ['running'], {
        state: isCancelled ? 'cancelled' : 'failed', finishedAt: context.clock.now(), ...record,
        notes: [`${why} Nothing was imported; what was read is kept, and the next sync goes on there.`, ...(reading?.notes ?? [])],
      }),
    )
  } catch {
    // The first error says what happened; this one would only hide it.
  }
  return isCancelled ? new Refusal('cancelled', `Reading “${source.name}” was cancelled. Nothing was imported; the next sync goes on where it stopped.`) : error
}

function whatStopped(error: unknown): string {
  // Other errors' texts may quote an answer or a path; the log has them.
  const isKnown = error instanceof LiveSourceError || error instanceof StoreError || error instanceof Refusal
  return isKnown ? error.message : 'Reading stopped because of a fault in Muster.'
}
