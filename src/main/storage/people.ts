import { sql } from 'kysely'
import { z } from 'zod'
import { foldEmail } from '../core/campaign/fold-email.ts'
import type { Queries } from './database.ts'

export type Role = 'officer' | 'reviewer' | 'auditor'

/** Someone who acts in Muster. `certificate` is PEM, null until a key was made for them. */
export interface Person {
  readonly id: number
  readonly email: string
  readonly name: string
  readonly identityId: number | null
  readonly roles: readonly Role[]
  readonly certificate: string | null
  readonly fingerprint: string | null
}

const roles = z.array(z.enum(['officer', 'reviewer', 'auditor']))

interface PersonRow {
  id: number; email: string; display_name: string; identity_id: number | null; roles: string; certificate: string | null; fingerprint: string | null
}

function toPerson(row: PersonRow): Person {
  return {
    id: row.id, email: row.email, name: row.display_name, identityId: row.identity_id, roles: roles.parse(JSON.parse(row.roles)),
    certificate: row.certificate, fingerprint: row.fingerprint,
  }
}

// E-mail addresses are stored folded, so that one person has one row however a directory spells them.
export async function personByEmail(queries: Queries, email: string): Promise<Person | undefined> {
  const row = await queries.selectFrom('person').selectAll().where('email', '=', foldEmail(email)).executeTakeFirst()
  return row === undefined ? undefined : toPerson(row)
}

export async function allPeople(queries: Queries): Promise<readonly Person[]> {
  return (await queries.selectFrom('person').selectAll().orderBy('id').execute()).map(toPerson)
}

/** Adds a person or the roles they did not have yet; keeps name and key of one who is there. */
export async function addPerson(
  queries: Queries, person: { readonly email: string; readonly name: string; readonly identityId: number | null; readonly roles: readonly Role[] },
): Promise<Person> {
  const known = await personByEmail(queries, person.email)
  if (known === undefined) {
    const row = await queries
      .insertInto('person')
      .values({
        email: foldEmail(person.email), display_name: person.name, identity_id: person.identityId, roles: JSON.stringify(person.roles), certificate: null,
        fingerprint: null, enrolled_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return toPerson(row)
  }
  const merged = [...new Set([...known.roles, ...person.roles])]
  const row = await queries
    .updateTable('person')
    .set({ roles: JSON.stringify(merged), identity_id: known.identityId ?? person.identityId })
    .where('id', '=', known.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return toPerson(row)
}

export interface Colleague {
  readonly email: string
  readonly name: string
  readonly title: string | null
}

const mostColleagues = 20

/** People at work with a part of their name or address like the text, and people who act here already. */
export async function colleaguesLike(queries: Queries, text: string, notMe: string): Promise<readonly Colleague[]> {
  const pattern = `%${text.trim().replaceAll(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<Colleague>`
    SELECT email, name, title FROM (
      SELECT email_key AS email, display_name AS name, title FROM identity
      WHERE email_key IS NOT NULL AND kind IN ('employee', 'contractor', 'unknown') AND status IN ('active', 'unknown')
        AND (display_name LIKE ${pattern} ESCAPE '\\' OR email_key LIKE ${pattern} ESCAPE '\\')
      UNION SELECT p.email, p.display_name, NULL FROM person p
      WHERE (p.display_name LIKE ${pattern} ESCAPE '\\' OR p.email LIKE ${pattern} ESCAPE '\\')
        AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.email_key = p.email))
    WHERE email <> ${foldEmail(notMe)} ORDER BY name LIMIT ${mostColleagues}`.execute(queries)
  return rows
}

export async function setCertificate(
  queries: Queries, id: number, key: { readonly certificate: string; readonly fingerprint: string; readonly at: string },
): Promise<void> {
  await queries
    .updateTable('person')
    .set({ certificate: key.certificate, fingerprint: key.fingerprint, enrolled_at: key.at })
    .where('id', '=', id)
    .execute()
}

/** The person has no key any more. */
export async function clearCertificate(queries: Queries, id: number): Promise<void> {
  await queries.updateTable('person').set({ certificate: null, fingerprint: null, enrolled_at: null }).where('id', '=', id).execute()
}
