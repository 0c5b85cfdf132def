import type { HistoryImport, HistoryMapping, HistoryPreview, PastDecision } from '../../shared/model/learning.ts'
import type { Reject } from '../../shared/model/source.ts'
import { canonicalJson } from '../core/evidence/canonical-json.ts'
import { inTransaction } from '../storage/database.ts'
import { allImports, importById, insertImport, insertWithdrawal } from '../storage/past-decisions.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** A history mapping as somebody typed it: only what they said. */
export type GivenHistoryMapping = { readonly [K in keyof HistoryMapping]?: HistoryMapping[K] | undefined }

export interface HistoryFile {
  readonly file: string
  readonly mapping: GivenHistoryMapping | null
}

function chosen(mapping: GivenHistoryMapping | null): Partial<HistoryMapping> | null {
  return mapping === null ? null : Object.fromEntries(Object.entries(mapping).filter(([, value]) => value !== undefined))
}

/** First rows of a file of past decisions as they would be taken. Saves nothing. */
export function previewHistory(context: Context, actor: Actor, input: HistoryFile & { readonly rows: number }): Promise<HistoryPreview> {
  mustBeOfficer(actor)
  return context.historyReader.preview(input.file, chosen(input.mapping), input.rows)
}

/**
 * Keeps the original, reads the kept copy and takes its decisions in one transaction, with control totals that must add up. A file that
 * still counts is not taken twice; one that breaks off is not taken at all, because what is missing might be of one kind only.
 */
export async function importHistory(context: Context, actor: Actor, input: HistoryFile, watch: Watch): Promise<HistoryImport> {
  mustBeOfficer(actor)
  const mapping = await context.historyReader.mappingOf(input.file, chosen(input.mapping))
  watch.onProgress({ step: 'Keeping the original', share: null })
  const raw = await context.keepRawFile({
    path: input.file, folder: context.paths.raw, signal: watch.signal,
    mapping: { columns: mapping.columns, delimiter: mapping.delimiter, hasHeader: true, splitEntitlementsAt: null, dateOrder: mapping.dateOrder, constants: {} },
  })
  const already = (await allImports(context.store.db)).find((one) => one.fileSha256 === raw.sha256 && one.withdrawn === null)
  if (already !== undefined) throw new Refusal('conflict', `This file was taken before, as import ${already.id}; its decisions already count.`)
  const read = await readAll(context, context.rawFolder.find(raw.storedAs), mapping, watch)
  if (read.cutOffReason !== null) throw new Refusal('invalid', `${read.cutOffReason} Nothing was taken.`)
  const { decisions, merged } = withoutRepeats(read.decisions)
  if (read.rowsRead !== decisions.length + merged + read.rejects.length) {
    throw new Error(`${read.rowsRead} rows were read, but ${decisions.length} taken, ${merged} merged and ${read.rejects.length} rejected`)
  }
  if (decisions.length === 0) {
    const first = read.rejects[0] === undefined ? '' : ` The first one: row ${read.rejects[0].row}, ${read.rejects[0].reason}`
    throw new Refusal('invalid', `None of the ${read.rowsRead} rows is a decision that can be taken.${first}`)
  }
  const kept = decisions.filter(({ isKept }) => isKept).length
  const totals = {
    rowsRead: read.rowsRead, imported: decisions.length, rejected: read.rejects.length, merged, kept, revoked: decisions.length - kept,
  }
  watch.onProgress({ step: 'Saving', share: null })
  watch.signal.throwIfAborted()
  const id = await inTransaction(context.store, async (queries) => {
    const id = await insertImport(queries, {
      at: context.clock.now(), by: actor.email, fileName: raw.name, fileBytes: raw.bytes, fileSha256: raw.sha256, storedAs: raw.storedAs,
      mapping: canonicalJson(mapping), ...totals, protectedColumns: [...read.protectedColumns], notes: [...read.notes],
    }, decisions, read.rejects)
    await recordEvent(context, queries, actor.email, {
      kind: 'history-imported', body: { import: id, fileName: raw.name, fileSha256: raw.sha256, ...totals },
    })
    return id
  })
  return mustFindImport(context, id)
}

interface ReadHistory {
  readonly decisions: readonly PastDecision[]
  readonly rejects: readonly Reject[]
  readonly rowsRead: number
  readonly protectedColumns: readonly string[]
  readonly notes: readonly string[]
  readonly cutOffReason: string | null
}

async function readAll(context: Context, path: Parameters<Context['historyReader']['read']>[0]['path'], mapping: HistoryMapping, watch: Watch): Promise<ReadHistory> {
  const decisions: PastDecision[] = []
  const rejects: Reject[] = []
  let rowsRead = 0
  const batches = context.historyReader.read({ path, mapping, signal: watch.signal })
  for (;;) {
    const next = await batches.next()
    if (next.done === true) {
      const { protectedColumns, notes, cutOffReason } = next.value
      return { decisions, rejects, rowsRead, protectedColumns, notes, cutOffReason }
    }
    for (const decision of next.value.decisions) decisions.push(decision)
    for (const reject of next.value.rejects) rejects.push(reject)
    rowsRead += next.value.rowsRead
    watch.onProgress({ step: `Reading: ${rowsRead} rows`, share: next.value.progress })
  }
}

/** The same decision written twice is one decision; said differently on another day it is another. */
function withoutRepeats(all: readonly PastDecision[]): { readonly decisions: readonly PastDecision[]; readonly merged: number } {
  const seen = new Set<string>()
  const decisions = all.filter(({ row: _, ...said }) => {
    const key = JSON.stringify(said)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
  return { decisions, merged: all.length - decisions.length }
}

/** An import no longer counts for what is learned from now on. It stays on record, as do models that learned from it. */
export async function withdrawHistory(context: Context, actor: Actor, input: { readonly import: number; readonly reason: string }): Promise<HistoryImport> {
  mustBeOfficer(actor)
  const found = await mustFindImport(context, input.import)
  if (found.withdrawn !== null) throw new Refusal('conflict', `Import ${found.id} was withdrawn before, on ${found.withdrawn.at.slice(0, 10)}.`)
  await inTransaction(context.store, async (queries) => {
    const event = await recordEvent(context, queries, actor.email, { kind: 'history-withdrawn', body: { import: found.id, reason: input.reason } })
    await insertWithdrawal(queries, { import: found.id, at: event.ts, by: actor.email, reason: input.reason })
  })
  return mustFindImport(context, found.id)
}

async function mustFindImport(context: Context, id: number): Promise<HistoryImport> {
  const found = await importById(context.store.db, id)
  if (found === undefined) throw new Refusal('not-found', `There is no import ${id} of past decisions.`)
  return found
}
