import { sql } from 'kysely'
import type { Queries } from './database.ts'

export interface WorkspaceCounts {
  readonly identities: number
  readonly accounts: number
  readonly orphanAccounts: number
  readonly entitlements: number
  readonly grants: number
  readonly hrPeople: number
  readonly leaversWithAccess: number
  readonly heldRuns: number
  readonly events: number
}

/** What is in the open inventory now. */
export async function workspaceCounts(queries: Queries): Promise<WorkspaceCounts> {
  const { rows } = await sql<WorkspaceCounts>`
    SELECT (SELECT count(*) FROM identity) AS identities,
      (SELECT count(*) FROM account WHERE to_snapshot IS NULL) AS accounts,
      (SELECT count(*) FROM account WHERE to_snapshot IS NULL AND identity_id IS NULL) AS orphanAccounts,
      (SELECT count(*) FROM entitlement WHERE to_snapshot IS NULL) AS entitlements,
      (SELECT count(*) FROM access_grant WHERE to_snapshot IS NULL) AS grants,
      (SELECT count(*) FROM hr_person WHERE to_run IS NULL) AS hrPeople,
      (SELECT count(DISTINCT i.id) FROM identity i JOIN account a ON a.identity_id = i.id
        JOIN access_grant g ON g.account_id = a.id AND g.to_snapshot IS NULL WHERE i.status IN ('inactive', 'gone')) AS leaversWithAccess,
      (SELECT count(*) FROM run WHERE state = 'held') AS heldRuns,
      (SELECT count(*) FROM evidence_event) AS events`.execute(queries)
  const [row] = rows
  if (row === undefined) throw new Error('counting gave no row')
  return row
}
