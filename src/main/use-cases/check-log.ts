import { toBase64, toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { startChainCheck } from '../core/evidence/chain-check.ts'
import { leafHash } from '../core/evidence/merkle-tree.ts'
import { allCampaigns } from '../storage/campaigns.ts'
import { allDecisions } from '../storage/decisions.ts'
import { allCheckpoints, eventLines, lastEvent } from '../storage/evidence-log.ts'
import { replayCampaign } from './assemble-report.ts'
import type { Context } from './context.ts'

export interface LogCheck {
  readonly code: string
  readonly title: string
  readonly outcome: 'passed' | 'failed' | 'not-checked'
  readonly detail: string
}

/** Recomputes the whole log from its lines: order, hashes, every signed checkpoint's root, and the decisions the tables show. */
export async function checkLog(context: Context): Promise<readonly LogCheck[]> {
  const { db } = context.store
  const size = ((await lastEvent(db))?.seq ?? -1) + 1
  const checkpoints = await allCheckpoints(db)
  const chain = startChainCheck(context.hash)
  const wrongRoots: string[] = []
  let wrongStored = 0
  let next = 0
  const compareRoots = (): void => {
    while (checkpoints[next]?.size === chain.size()) {
      const checkpoint = checkpoints[next]
      if (checkpoint !== undefined && toBase64(chain.rootSoFar()) !== checkpoint.root) wrongRoots.push(`the checkpoint over ${checkpoint.size} events`)
      next += 1
    }
  }
  compareRoots()
  for await (const { line, leaf } of eventLines(db, { from: 0, below: size })) {
    chain.add(line)
    if (toHex(leafHash(utf8Bytes(line), context.hash)) !== leaf) wrongStored += 1
    compareRoots()
  }
  const beyond = checkpoints.length - next
  const result = chain.result()
  const mismatches = await checkDecisionsAgainstLog(context)
  const check = (code: string, title: string, faults: readonly string[], right: string): LogCheck => ({
    code, title, outcome: faults.length === 0 ? 'passed' : 'failed', detail: faults.length === 0 ? right : faults.slice(0, 5).join('; '),
  })
  return [
    check('chain', 'Every event follows from the one before', result.fault === undefined ? [] : [`event ${result.fault.seq}: ${result.fault.detail}`], `${size} events.`),
    check('stored-hashes', 'Stored hashes are those of the lines', wrongStored === 0 ? [] : [`${wrongStored} stored hashes are not those of their lines`], 'All recomputed.'),
    check(
      'checkpoints', 'The log extends every signed checkpoint',
      [...wrongRoots.map((what) => `${what} gives another root`), ...(beyond > 0 ? [`${beyond} checkpoints are about events the log no longer has`] : [])],
      `${checkpoints.length} checkpoints.`,
    ),
    check('decisions', 'Decisions shown are those recorded', mismatches, 'Every decision matches its event.'),
  ]
}

/** Differences between the decisions the screens show and those the log records; each a sentence. */
export async function checkDecisionsAgainstLog(context: Context): Promise<readonly string[]> {
  const { db } = context.store
  const size = ((await lastEvent(db))?.seq ?? -1) + 1
  const differences: string[] = []
  for (const campaign of await allCampaigns(db)) {
    if (campaign.launchedAt === null) continue
    const shown = new Map((await allDecisions(db, campaign.id)).map((decision) => [decision.itemId, decision]))
    for (const [item, standing] of (await replayCampaign(context, campaign.id, size)).items) {
      const decision = shown.get(item)
      shown.delete(item)
      const isSame = standing.decision === null ? decision === undefined
        : decision !== undefined && decision.eventSeq === standing.decision.seq && decision.outcome === standing.decision.outcome
          && decision.until === standing.decision.until && decision.isSignedOff === (standing.signedOffSeq !== null)
      if (!isSame) differences.push(`Item ${item} shows ${decision?.outcome ?? 'no decision'}, the log says ${standing.decision?.outcome ?? 'no decision'}.`)
    }
    for (const item of shown.keys()) differences.push(`Item ${item} shows a decision the log does not know.`)
  }
  return differences
}
