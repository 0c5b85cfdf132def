import type { LiveConfig } from '../../shared/model/live-source.ts'
import type { LiveSource, Run } from '../../shared/model/source.ts'
import { canonicalJson } from '../core/evidence/canonical-json.ts'
import { changeWriter, type ChangeWriter } from '../storage/mirror-changes.ts'
import { forgetOtherReaders, pageRecords, pageRejects } from '../storage/mirror-collections.ts'
import { closeMirror, hasMirror, mirrorState, openMirror, openMirrorAsLeft, restartMirror, setState, type Mirror } from '../storage/mirror-file.ts'
import { readingMark, reconcileMirror } from '../storage/mirror-merge.ts'
import { usageWriter, type UsageWriter } from '../storage/mirror-usage.ts'
import { extractName, openExtract, recoverExtract, type RawExtract } from '../storage/raw-extract.ts'
import { lastCompleteRun, runById, type RunEnd } from '../storage/runs.ts'
import type { Context } from './context.ts'

/** One run's hold on a live source's mirror and on its own raw extract. */
export interface LiveReading {
  readonly source: LiveSource
  readonly runId: number
  /** Names this run in the mirror. */
  readonly mark: string
  readonly mirror: Mirror
  readonly changes: ChangeWriter
  readonly usage: UsageWriter
  readonly extract: RawExtract
  /** What the run's record should say about how it began. */
  readonly notes: readonly string[]
}

/** Which system, under which settings that decide what a mirror of it contains. */
export function mirrorOrigin(source: LiveSource): string {
  return canonicalJson({ id: source.id, createdAt: source.createdAt, ...systemOf(source.config) })
}

function systemOf(config: LiveConfig): Record<string, string | boolean> {
  switch (config.from) {
    case 'entra': return { from: config.from, tenant: config.tenant, cloud: config.cloud, isHr: config.isHr }
    case 'okta': return { from: config.from, orgUrl: config.orgUrl, isHr: config.isHr }
    case 'scim': return { from: config.from, baseUrl: config.baseUrl }
  }
}

/** The mark of the last reading of the source that the store took over; null = none. */
export async function lastMergedMark(context: Context, sourceId: number): Promise<string | null> {
  const last = await lastCompleteRun(context.store.db, sourceId)
  return last === undefined ? null : readingMark(last.run)
}

/**
 * Opens the source's mirror for a run and decides whether it can be gone on with: it must be of the same system, and of the history the
 * store has. Whatever is not is thrown away and read anew, and said so.
 */
export async function openReading(context: Context, source: LiveSource, run: { readonly id: number; readonly startedAt: string }): Promise<LiveReading> {
  const { mirrors, raw } = context.paths
  const origin = mirrorOrigin(source)
  const isFirst = !hasMirror(mirrors, source.id)
  const opened = openMirror(mirrors, source.id, origin, context.store.key)
  const notes = opened.discarded === null ? [] : [opened.discarded]
  let mirror = opened.mirror
  if (!reconcileMirror(mirror, await lastMergedMark(context, source.id))) {
    mirror = restartMirror(mirrors, source.id, mirror, origin)
    const why = isFirst ? 'is not there any more' : 'does not belong to this workspace\'s history (was a backup restored?)'
    if (notes.length === 0) notes.push(`What had been read before ${why}. Everything was read anew.`)
  }
  const mark = readingMark(run)
  const before = mirrorState(mirror)
  if (before.reader !== null && before.reader !== before.merged) notes.push(await goesOn(context, before.reader))
  setState(mirror, { reader: mark, extract: null })
  forgetOtherReaders(mirror, mark)
  return {
    source, runId: run.id, mark, mirror, changes: changeWriter(mirror), usage: usageWriter(mirror),
    extract: openExtract(raw, extractName(run.id, run.startedAt), context.rawFolder.seals), notes,
  }
}

/** A run's extract holds its own pages; those it goes on from are in the earlier run's, which is named so that it can be asked for. */
async function goesOn(context: Context, reader: string): Promise<string> {
  const before = await runById(context.store.db, Number(reader.split('@')[0]))
  const extract = before?.file == null ? '' : ` The pages up to there are in its extract, SHA-256 ${before.file.sha256}.`
  return `Goes on where run ${reader.split('@')[0] ?? ''} ended.${extract}`
}

export async function closeReading({ mirror, extract }: LiveReading): Promise<void> {
  await extract.close()
  closeMirror(mirror)
}

export type LiveRecord = Pick<RunEnd, 'totals' | 'protectedColumns'> & { readonly live: NonNullable<RunEnd['live']> }

/** What a run's pages amount to so far: its totals, each collection, every reject. Everything read is rejected, said again, or taken. */
export function recordOf(mirror: Mirror, mark: string, file: Run['file']): LiveRecord {
  const collections = pageRecords(mirror, mark)
  const rejects = [...pageRejects(mirror, mark)]
  const sum = (of: (one: (typeof collections)[number]) => number): number => collections.reduce((total, one) => total + of(one), 0)
  const [rowsRead, rejected] = [sum(({ records }) => records), sum((one) => one.rejects)]
  const merged = Math.min(sum(({ repeated }) => repeated), rowsRead - rejected)
  return {
    totals: {
      rowsRead, rejected, merged, imported: rowsRead - rejected - merged, fieldsDropped: rejects.filter(({ effect }) => effect === 'field-dropped').length,
    },
    protectedColumns: [],
    live: { collections: collections.map(({ repeated: _, ...collection }) => collection), rejects, file },
  }
}

/** What a run whose process died had read: its record, and its extract cut back to what is certain. Null when the mirror knows nothing of it. */
export async function recordOfDeadRun(context: Context, run: Run): Promise<LiveRecord | null> {
  const mirror = openMirrorAsLeft(context.paths.mirrors, run.sourceId, context.store.key)
  if (mirror === null) return null
  try {
    const { reader, extract } = mirrorState(mirror)
    if (reader !== readingMark(run)) return null
    const file = extract === null ? null : await recoverExtract(context.paths.raw, extract.file, extract.storedBytes, context.rawFolder.seals)
    return recordOf(mirror, reader, file)
  } finally {
    closeMirror(mirror)
  }
}
