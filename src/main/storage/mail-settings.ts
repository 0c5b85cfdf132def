import { mailSettings, type MailSettings } from '../../shared/model/mail.ts'
import type { Queries } from './database.ts'

const key = 'mail'

/** The server letters go through; null = mail is off, as it is until an officer sets it up. */
export async function loadMailSettings(queries: Queries): Promise<MailSettings | null> {
  const row = await queries.selectFrom('workspace').select('value').where('key', '=', key).executeTakeFirst()
  return row === undefined ? null : mailSettings.nullable().parse(JSON.parse(row.value))
}

export async function saveMailSettings(queries: Queries, settings: MailSettings | null): Promise<void> {
  const value = JSON.stringify(settings)
  await queries.insertInto('workspace').values({ key, value }).onConflict((conflict) => conflict.column('key').doUpdateSet({ value })).execute()
}
