import { sql } from 'kysely'
import type { Queries } from './database.ts'

/** When an account that holds an entitlement last used it, as far as anybody saw; null = not seen. */
export interface HolderUse { readonly accountId: number; readonly lastUsed: string | null }

/**
 * The next holders by account number after a given one, each once. Use is what the source says of the right itself, else successful
 * sign-ins to its application.
 */
export async function holdersUse(
  queries: Queries, input: { readonly entitlementId: number; readonly application: string; readonly after: number; readonly limit: number },
): Promise<readonly HolderUse[]> {
  const { entitlementId, application, after, limit } = input
  const lastSuccess = (accountsSource: ReturnType<typeof sql>, key: ReturnType<typeof sql>) => sql`
    (SELECT max(u.last_success_at) FROM usage u WHERE u.accounts_source = ${accountsSource} AND u.account_key = ${key} AND u.application = ${application} COLLATE NOCASE)`
  const seen = (key: ReturnType<typeof sql>) => sql`max(coalesce(${lastSuccess(sql`a.source_id`, key)}, ''), coalesce(${lastSuccess(sql`0`, key)}, ''))`
  const { rows } = await sql<HolderUse>`
    SELECT h.account_id AS accountId, nullif(max(coalesce(h.last_used, ''), ${seen(sql`a.native_key`)}, ${seen(sql`a.login_key`)},
      ${seen(sql`coalesce(a.email_key, i.email_key)`)}), '') AS lastUsed
    FROM (SELECT account_id, max(last_used) AS last_used FROM access_grant WHERE entitlement_id = ${entitlementId} AND to_snapshot IS NULL
      AND account_id > ${after} GROUP BY account_id ORDER BY account_id LIMIT ${limit}) h
    JOIN account a ON a.id = h.account_id LEFT JOIN identity i ON i.id = a.identity_id
    ORDER BY h.account_id`.execute(queries)
  return rows
}

/** The first day from which sign-ins of a source's accounts were read; null = never. */
export async function usageKnownSince(queries: Queries, sourceId: number): Promise<string | null> {
  const { rows } = await sql<{ since: string | null }>`
    SELECT min(substr(w.from_at, 1, 10)) AS since FROM usage_window w JOIN source s ON s.id = w.source_id AND s.removed_at IS NULL
    WHERE w.accounts_source IN (0, ${sourceId})`.execute(queries)
  return rows[0]?.since ?? null
}
