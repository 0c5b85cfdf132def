import { remediationSettings, type RemediationSettings } from '../../shared/model/remediation.ts'
import type { Queries } from './database.ts'

const key = 'remediation'

/** How revokes are carried out in this workspace; advice only until an officer says otherwise. */
export async function loadRemediationSettings(queries: Queries): Promise<RemediationSettings> {
  const row = await queries.selectFrom('workspace').select('value').where('key', '=', key).executeTakeFirst()
  return remediationSettings.parse(row === undefined ? {} : JSON.parse(row.value))
}

export async function saveRemediationSettings(queries: Queries, settings: RemediationSettings): Promise<void> {
  const value = JSON.stringify(settings)
  await queries.insertInto('workspace').values({ key, value }).onConflict((conflict) => conflict.column('key').doUpdateSet({ value })).execute()
}
