import { sql } from 'kysely'
import { outcome } from '../../shared/model/decision.ts'
import { action, type Action } from '../../shared/model/recommendation.ts'
import type { Answer } from '../core/campaign/case-outcome.ts'
import type { Queries } from './database.ts'
import type { ItemRow } from './review-items.ts'

/** One grant under review in the open stage: everybody's final answers, and who has been asked about it in any stage. */
export interface CaseAnswers {
  readonly caseItem: number
  readonly item: Pick<
    ItemRow,
    | 'identity_id' | 'entitlement_id' | 'subject_email' | 'subject_department' | 'subject_kind' | 'source_name' | 'application' | 'privilege' | 'risk'
    | 'granted_at' | 'entitlement_native_id'
  >
  readonly answers: readonly Answer[]
  /** Folded addresses. */
  readonly reviewers: readonly string[]
  /** The stage the case is in, or ended in. */
  readonly stage: number
  readonly advice: Action
}

type CaseRow = CaseAnswers['item'] & { readonly caseItem: number; readonly answers: string; readonly reviewers: string; readonly stage: number; readonly advice: string }

/** The cases of the open stage, by their first item. What was not signed off is no answer. */
export async function caseAnswers(queries: Queries, campaignId: number): Promise<readonly CaseAnswers[]> {
  const { rows } = await sql<CaseRow>`
    WITH open AS (
      SELECT coalesce(i.case_item, i.id) AS caseItem, max(i.stage) AS stage,
        json_group_array(json_object('outcome', CASE WHEN d.signed_off_seq IS NULL THEN NULL ELSE d.outcome END, 'seq', coalesce(d.event_seq, 0))) AS answers
      FROM assignment a JOIN review_item i ON i.id = a.item_id LEFT JOIN decision d ON d.item_id = a.item_id
      WHERE a.campaign_id = ${campaignId} AND a.is_superseded = 0 GROUP BY 1),
    asked AS (
      SELECT coalesce(i.case_item, i.id) AS caseItem, json_group_array(DISTINCT p.email) AS reviewers
      FROM assignment a JOIN review_item i ON i.id = a.item_id JOIN person p ON p.id = a.reviewer_id WHERE a.campaign_id = ${campaignId} GROUP BY 1)
    SELECT open.caseItem, open.stage, open.answers, asked.reviewers, f.advice, f.identity_id, f.entitlement_id, f.subject_email, f.subject_department, f.subject_kind, f.source_name,
      f.application, f.privilege, f.risk, f.granted_at, f.entitlement_native_id
    FROM open JOIN asked ON asked.caseItem = open.caseItem JOIN review_item f ON f.id = open.caseItem ORDER BY open.caseItem`.execute(queries)
  return rows.map(({ caseItem, stage, advice, answers, reviewers, ...item }) => ({
    caseItem, stage, advice: action.parse(advice), item, answers: readAnswers(answers), reviewers: JSON.parse(reviewers) as string[],
  }))
}

function readAnswers(json: string): readonly Answer[] {
  const parsed = JSON.parse(json) as { outcome: string | null; seq: number }[]
  return parsed.map(({ outcome: given, seq }) => ({ outcome: given === null ? null : outcome.parse(given), seq }))
}

/** The cases' items of all stages so far no longer count for their outcome. */
export async function supersedeCases(queries: Queries, campaignId: number, cases: readonly number[]): Promise<void> {
  await sql`UPDATE assignment SET is_superseded = 1 WHERE campaign_id = ${campaignId} AND item_id IN (
    SELECT i.id FROM review_item i WHERE i.campaign_id = ${campaignId}
      AND coalesce(i.case_item, i.id) IN (SELECT value FROM json_each(${JSON.stringify(cases)})))`.execute(queries)
}
