import type { Queries } from './database.ts'

export interface Seal {
  readonly campaign: number
  readonly version: number
  readonly at: string
  readonly by: string
  readonly path: string
  readonly reportSha256: string
  readonly evidenceSha256: string
  readonly exceptions: number
}

export async function insertSeal(queries: Queries, seal: Seal): Promise<void> {
  await queries
    .insertInto('seal')
    .values({
      campaign_id: seal.campaign, version: seal.version, at: seal.at, by: seal.by, path: seal.path, report_sha256: seal.reportSha256,
      evidence_sha256: seal.evidenceSha256, exceptions: seal.exceptions,
    })
    .execute()
}

export async function lastSealVersion(queries: Queries, campaignId: number): Promise<number> {
  const row = await queries
    .selectFrom('seal').select((eb) => eb.fn.max('version').as('version')).where('campaign_id', '=', campaignId).executeTakeFirst()
  return row?.version ?? 0
}

export async function allSeals(queries: Queries): Promise<readonly (Seal & { readonly name: string })[]> {
  const rows = await queries
    .selectFrom('seal as s')
    .innerJoin('campaign as c', 'c.id', 's.campaign_id')
    .select(['s.campaign_id', 'c.name', 's.version', 's.at', 's.by', 's.path', 's.report_sha256', 's.evidence_sha256', 's.exceptions'])
    .orderBy('s.at', 'desc')
    .execute()
  return rows.map((row) => ({
    campaign: row.campaign_id, name: row.name, version: row.version, at: row.at, by: row.by, path: row.path, reportSha256: row.report_sha256,
    evidenceSha256: row.evidence_sha256, exceptions: row.exceptions,
  }))
}
