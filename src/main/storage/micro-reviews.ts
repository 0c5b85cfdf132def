import { sql } from 'kysely'
import { microRule, type MicroRule, type MicroRuleKind } from '../../shared/model/calendar.ts'
import type { Queries } from './database.ts'

export type StoredMicroRule = MicroRule & { readonly setBy: string; readonly setOn: string; readonly checkedOn: string | null }

export async function microRules(queries: Queries): Promise<StoredMicroRule[]> {
  const rows = await queries.selectFrom('micro_rule').selectAll().orderBy('kind').execute()
  return rows.map((row) => ({
    ...microRule.parse({ kind: row.kind, days: row.days, dueDays: row.due_days, isActive: row.is_active === 1 }), setBy: row.set_by, setOn: row.set_on, checkedOn: row.checked_on,
  }))
}

export async function putMicroRule(queries: Queries, rule: MicroRule, by: { readonly setBy: string; readonly setOn: string }): Promise<void> {
  const row = { kind: rule.kind, days: rule.days, due_days: rule.dueDays, is_active: rule.isActive ? 1 : 0, set_by: by.setBy, set_on: by.setOn, checked_on: null }
  await queries.insertInto('micro_rule').values(row).onConflict((oc) => oc.column('kind').doUpdateSet(row)).execute()
}

export async function ruleChecked(queries: Queries, kind: MicroRuleKind, on: string): Promise<void> {
  await queries.updateTable('micro_rule').set({ checked_on: on }).where('kind', '=', kind).execute()
}

/** What a rule sees: access of a person, or one right of theirs. `key` makes it the same thing when it is seen again. */
export interface Seen {
  readonly key: string
  readonly person: string
  readonly source: string | null
  readonly entitlement: string | null
  readonly why: string
  readonly on: string
}

/** Changes of job or department HR told of, each once for a person and day. */
export async function moversSeen(queries: Queries): Promise<readonly Seen[]> {
  const { rows } = await sql<Seen>`
    SELECT h.employee_id || ' ' || h.effective_on AS key, i.email_key AS person, NULL AS source, NULL AS entitlement,
      group_concat(h.attribute || ': ' || coalesce(h.from_value, '–') || ' → ' || coalesce(h.to_value, '–'), '; ') AS why, h.effective_on AS "on"
    FROM hr_event h JOIN identity i ON i.employee_id = h.employee_id
    WHERE h.kind = 'mover' AND i.email_key IS NOT NULL AND i.status = 'active' GROUP BY h.employee_id, h.effective_on`.execute(queries)
  return rows
}

/** Privileged rights people hold now; those in `only` where given. */
export async function privilegedSeen(queries: Queries, only: readonly number[] | null = null): Promise<readonly Seen[]> {
  const some = only === null ? sql`` : sql`AND g.id IN (SELECT value FROM json_each(${JSON.stringify(only)}))`
  const { rows } = await sql<Seen>`
    SELECT CAST(g.id AS TEXT) AS key, i.email_key AS person, o.name AS source, e.native_id AS entitlement, e.name AS why, s.as_of AS "on"
    FROM access_grant g JOIN entitlement e ON e.id = g.entitlement_id JOIN account a ON a.id = g.account_id JOIN identity i ON i.id = a.identity_id
    JOIN source o ON o.id = g.source_id JOIN snapshot s ON s.id = g.from_snapshot
    WHERE g.to_snapshot IS NULL AND e.privilege <> 'none' AND i.email_key IS NOT NULL AND o.removed_at IS NULL ${some}`.execute(queries)
  return rows
}

/** Contractors whose contract ends from one day to another. */
export async function contractEndsSeen(queries: Queries, from: string, to: string): Promise<readonly Seen[]> {
  const { rows } = await sql<Seen>`
    SELECT id || ' ' || termination_date AS key, email_key AS person, NULL AS source, NULL AS entitlement, 'contract ends ' || termination_date AS why, ${from} AS "on"
    FROM identity WHERE kind = 'contractor' AND status = 'active' AND email_key IS NOT NULL AND termination_date BETWEEN ${from} AND ${to}`.execute(queries)
  return rows
}

