import type { EventBody } from '../../shared/model/evidence.ts'
import { eventBody } from '../../shared/model/evidence.ts'
import { toBase64, toHex } from '../core/evidence/bytes.ts'
import { startChainCheck } from '../core/evidence/chain-check.ts'
import { lineHashes } from '../core/evidence/event-chain.ts'
import { allCheckpoints, eventLines, lastEvent } from '../storage/evidence-log.ts'
import type { Queries } from '../storage/database.ts'
import type { Context } from './context.ts'

/** A head of the log that was signed. */
export interface Head {
  readonly size: number
  readonly root: string
}

/** What walking a log from its first line says about it. */
export interface WalkedLog {
  readonly size: number
  /** Base64. */
  readonly root: string
  /** Sentences without a full stop; empty when the log is what it claims, up to every checkpoint signed in it. */
  readonly faults: readonly string[]
  /** Those of the heads asked about that this log does not lead to. */
  readonly missed: readonly Head[]
  readonly restores: readonly Restore[]
}

/** A `restored` event and where it stands. */
export interface Restore {
  readonly seq: number
  readonly actor: string
  readonly body: Extract<EventBody, { kind: 'restored' }>['body']
}

/** Recomputes a log from its lines: order, hashes, the root of every checkpoint signed in it, and whether it leads to `heads`. */
export async function walkLog(queries: Queries, hash: Context['hash'], heads: readonly Head[] = []): Promise<WalkedLog> {
  const below = ((await lastEvent(queries))?.seq ?? -1) + 1
  const chain = startChainCheck(hash)
  const [own, asked] = [compareHeads(await allCheckpoints(queries)), compareHeads([...heads].sort((left, right) => left.size - right.size))]
  const restores: Restore[] = []
  let wrongStored = 0
  const compare = (): void => {
    for (const compared of [own, asked]) compared.at(chain.size(), () => toBase64(chain.rootSoFar()))
  }
  compare()
  for await (const { seq, line, leaf, hash: stored } of eventLines(queries, { from: 0, below })) {
    const parsed = chain.add(line)
    const hashes = lineHashes(line, hash)
    if (toHex(hashes.leaf) !== leaf || hashes.event !== stored) wrongStored += 1
    if (parsed?.kind === 'event' && parsed.event.kind === 'restored') restores.push(...restoreIn(seq, parsed.event))
    compare()
  }
  const { fault, size, root } = chain.result()
  const wrongHeads = own.result()
  return {
    size, root: toBase64(root), missed: [...asked.result().rewritten, ...asked.result().beyond], restores,
    faults: [
      ...(fault === undefined ? [] : [`event ${fault.seq}: ${fault.detail}`]),
      ...(wrongStored === 0 ? [] : [`${wrongStored} stored hashes are not those of their lines`]),
      ...wrongHeads.rewritten.map((head) => `the checkpoint over ${head.size} events gives another root`),
      ...(wrongHeads.beyond.length === 0 ? [] : [`${wrongHeads.beyond.length} checkpoints are about events the log does not have`]),
    ],
  }
}

/** A `restored` event among parsed lines; none where it is not of the known form. */
export function restoreIn(seq: number, event: { readonly kind: string; readonly body: unknown; readonly actor: unknown }): readonly Restore[] {
  const read = eventBody.safeParse({ kind: event.kind, body: event.body })
  return read.success && read.data.kind === 'restored' && typeof event.actor === 'string' ? [{ seq, actor: event.actor, body: read.data.body }] : []
}

/** Holds heads, smallest first, against the roots of a log that is being walked. */
export function compareHeads<H extends Head>(heads: readonly H[]): {
  at: (size: number, root: () => string) => void
  result: () => { rewritten: readonly H[]; beyond: readonly H[] }
} {
  const rewritten: H[] = []
  let next = 0
  return {
    at: (size, root) => {
      for (let head = heads[next]; head?.size === size; head = heads[next]) {
        if (head.root !== root()) rewritten.push(head)
        next += 1
      }
    },
    result: () => ({ rewritten, beyond: heads.slice(next) }),
  }
}
