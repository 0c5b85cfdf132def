import { sql, type RawBuilder } from 'kysely'
import { privilege, risk } from '../../shared/model/entitlement.ts'
import {
  holdingWay, remediationBasis, remediationMeans, remediationState, remediationStep, restoreMeans, ticketState, ticketSystem, type Remediation, type RemediationState, type RemediationStep,
} from '../../shared/model/remediation.ts'
import { sourceKind } from '../../shared/model/source.ts'
import { isOverdue, openStates } from '../core/remediation/states.ts'
import type { Queries } from './database.ts'
import type { RemediationTable } from './tables.ts'

export interface RemediationFilter {
  readonly ids?: readonly number[]
  readonly campaign?: number | null
  readonly states?: readonly RemediationState[]
  readonly source?: string | null
  /** Past their due day and not proved. */
  readonly onlyOverdue?: boolean
  /** Came back, or said to be done and still there. */
  readonly onlyAlarms?: boolean
  /** Part of a person's, an account's or a right's name. */
  readonly text?: string | null
  readonly from?: number
  readonly limit?: number
}

/** With what acting on it takes beyond what is shown. */
export interface StoredRemediation extends Remediation {
  readonly sourceId: number
  readonly accountId: number
  readonly entitlementId: number
  readonly isSourceConnected: boolean
}

interface Row {
  id: number; campaign_id: number; campaign_name: string; item_id: number; basis: string; state: string; source_id: number; source: string; kind: string
  removed_at: string | null; account_id: number; account: string; account_name: string; subject_name: string; application: string; entitlement_id: number
  entitlement: string; entitlement_name: string; privilege: string; risk: string; path: string; root: string; root_name: string | null; way: string
  decided_by: string; decided_at: string | null; planned_on: string; due_on: string; means: string | null; ticket_system: string | null
  ticket_key: string | null; ticket_url: string | null; requested_by: string | null; requested_at: string | null; applied_by: string | null
  applied_at: string | null; hindrance: string | null; proof_snapshot: number | null; proof_as_of: string | null; proof_at: string | null
  proof_hash: string | null; still_there_snapshot: number | null; is_alarm: number; used_after: string | null
  watch_state: string | null; watch_said: string | null; watch_at: string | null
  restore_means: string | null; restore_ticket_system: string | null; restore_ticket_key: string | null; restore_ticket_url: string | null
  restore_requested_by: string | null; restore_requested_at: string | null; given_at: string | null
}

/** Worst first: alarms, then what is overdue, then by due day. */
export async function listRemediations(
  queries: Queries, filter: RemediationFilter, today: string,
): Promise<{ readonly total: number; readonly rows: readonly StoredRemediation[] }> {
  const where = conditions(filter, today)
  const from = sql`FROM remediation r JOIN review_item f ON f.id = r.item_id JOIN campaign c ON c.id = r.campaign_id JOIN source s ON s.id = r.source_id
    JOIN account a ON a.id = r.account_id LEFT JOIN entitlement root ON root.source_id = r.source_id AND root.native_id = r.root
    LEFT JOIN snapshot p ON p.id = r.proof_snapshot
    LEFT JOIN ticket_watch w ON w.system = coalesce(r.restore_ticket_system, r.ticket_system) AND w.key = coalesce(r.restore_ticket_key, r.ticket_key) WHERE ${where}`
  const { rows } = await sql<Row>`
    SELECT r.*, c.name AS campaign_name, s.name AS source, s.kind, s.removed_at, a.native_id AS account, f.account_name, f.subject_name, f.application,
      f.entitlement_native_id AS entitlement, f.entitlement_name, f.privilege, f.risk, root.name AS root_name, p.as_of AS proof_as_of, p.taken_at AS proof_at,
      p.content_hash AS proof_hash, w.state AS watch_state, w.said AS watch_said, w.seen_at AS watch_at
    ${from} ORDER BY (r.is_alarm = 1 OR r.still_there_snapshot IS NOT NULL) DESC, r.due_on, r.source_id, r.root, r.id
    LIMIT ${filter.limit ?? -1} OFFSET ${filter.from ?? 0}`.execute(queries)
  const { rows: counted } = await sql<{ total: number }>`SELECT count(*) AS total ${from}`.execute(queries)
  return { total: counted[0]?.total ?? 0, rows: rows.map((row) => fromRow(row, today)) }
}

function conditions(filter: RemediationFilter, today: string): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`true`]
  if (filter.ids !== undefined) parts.push(sql`r.id IN (SELECT value FROM json_each(${JSON.stringify(filter.ids)}))`)
  if (filter.campaign != null) parts.push(sql`r.campaign_id = ${filter.campaign}`)
  if (filter.states !== undefined && filter.states.length > 0) parts.push(sql`r.state IN (SELECT value FROM json_each(${JSON.stringify(filter.states)}))`)
  if (filter.source != null) parts.push(sql`s.name = ${filter.source}`)
  if (filter.onlyOverdue === true) parts.push(sql`r.due_on < ${today} AND r.state IN (SELECT value FROM json_each(${JSON.stringify(openStates)}))`)
  if (filter.onlyAlarms === true) parts.push(sql`(r.is_alarm = 1 OR r.still_there_snapshot IS NOT NULL)`)
  const text = filter.text?.trim() ?? ''
  if (text !== '') {
    const found = (column: string): RawBuilder<unknown> => sql`instr(lower(${sql.ref(column)}), ${text.toLowerCase()}) > 0`
    parts.push(sql`(${found('f.subject_name')} OR ${found('f.account_name')} OR ${found('f.entitlement_name')} OR ${found('f.application')} OR ${found('a.native_id')})`)
  }
  return sql.join(parts, sql` AND `)
}

