import { fromBase64, fromHex, toBase64, toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { checkpointExtends, formatCheckpoint, parseCheckpoint, type Checkpoint as LogCheckpoint, type Extension } from '../core/evidence/checkpoint.ts'
import { EMPTY_FRONTIER, appendLeaf, consistencyProof, frontierFromJson, frontierRoot, frontierToJson, leafHash, type Frontier } from '../core/evidence/merkle-tree.ts'
import type { Checkpoint } from '../../shared/model/evidence.ts'
import { eventLines, insertCheckpoint, lastCheckpoint, lastEvent, leafHashes, type StoredCheckpoint } from '../storage/evidence-log.ts'
import { witnessedHeads } from '../storage/checkpoint-witness.ts'
import type { Queries } from '../storage/database.ts'
import type { Signer } from '../reports/signing/signer.ts'
import { Refusal, type Context } from './context.ts'
import { excusedHeads } from './excused-heads.ts'
import type { Head } from './walk-log.ts'

interface LogEnd {
  /** Of all events, in order. */
  readonly leaves: readonly Uint8Array[]
  readonly root: Uint8Array
}

type Signing = Pick<Context, 'logId' | 'clock' | 'hash' | 'signing' | 'paths'>

/**
 * Signs the log's head, after proving that it continues what was signed before: a Merkle consistency proof (RFC 9162) from the last
 * checkpoint in the database to the new head, the lines written since hashed anew, and no longer log remembered outside the database.
 * Otherwise nothing is signed, and the refusal says why and what to do. `abandoned`: heads a restore that is being recorded right now sets aside.
 */
export async function signCheckpoint(
  context: Signing, queries: Queries, signer: Signer, why: string, abandoned: readonly Head[] = [],
): Promise<Checkpoint> {
  const last = await lastCheckpoint(queries)
  const head = await lastEvent(queries)
  const size = head === undefined ? 0 : head.seq + 1
  if (last !== undefined && last.size === size) return last
  if (last !== undefined && last.size > size) {
    throw refused(`The evidence log is shorter (${size}) than its last signed checkpoint (${last.size}): its end was cut off`)
  }
  const frontier = await frontierOf(context, queries, last, size)
  const root = frontierRoot(frontier, context.hash)
  const leaves = (await leafHashes(queries, { from: 0, below: size })).map((leaf) => fromHex(leaf) ?? new Uint8Array(0))
  if (last !== undefined) mustExtend(context, last, { leaves, root })
  await mustExtendWitnesses(context, queries, last, { leaves, root }, abandoned)
  const note = formatCheckpoint({ origin: context.logId, size, root })
  const checkpoint = { size, root: toBase64(root), note, at: context.clock.now(), why }
  await insertCheckpoint(queries, {
    ...checkpoint, frontier: JSON.stringify(frontierToJson(frontier)), cms: await context.signing.signContent(note, signer),
  })
  return checkpoint
}

function refused(why: string): Refusal {
  return new Refusal('conflict', `${why}. Nothing was signed; run "muster log check" to see where it breaks, and restore the last backup with "muster restore" if it does.`)
}

/** Peaks kept with the last checkpoint, and on from there from the lines themselves: a stored hash is not taken for its line. */
async function frontierOf(context: Signing, queries: Queries, last: StoredCheckpoint | undefined, size: number): Promise<Frontier> {
  let frontier = EMPTY_FRONTIER
  if (last !== undefined) {
    const kept = readFrontier(last.frontier)
    if (kept === undefined || kept.size !== last.size || toBase64(frontierRoot(kept, context.hash)) !== last.root) {
      throw refused('What was kept with the last signed checkpoint is damaged')
    }
    frontier = kept
  }
  for await (const { seq, line, leaf } of eventLines(queries, { from: frontier.size, below: size })) {
    const own = leafHash(utf8Bytes(line), context.hash)
    if (seq !== frontier.size || toHex(own) !== leaf) throw refused(`Event ${seq} is not the one that was recorded`)
    frontier = appendLeaf(frontier, own, context.hash)
  }
  return frontier
}

/** A Merkle consistency proof from an earlier signed head to the new one, over the leaves the log holds. */
function extensionOf(context: Signing, older: LogCheckpoint | undefined, head: LogEnd): Extension {
  if (older === undefined) return 'rewritten'
  const proof = older.size > head.leaves.length ? [] : consistencyProof(head.leaves, older.size, context.hash)
  return checkpointExtends(older, { origin: context.logId, size: head.leaves.length, root: head.root }, proof, context.hash)
}

function mustExtend(context: Signing, last: StoredCheckpoint, head: LogEnd): void {
  const found = extensionOf(context, parseCheckpoint(last.note), head)
  const why = {
    'other-log': 'The last signed checkpoint belongs to another log', shorter: 'The end of the evidence log was cut off',
    rewritten: `The evidence log does not extend its last signed checkpoint: events before number ${last.size} are not those that were signed`,
  }
  if (found !== 'extends') throw refused(why[found])
}

/**
 * What is remembered beside the database and in bundles: a log that is shorter, or was written anew behind an older copy, must not be signed
 * as if nothing were missing.
 */
async function mustExtendWitnesses(
  context: Signing, queries: Queries, last: StoredCheckpoint | undefined, head: LogEnd, abandoned: readonly Head[],
): Promise<void> {
  const witnessed = witnessedHeads(context.paths.folder, context.paths.bundles, context.logId)
  const latest = witnessed.at(-1)
  if (latest === undefined || (latest.size === last?.size && latest.root === last.root)) return
  const excused = await excusedHeads(context, queries, abandoned)
  const standing = witnessed.filter((one) => !excused.has(one)).at(-1)
  if (standing === undefined) return
  const root = fromBase64(standing.root)
  const found = extensionOf(context, root === undefined ? undefined : { origin: context.logId, size: standing.size, root }, head)
  if (found === 'extends') return
  const what = `${standing.where} remembers a signed checkpoint over ${standing.size} events, but `
    + (found === 'shorter' ? `the log holds only ${head.leaves.length}: an older copy of the database was put back, or the end was cut off` : 'the log now holds other events')
  throw new Refusal('conflict', `${what}. Nothing was signed; put the newer database back, or, if it is lost, take the last backup back with "muster restore", which records it.`)
}

function readFrontier(text: string): Frontier | undefined {
  const stored: unknown = JSON.parse(text)
  if (typeof stored !== 'object' || stored === null || !('size' in stored) || !('peaks' in stored)) return undefined
  const { size, peaks } = stored
  if (typeof size !== 'number' || !Array.isArray(peaks) || !peaks.every((peak) => typeof peak === 'string')) return undefined
  return frontierFromJson({ size, peaks })
}
