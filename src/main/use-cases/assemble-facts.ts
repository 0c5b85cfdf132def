import { risk } from '../../shared/model/entitlement.ts'
import type { ReportHead } from '../../shared/model/evidence-report.ts'
import type { Framework, LogFacts } from '../../shared/model/report-facts.ts'
import type { CampaignReplay } from '../core/evidence/campaign-replay.ts'
import { startRiskTable } from '../core/evidence/facts-comparison.ts'
import { stateOf } from '../core/evidence/item-standing.ts'
import type { StoredCampaign } from '../storage/campaigns.ts'
import { plantedItems } from '../storage/planted-items.ts'
import { remediationFacts } from '../storage/remediation-facts.ts'
import { conflictsConsidered, freshnessOf, leaversInReview, orphansInReview, risksOfItems, systemsAt } from '../storage/report-facts.ts'
import { listExemptions } from '../storage/sod-exemptions.ts'
import { connectionsSince } from './air-gap.ts'
import type { Context } from './context.ts'

/** Everything the report tells beside its figures. `log` comes from the replayed events, the rest from the store. */
export async function reportFactsOf(
  context: Context, campaign: StoredCampaign, replay: CampaignReplay, log: LogFacts, span: { readonly launchedAt: string; readonly closedAt: string },
): Promise<NonNullable<ReportHead['facts']>> {
  const { db } = context.store
  const own = { id: campaign.id, ...span }
  const risks = startRiskTable()
  for (const item of await risksOfItems(db, campaign.id)) {
    const standing = replay.items.get(item.id)
    if (standing !== undefined) risks.add({ risk: risk.parse(item.risk), outcome: stateOf(standing) })
  }
  const exemptions = (await listExemptions(db, span.closedAt.slice(0, 10))).filter((one) => (
    one.grantedAt <= span.closedAt && one.until >= span.launchedAt.slice(0, 10) && (one.endedAt === null || one.endedAt >= span.launchedAt)
  ))
  return {
    log,
    store: {
      approvedBy: campaign.createdBy,
      systems: await systemsAt(db, own, campaign.spec.scope.sources),
      leavers: await leaversInReview(db, campaign.id),
      orphans: await orphansInReview(db, campaign.id),
      freshness: await freshnessOf(db, own),
      outcomeByRisk: risks.result(),
      conflicts: await conflictsConsidered(db, campaign.id),
      exemptions: exemptions.map(({ ruleId, ruleName, subject, owner, reason, until, grantedBy, grantedAt, state }) => (
        { rule: ruleName ?? ruleId, subject, owner, reason, until, grantedBy, grantedAt, state }
      )),
      remediation: [...(await remediationFacts(db, campaign.id))],
      planted: await plantedItems(db, campaign.id),
      connections: await connectionsSince(context, span.launchedAt),
      frameworks: chosenFrameworks(campaign.spec.control.frameworks, context.reports.frameworks()),
    },
  }
}

/** A control names its frameworks in its own words ("SOX ITGC", "ISO 27001 A.5.18"); one is chosen when the words begin with its name or are its id. */
export function chosenFrameworks(named: readonly string[], all: readonly Framework[]): Framework[] {
  const words = named.map((name) => name.trim().toLowerCase())
  return all.filter(({ id, name }) => words.some((word) => word === id || word.startsWith(name.toLowerCase())))
}