/** Rights that were proved gone and are back, each once for the snapshot that showed it. Nobody has to have answered the alarm for it. */
export async function cameBackSeen(queries: Queries): Promise<readonly Seen[]> {
  const { rows } = await sql<Seen>`
    SELECT r.id || ' ' || r.proof_snapshot AS key, i.email_key AS person, o.name AS source, e.native_id AS entitlement, e.name || ' is back' AS why, s.as_of AS "on"
    FROM remediation r JOIN snapshot s ON s.id = r.proof_snapshot JOIN source o ON o.id = r.source_id JOIN entitlement e ON e.id = r.entitlement_id
    JOIN account a ON a.id = r.account_id JOIN identity i ON i.id = a.identity_id
    WHERE r.state = 'came-back' AND i.email_key IS NOT NULL AND o.removed_at IS NULL`.execute(queries)
  return rows
}

export async function addressesOf(queries: Queries, identities: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ id: number; email: string }>`
    SELECT id, email_key AS email FROM identity WHERE email_key IS NOT NULL AND id IN (SELECT value FROM json_each(${JSON.stringify(identities)}))`.execute(queries)
  return new Map(rows.map(({ id, email }) => [id, email]))
}

/** Keeps what was not seen before. `isBaseline`: it was there before the rule, and opens nothing. */
export async function keepSeen(
  queries: Queries, kind: MicroRuleKind, seen: readonly (Seen & { readonly dueOn: string })[], today: string, isBaseline: boolean,
): Promise<void> {
  await sql`INSERT INTO micro_case (kind, key, person, source, entitlement, why, seen_on, due_on, state)
    SELECT ${kind}, value ->> 'key', value ->> 'person', value ->> 'source', value ->> 'entitlement', value ->> 'why', ${today}, value ->> 'dueOn',
      ${isBaseline ? 'baseline' : 'waiting'}
    FROM json_each(${JSON.stringify(seen)}) WHERE true ON CONFLICT DO NOTHING`.execute(queries)
}

export interface MicroCase {
  readonly kind: string
  readonly key: string
  readonly person: string
  readonly source: string | null
  readonly entitlement: string | null
  readonly why: string
  readonly seenOn: string
  readonly dueOn: string
  readonly state: string
  readonly campaign: number | null
}

/** What waits, was opened or was under review already; the latest first. */
export function microCases(queries: Queries): Promise<MicroCase[]> {
  return queries.selectFrom('micro_case')
    .select(['kind', 'key', 'person', 'source', 'entitlement', 'why', 'seen_on as seenOn', 'due_on as dueOn', 'state', 'campaign_id as campaign'])
    .where('state', '<>', 'baseline').orderBy('due_on', 'desc').orderBy('kind').orderBy('key').limit(1_000).execute()
}

export async function dueCases(queries: Queries, kind: MicroRuleKind, today: string): Promise<MicroCase[]> {
  return (await microCases(queries)).filter((one) => one.kind === kind && one.state === 'waiting' && one.dueOn <= today)
}

export async function settleCases(
  queries: Queries, kind: MicroRuleKind, keys: readonly string[], to: { readonly state: 'opened' | 'nothing-left'; readonly campaign: number | null },
): Promise<void> {
  await sql`UPDATE micro_case SET state = ${to.state}, campaign_id = ${to.campaign}
    WHERE kind = ${kind} AND key IN (SELECT value FROM json_each(${JSON.stringify(keys)}))`.execute(queries)
}

/** Drafts rules have made that were not launched yet. */
export async function microDrafts(queries: Queries): Promise<readonly number[]> {
  const rows = await queries.selectFrom('micro_case').innerJoin('campaign', 'campaign.id', 'campaign_id').select('campaign_id').distinct()
    .where('campaign.state', '=', 'draft').execute()
  return rows.flatMap((row) => (row.campaign_id === null ? [] : [row.campaign_id]))
}