function fromRow(row: Row, today: string): StoredRemediation {
  const state = remediationState.parse(row.state)
  return {
    id: row.id, campaign: row.campaign_id, campaignName: row.campaign_name, item: row.item_id, basis: remediationBasis.parse(row.basis), state,
    source: row.source, sourceKind: sourceKind.parse(row.kind), account: row.account, accountName: row.account_name, subjectName: row.subject_name,
    application: row.application, entitlement: row.entitlement, entitlementName: row.entitlement_name, privilege: privilege.parse(row.privilege),
    risk: risk.parse(row.risk), path: row.path, remove: { nativeId: row.root, name: row.root_name ?? row.root }, way: holdingWay.parse(row.way),
    decidedBy: JSON.parse(row.decided_by) as string[], decidedAt: row.decided_at, plannedOn: row.planned_on, dueOn: row.due_on,
    isOverdue: isOverdue(state, row.due_on, today), means: row.means === null ? null : remediationMeans.parse(row.means),
    ticket: row.ticket_key === null || row.ticket_url === null ? null : { system: ticketSystem.parse(row.ticket_system), key: row.ticket_key, url: row.ticket_url },
    requestedBy: row.requested_by, requestedAt: row.requested_at, appliedBy: row.applied_by, appliedAt: row.applied_at, hindrance: row.hindrance,
    proof: row.proof_snapshot === null ? null
      : { snapshot: row.proof_snapshot, asOf: row.proof_as_of ?? '', takenAt: row.proof_at ?? '', contentHash: row.proof_hash ?? '' },
    isStillThere: row.still_there_snapshot !== null, isAlarm: row.is_alarm === 1, usedAfter: row.used_after,
    ticketState: row.watch_state === null || row.watch_at === null ? null : { state: ticketState.parse(row.watch_state), said: row.watch_said ?? '', at: row.watch_at },
    restore: restoreOf(row), sourceId: row.source_id, accountId: row.account_id,
    entitlementId: row.entitlement_id, isSourceConnected: row.removed_at === null,
  }
}

function restoreOf(row: Row): Remediation['restore'] {
  if (row.restore_means === null || row.restore_requested_by === null || row.restore_requested_at === null) return null
  return {
    means: restoreMeans.parse(row.restore_means), requestedBy: row.restore_requested_by, requestedAt: row.restore_requested_at, givenAt: row.given_at,
    ticket: row.restore_ticket_key === null || row.restore_ticket_url === null ? null
      : { system: ticketSystem.parse(row.restore_ticket_system), key: row.restore_ticket_key, url: row.restore_ticket_url },
  }
}

export type RemediationChange = Partial<Pick<RemediationTable,
  | 'state' | 'means' | 'ticket_system' | 'ticket_key' | 'ticket_url' | 'requested_by' | 'requested_at' | 'applied_by' | 'applied_at' | 'hindrance'
  | 'proof_snapshot' | 'still_there_snapshot' | 'taken_back_at' | 'used_after' | 'restore_means' | 'restore_ticket_system' | 'restore_ticket_key'
  | 'restore_ticket_url' | 'restore_requested_by' | 'restore_requested_at' | 'given_at'>> & { readonly is_alarm?: number }

export async function changeRemediations(queries: Queries, ids: readonly number[], change: RemediationChange): Promise<void> {
  await queries.updateTable('remediation').set(change).where(sql<boolean>`id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`).execute()
}

export interface NewStep extends RemediationStep { readonly remediationId: number; readonly snapshotId?: number }

export async function insertSteps(queries: Queries, steps: readonly NewStep[]): Promise<void> {
  for (let from = 0; from < steps.length; from += 500) {
    await queries.insertInto('remediation_step').values(steps.slice(from, from + 500).map((one) => ({
      event_seq: one.eventSeq, remediation_id: one.remediationId, at: one.at, by: one.by, kind: one.kind, detail: one.detail, snapshot_id: one.snapshotId ?? null,
    }))).execute()
  }
}

export async function stepsOf(queries: Queries, id: number): Promise<RemediationStep[]> {
  const rows = await queries.selectFrom('remediation_step').selectAll().where('remediation_id', '=', id).orderBy('event_seq').orderBy(sql`rowid`).execute()
  return rows.map((row) => remediationStep.parse({ at: row.at, by: row.by, eventSeq: row.event_seq, kind: row.kind, detail: row.detail }))
}

export async function remediationFigures(queries: Queries, today: string): Promise<{
  readonly byState: Partial<Record<RemediationState, number>>; readonly overdue: number; readonly alarms: number; readonly stillThere: number
  readonly usedAfter: number
}> {
  const { rows } = await sql<{ state: string; count: number; overdue: number; alarms: number; stillThere: number; usedAfter: number }>`
    SELECT state, count(*) AS count, sum(due_on < ${today} AND state IN (SELECT value FROM json_each(${JSON.stringify(openStates)}))) AS overdue,
      sum(is_alarm) AS alarms, sum(still_there_snapshot IS NOT NULL) AS stillThere,
      sum(used_after IS NOT NULL AND state IN (SELECT value FROM json_each(${JSON.stringify(openStates)}))) AS usedAfter FROM remediation GROUP BY state`.execute(queries)
  const sum = (pick: (row: (typeof rows)[number]) => number): number => rows.reduce((total, row) => total + pick(row), 0)
  return {
    byState: Object.fromEntries(rows.map((row) => [remediationState.parse(row.state), row.count])), overdue: sum((row) => row.overdue),
    alarms: sum((row) => row.alarms), stillThere: sum((row) => row.stillThere), usedAfter: sum((row) => row.usedAfter),
  }
}
