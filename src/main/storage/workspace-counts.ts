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

/** What is in the open inventory now. Grants are what the sources' last snapshots counted, events what the last one's number says. */
export async function workspaceCounts(queries: Queries): Promise<WorkspaceCounts> {
  const { rows } = await sql<WorkspaceCounts>`
    SELECT (SELECT count(*) FROM identity) AS identities,
      (SELECT count(*) FROM account WHERE to_snapshot IS NULL) AS accounts,
      (SELECT count(*) FROM account WHERE to_snapshot IS NULL AND identity_id IS NULL) AS orphanAccounts,
      (SELECT count(*) FROM entitlement WHERE to_snapshot IS NULL) AS entitlements,
      (SELECT coalesce(sum(s.grants), 0) FROM snapshot s WHERE s.id = (SELECT max(t.id) FROM snapshot t WHERE t.source_id = s.source_id)) AS grants,
      (SELECT count(*) FROM hr_person WHERE to_run IS NULL) AS hrPeople,
      (SELECT count(*) FROM identity i WHERE i.status IN ('inactive', 'gone') AND EXISTS (SELECT 1 FROM account a
        JOIN access_grant g ON g.account_id = a.id AND g.to_snapshot IS NULL WHERE a.identity_id = i.id)) AS leaversWithAccess,
      (SELECT count(*) FROM run WHERE state = 'held') AS heldRuns,
      (SELECT coalesce(max(seq) + 1, 0) FROM evidence_event) AS events`.execute(queries)
  const [row] = rows
  if (row === undefined) throw new Error('counting gave no row')
  return row
}
