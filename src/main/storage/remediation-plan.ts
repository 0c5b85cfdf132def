import { sql } from 'kysely'
import { outcome, type Outcome } from '../../shared/model/decision.ts'
import { privilege, risk, type Privilege, type Risk } from '../../shared/model/entitlement.ts'
import { entitlementTrait, type EntitlementTrait } from '../../shared/model/live-source.ts'
import { action, type Action } from '../../shared/model/recommendation.ts'
import type { HoldingWay, RemediationBasis } from '../../shared/model/remediation.ts'
import type { Queries } from './database.ts'

/** A grant of a campaign's last stage for it, with everybody's signed answers, that is not in the plan yet. */
export interface UnplannedCase {
  readonly item: number
  readonly stage: number
  readonly advice: Action
  readonly sourceId: number
  readonly source: string
  readonly account: string
  readonly accountId: number
  readonly entitlement: string
  readonly entitlementId: number
  readonly entitlementName: string
  readonly traits: readonly EntitlementTrait[]
  readonly grantId: number
  readonly path: string
  readonly privilege: Privilege
  readonly risk: Risk
  /** The source's snapshot the campaign reviewed. */
  readonly baselineSnapshot: number
  readonly answers: readonly { readonly outcome: Outcome | null; readonly seq: number; readonly until: string | null; readonly by: string; readonly at: string | null }[]
}

type CaseRow = Omit<UnplannedCase, 'advice' | 'traits' | 'privilege' | 'risk' | 'answers'> & {
  readonly advice: string; readonly traits: string; readonly privilege: string; readonly risk: string; readonly answers: string
}

/**
 * Cases that may have to go: with a signed revoke or "keep until", and, where the campaign has a rule for them, those without any signed
 * answer. What was not signed off is no answer. Grants of sources that were disconnected since are in here too: the revoke stands.
 * Planted items are not: their right answer was known beforehand, and the right is the officer's to take away again.
 */
export async function unplannedCases(queries: Queries, campaignId: number, withUnanswered: boolean): Promise<readonly UnplannedCase[]> {
  const { rows } = await sql<CaseRow>`
    WITH open AS (
      SELECT coalesce(i.case_item, i.id) AS item, max(i.stage) AS stage, json_group_array(json_object(
        'outcome', CASE WHEN d.signed_off_seq IS NULL THEN NULL ELSE d.outcome END, 'seq', coalesce(d.event_seq, 0), 'until', d.until, 'by', p.email,
        'at', d.decided_at)) AS answers
      FROM assignment a JOIN review_item i ON i.id = a.item_id JOIN person p ON p.id = a.reviewer_id LEFT JOIN decision d ON d.item_id = a.item_id
      WHERE a.campaign_id = ${campaignId} AND a.is_superseded = 0 GROUP BY 1
      HAVING max(d.signed_off_seq IS NOT NULL AND d.outcome IN ('revoke', 'keep-until')) = 1
        OR (${withUnanswered ? 1 : 0} = 1 AND max(d.signed_off_seq IS NOT NULL) = 0))
    SELECT open.item, open.stage, open.answers, f.advice, a.source_id AS sourceId, f.source_name AS source, a.native_id AS account, f.account_id AS accountId,
      f.entitlement_native_id AS entitlement, f.entitlement_id AS entitlementId, f.entitlement_name AS entitlementName, e.traits, f.grant_id AS grantId,
      g.path, f.privilege, f.risk, coalesce(s.id, g.from_snapshot) AS baselineSnapshot
    FROM open JOIN review_item f ON f.id = open.item JOIN account a ON a.id = f.account_id JOIN entitlement e ON e.id = f.entitlement_id
    JOIN access_grant g ON g.id = f.grant_id
    LEFT JOIN (SELECT s.id, s.source_id FROM campaign_snapshot c JOIN snapshot s ON s.id = c.snapshot_id WHERE c.campaign_id = ${campaignId}) s
      ON s.source_id = a.source_id
    WHERE NOT EXISTS (SELECT 1 FROM remediation r WHERE r.campaign_id = ${campaignId} AND r.item_id = open.item)
      AND NOT EXISTS (SELECT 1 FROM planted_item p WHERE p.item_id = open.item) ORDER BY open.item`.execute(queries)
  return rows.map((row) => ({
    ...row, advice: action.parse(row.advice), traits: readTraits(row.traits), privilege: privilege.parse(row.privilege), risk: risk.parse(row.risk),
    answers: (JSON.parse(row.answers) as { outcome: string | null; seq: number; until: string | null; by: string; at: string | null }[])
      .map((answer) => ({ ...answer, outcome: answer.outcome === null ? null : outcome.parse(answer.outcome) })),
  }))
}

export function readTraits(json: string): EntitlementTrait[] {
  return entitlementTrait.array().parse(JSON.parse(json))
}

export interface NewRemediation {
  readonly campaignId: number
  readonly itemId: number
  readonly basis: RemediationBasis
  readonly sourceId: number
  readonly grantId: number
  readonly accountId: number
  readonly entitlementId: number
  readonly path: string
  readonly root: string
  readonly way: HoldingWay
  readonly baselineSnapshot: number
  readonly decidedBy: readonly string[]
  readonly decidedAt: string | null
  readonly plannedOn: string
  readonly dueOn: string
}

export async function nextRemediationId(queries: Queries): Promise<number> {
  const row = await queries.selectFrom('remediation').select((eb) => eb.fn.max('id').as('id')).executeTakeFirst()
  return (row?.id ?? 0) + 1
}

export async function insertRemediations(queries: Queries, firstId: number, planned: readonly NewRemediation[]): Promise<void> {
  for (let from = 0; from < planned.length; from += 200) {
    await queries.insertInto('remediation').values(planned.slice(from, from + 200).map((one, index) => ({
      id: firstId + from + index, campaign_id: one.campaignId, item_id: one.itemId, basis: one.basis, state: 'planned', source_id: one.sourceId,
      grant_id: one.grantId, account_id: one.accountId, entitlement_id: one.entitlementId, path: one.path, root: one.root, way: one.way,
      baseline_snapshot: one.baselineSnapshot, decided_by: JSON.stringify(one.decidedBy), decided_at: one.decidedAt, planned_on: one.plannedOn, due_on: one.dueOn,
      means: null, ticket_system: null, ticket_key: null, ticket_url: null, requested_by: null, requested_at: null, applied_by: null, applied_at: null,
      hindrance: null, proof_snapshot: null, still_there_snapshot: null, taken_back_at: null, used_after: null, restore_means: null, restore_ticket_system: null,
      restore_ticket_key: null, restore_ticket_url: null, restore_requested_by: null, restore_requested_at: null, given_at: null,
    }))).execute()
  }
}
