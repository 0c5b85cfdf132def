import { addTarget, emptyIndex, foundsIdentity, linkAccount, type LinkableAccount } from '../core/inventory/correlate.ts'
import { identityKind, linkReason } from '../../shared/model/identity.ts'
import { sql } from 'kysely'
import type { Queries, Store } from './database.ts'

interface AccountRow extends LinkableAccount {
  readonly id: number
  readonly linkedOrigin: string | null
  readonly reason: string
}

const accountsPerPage = 20_000

/**
 * Links every account of every source anew, inside the caller's transaction: a few reads, the core's rules in between, and writes as
 * sets. Closed accounts too: a founder that left its source must still be found by the person's other accounts.
 */
export async function correlateAccounts(store: Store, queries: Queries): Promise<{ relinked: number }> {
  const hasHr = (await queries.selectFrom('hr_person').select('id').limit(1).executeTakeFirst()) !== undefined
  const people = emptyIndex()
  const targets = await queries
    .selectFrom('identity').select(['origin', 'email_key as emailKey', 'employee_key as employeeKey'])
    .where('origin', 'like', 'hr:%').execute()
  for (const target of targets) addTarget(people, target)

  const founders = emptyIndex()
  const founding = new Set<number>()
  for (const account of accountPages(store)) if (foundsIdentity(account, people, founders, hasHr)) founding.add(account.id)

  await sql`CREATE TEMP TABLE link (account_id INTEGER PRIMARY KEY, origin TEXT, reason TEXT NOT NULL)`.execute(queries)
  const insert = store.sqlite.prepare<[number, string | null, string]>(
    'INSERT INTO temp.link (account_id, origin, reason) VALUES (?, ?, ?)',
  )
  for (const account of accountPages(store)) {
    const link = linkAccount(account, founding.has(account.id), people, founders)
    if (link.origin !== account.linkedOrigin || link.reason !== account.reason) insert.run(account.id, link.origin, link.reason)
  }

  await upsertFounders(queries)
  const { numAffectedRows } = await sql`
    UPDATE account SET identity_id = l.identity_id, link_reason = l.reason
    FROM (SELECT k.account_id, k.reason, i.id AS identity_id FROM temp.link k LEFT JOIN identity i ON i.origin = k.origin) l
    WHERE account.id = l.account_id`.execute(queries)
  await sql`DROP TABLE temp.link`.execute(queries)
  return { relinked: Number(numAffectedRows ?? 0n) }
}

/** Identities of accounts that stand for themselves, new or with what their account now says. */
async function upsertFounders(queries: Queries): Promise<void> {
  await sql`
    INSERT INTO identity (origin, kind, display_name, email, email_key, employee_id, employee_key, status)
    SELECT 'account:' || a.source_id || ':' || a.native_id, a.kind, coalesce(a.display_name, a.login, a.native_id), a.email, a.email_key,
      a.employee_id,
      a.employee_key, 'unknown'
    FROM account a LEFT JOIN temp.link l ON l.account_id = a.id
    WHERE coalesce(l.reason, a.link_reason) = 'account-itself' ORDER BY a.id
    ON CONFLICT (origin) DO UPDATE SET kind = excluded.kind, display_name = excluded.display_name, email = excluded.email,
      email_key = excluded.email_key, employee_id = excluded.employee_id, employee_key = excluded.employee_key
    WHERE kind <> excluded.kind OR display_name <> excluded.display_name OR email IS NOT excluded.email
      OR employee_id IS NOT excluded.employee_id
  `.execute(queries)
}

/** Accounts in order of first appearance, read by page so that statements can run in between. */
function* accountPages(store: Store): Generator<AccountRow> {
  const page = store.sqlite.prepare<[number, number], {
    id: number; origin: string; kind: string; native_key: string; login_key: string | null; email_key: string | null; employee_key: string | null
    confirmed: string | null; linked: string | null; reason: string
  }>(
    `SELECT a.id, 'account:' || a.source_id || ':' || a.native_id AS origin, a.kind, a.native_key, a.login_key, a.email_key, a.employee_key,
       ci.origin AS confirmed, li.origin AS linked, a.link_reason AS reason
     FROM account a
     LEFT JOIN confirmed_match cm ON cm.source_id = a.source_id AND cm.native_key = a.native_key
     LEFT JOIN identity ci ON ci.origin = cm.identity_origin
     LEFT JOIN identity li ON li.id = a.identity_id
     WHERE a.id > ? ORDER BY a.id LIMIT ?`,
  )
  let after = 0
  for (;;) {
    const rows = page.all(after, accountsPerPage)
    const last = rows.at(-1)
    if (last === undefined) return
    for (const row of rows) {
      yield {
        id: row.id, origin: row.origin, kind: identityKind.parse(row.kind), nativeKey: row.native_key, loginKey: row.login_key, emailKey: row.email_key,
        employeeKey: row.employee_key, confirmedOrigin: row.confirmed, linkedOrigin: row.linked, reason: linkReason.parse(row.reason),
      }
    }
    after = last.id
  }
}
