import { sql } from 'kysely'
import { pathSteps } from '../../shared/model/access-path.ts'
import type { Queries } from './database.ts'

interface Pathed { readonly sourceId: number; readonly path: string }

/** Names for the steps of paths, where a step is itself an entitlement of the same source: one question for a whole page. */
export async function stepNames(queries: Queries, rows: readonly Pathed[]): Promise<(row: Pathed) => string[]> {
  const wanted = new Map<string, { readonly source: number; readonly id: string }>()
  for (const { sourceId, path } of rows) for (const id of pathSteps(path)) wanted.set(`${sourceId} ${id}`, { source: sourceId, id })
  const names = new Map<string, string>()
  if (wanted.size > 0) {
    const { rows: found } = await sql<{ source: number; id: string; name: string }>`
      SELECT e.source_id AS source, e.native_id AS id, e.name FROM json_each(${JSON.stringify([...wanted.values()])}) w
      JOIN entitlement e ON e.source_id = w.value ->> 'source' AND e.native_id = w.value ->> 'id'`.execute(queries)
    for (const { source, id, name } of found) names.set(`${source} ${id}`, name)
  }
  return ({ sourceId, path }) => pathSteps(path).map((step) => names.get(`${sourceId} ${step}`) ?? step)
}
