import { toBase64, toHex } from '../core/evidence/bytes.ts'
import { startChainCheck } from '../core/evidence/chain-check.ts'
import { lineHashes } from '../core/evidence/event-chain.ts'
import { witnessedHeads } from '../storage/checkpoint-witness.ts'
import { allCheckpoints, eventLines, lastEvent } from '../storage/evidence-log.ts'
import { compareCampaigns } from './compare-with-log.ts'
import type { Context } from './context.ts'

export interface LogCheck {
  readonly code: string
  readonly title: string
  readonly outcome: 'passed' | 'failed' | 'not-checked'
  readonly detail: string
}

/** A head of the log that was signed, and what to say of it when the log does not lead to it. */
interface Head {
  readonly size: number
  readonly root: string
  readonly what: string
}

/**
 * Recomputes the whole log from its lines: order, hashes, the root of every signed checkpoint in the database and beside it, and whatever
 * of campaigns, items and decisions the tables show.
 */
export async function checkLog(context: Context): Promise<readonly LogCheck[]> {
  const { db } = context.store
  const { paths } = context
  const size = ((await lastEvent(db))?.seq ?? -1) + 1
  const inside = (await allCheckpoints(db)).map((head): Head => ({ ...head, what: `the checkpoint over ${head.size} events` }))
  const outside = witnessedHeads(paths.folder, paths.bundles, context.logId).map((head): Head => ({
    ...head, what: `${head.where} remembers a checkpoint over ${head.size} events`,
  }))
  const chain = startChainCheck(context.hash)
  const [checkpoints, witnesses] = [compareHeads(inside), compareHeads(outside)]
  let wrongStored = 0
  const compare = (): void => {
    for (const heads of [checkpoints, witnesses]) heads.at(chain.size(), () => toBase64(chain.rootSoFar()))
  }
  compare()
  for await (const { line, leaf, hash } of eventLines(db, { from: 0, below: size })) {
    chain.add(line)
    const hashes = lineHashes(line, context.hash)
    if (toHex(hashes.leaf) !== leaf || hashes.event !== hash) wrongStored += 1
    compare()
  }
  const { fault } = chain.result()
  const differences = await compareCampaigns(context, size)
  const { rewritten, beyond } = witnesses.result()
  return [
    check(
      'chain', 'Every event follows from the one before', fault === undefined ? [] : [`event ${fault.seq}: ${fault.detail}`], `${size} events.`,
    ),
    check(
      'stored-hashes', 'Stored hashes are those of the lines',
      wrongStored === 0 ? [] : [`${wrongStored} stored hashes are not those of their lines`], 'All recomputed.',
    ),
    check(
      'checkpoints', 'The log extends every signed checkpoint',
      [
        ...checkpoints.result().rewritten.map(({ what }) => `${what} gives another root`),
        ...(checkpoints.result().beyond.length > 0 ? [`${checkpoints.result().beyond.length} checkpoints are about events the log no longer has`] : []),
      ],
      `${inside.length} checkpoints.`,
    ),
    check(
      'witnesses', 'The log extends what is remembered outside the database',
      [
        ...rewritten.slice(-1).map(({ what }) => `${what}, but those events are not the ones the log holds now: the log was rewritten`),
        ...beyond.slice(-1).map(({ what }) =>
          `${what}, but the log holds only ${size}: an older copy of the database was put back, or the end was cut off. Put the newer database back; `
          + 'if it is lost, move that file out of the workspace and keep it for the auditor'),
      ],
      `${outside.length} remembered.`,
    ),
    check('items', 'Campaigns and items shown are those recorded', differences.items, 'Every item matches what was frozen at its launch.'),
    check('decisions', 'Decisions shown are those recorded', differences.decisions, 'Every decision matches its event.'),
    check('consistent', 'The log does not contradict itself', differences.contradictions, 'Every event was allowed when it happened.'),
  ]
}

function check(code: string, title: string, faults: readonly string[], right: string): LogCheck {
  return { code, title, outcome: faults.length === 0 ? 'passed' : 'failed', detail: faults.length === 0 ? right : faults.slice(0, 5).join('; ') }
}

/** Holds heads, smallest first, against the roots of a log that is being walked. */
function compareHeads(heads: readonly Head[]): {
  at: (size: number, root: () => string) => void
  result: () => { rewritten: readonly Head[]; beyond: readonly Head[] }
} {
  const rewritten: Head[] = []
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
