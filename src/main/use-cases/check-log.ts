import { toBase64, toHex } from '../core/evidence/bytes.ts'
import { startChainCheck } from '../core/evidence/chain-check.ts'
import { lineHashes } from '../core/evidence/event-chain.ts'
import { witnessedHeads } from '../storage/checkpoint-witness.ts'
import { allCheckpoints, eventLines, lastEvent } from '../storage/evidence-log.ts'
import { compareCampaigns } from './compare-with-log.ts'
import type { Context } from './context.ts'
import { excusedHeads } from './excused-heads.ts'
import { compareHeads, type Head, type Restore } from './walk-log.ts'

export interface LogCheck {
  readonly code: string
  readonly title: string
  readonly outcome: 'passed' | 'failed' | 'not-checked'
  readonly detail: string
}

/** A head of the log that was signed, and what to say of it when the log does not lead to it. */
interface NamedHead extends Head {
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
  const inside = (await allCheckpoints(db)).map((head): NamedHead => ({ ...head, what: `the checkpoint over ${head.size} events` }))
  const outside = witnessedHeads(paths.folder, paths.bundles, context.logId).map((head): NamedHead => ({
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
  const excused = await excusedHeads(context, db)
  const found = witnesses.result()
  const [rewritten, beyond] = [found.rewritten, found.beyond].map((heads) => heads.filter((head) => !excused.has(head)))
  const setAside = found.rewritten.length + found.beyond.length - (rewritten?.length ?? 0) - (beyond?.length ?? 0)
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
        ...excused.doubtful,
        ...(rewritten ?? []).slice(-1).map(({ what }) => `${what}, but those events are not the ones the log holds now: the log was rewritten`),
        ...(beyond ?? []).slice(-1).map(({ what }) =>
          `${what}, but the log holds only ${size}: an older copy of the database was put back, or the end was cut off. Put the newer database back; `
          + 'if it is lost, take the last backup back with "muster restore", which records it'),
      ],
      [
        `${outside.length} remembered.`,
        ...(setAside === 0 ? [] : [`${setAside} of them belong to a log that was set aside: ${restoresIn(excused.restores)}.`]),
      ].join(' '),
    ),
    check('items', 'Campaigns and items shown are those recorded', differences.items, 'Every item matches what was frozen at its launch.'),
    check('decisions', 'Decisions shown are those recorded', differences.decisions, 'Every decision matches its event.'),
    check('consistent', 'The log does not contradict itself', differences.contradictions, 'Every event was allowed when it happened.'),
  ]
}

function restoresIn(restores: readonly Restore[]): string {
  return restores.map(({ seq, body }) => `event ${seq} records that the backup ${body.fileName} over ${body.events} events was restored`).join('; ')
}

function check(code: string, title: string, faults: readonly string[], right: string): LogCheck {
  return { code, title, outcome: faults.length === 0 ? 'passed' : 'failed', detail: faults.length === 0 ? right : faults.slice(0, 5).join('; ') }
}
