import { fromHex, toBase64 } from '../core/evidence/bytes.ts'
import { formatCheckpoint } from '../core/evidence/checkpoint.ts'
import { EMPTY_FRONTIER, appendLeaf, frontierFromJson, frontierRoot, frontierToJson, type Frontier } from '../core/evidence/merkle-tree.ts'
import type { Checkpoint } from '../../shared/model/evidence.ts'
import { insertCheckpoint, lastCheckpoint, lastEvent, leafHashes } from '../storage/evidence-log.ts'
import type { Queries } from '../storage/database.ts'
import type { Signer } from '../reports/signing/signer.ts'
import { Refusal, type Context } from './context.ts'

/**
 * Signs the log's head. The new head is built on the peaks kept with the last checkpoint, and refused where those no longer give
 * the root that was signed then: what is signed always extends what was signed before.
 */
export async function signCheckpoint(
  context: Pick<Context, 'logId' | 'clock' | 'hash' | 'signing'>, queries: Queries, signer: Signer, why: string,
): Promise<Checkpoint> {
  const last = await lastCheckpoint(queries)
  const head = await lastEvent(queries)
  const size = head === undefined ? 0 : head.seq + 1
  if (last !== undefined && last.size === size) return last
  let frontier = EMPTY_FRONTIER
  if (last !== undefined) {
    const kept = readFrontier(last.frontier)
    if (kept === undefined || kept.size !== last.size || toBase64(frontierRoot(kept, context.hash)) !== last.root) {
      throw new Refusal('conflict', 'The evidence log does not extend its last signed checkpoint. Nothing was signed; run "muster log check" to see where it breaks.')
    }
    frontier = kept
  }
  if (frontier.size > size) {
    throw new Refusal('conflict', `The evidence log is shorter (${size}) than its last signed checkpoint (${frontier.size}). Nothing was signed; an older copy of the database may have been restored.`)
  }
  for (const leaf of await leafHashes(queries, { from: frontier.size, below: size })) {
    const bytes = fromHex(leaf)
    if (bytes === undefined) throw new Error('a leaf hash in the log is not hexadecimal')
    frontier = appendLeaf(frontier, bytes, context.hash)
  }
  const root = frontierRoot(frontier, context.hash)
  const note = formatCheckpoint({ origin: context.logId, size, root })
  const checkpoint = { size, root: toBase64(root), note, at: context.clock.now(), why }
  await insertCheckpoint(queries, {
    ...checkpoint, frontier: JSON.stringify(frontierToJson(frontier)), cms: await context.signing.signContent(note, signer),
  })
  return checkpoint
}

function readFrontier(text: string): Frontier | undefined {
  const stored: unknown = JSON.parse(text)
  if (typeof stored !== 'object' || stored === null || !('size' in stored) || !('peaks' in stored)) return undefined
  const { size, peaks } = stored
  if (typeof size !== 'number' || !Array.isArray(peaks) || !peaks.every((peak) => typeof peak === 'string')) return undefined
  return frontierFromJson({ size, peaks })
}
