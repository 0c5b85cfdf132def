import { sql } from 'kysely'
import { pathSteps } from '../../shared/model/access-path.ts'
import type { Queries } from './database.ts'

/**
 * The same for a stream of paths, given every entitlement's name first: a path of ids becomes a path of names, so that evidence can be
 * read; a file's free text stays as it is.
 */
export function pathNamer(): { readonly know: (sourceId: number, id: string, name: string) => void; readonly named: (sourceId: number, path: string) => string } {
  const names = new Map<string, string>()
  const known = new Map<string, string>()
  return {
    know: (sourceId, id, name) => void names.set(`${sourceId} ${id}`, name),
    named: (sourceId, path) => {
      if (path === 'direct') return path
      const key = `${sourceId} ${path}`
      const before = known.get(key)
      if (before !== undefined) return before
      const steps = pathSteps(path)
      const isOfIds = steps.length > 0 && steps.every((step) => names.has(`${sourceId} ${step}`))
      const text = isOfIds ? steps.map((step) => names.get(`${sourceId} ${step}`) ?? step).join(' > ') : path
      known.set(key, text)
      return text
    },
  }
}

interface Pathed { readonly sourceId: number; readonly path: string }

/** The same for one right's path. */
export async function stepNamesOf(queries: Queries, entitlementId: number, path: string): Promise<string[]> {
  const { source_id: sourceId } = await queries.selectFrom('entitlement').select('source_id').where('id', '=', entitlementId).executeTakeFirstOrThrow()
  return (await stepNames(queries, [{ sourceId, path }]))({ sourceId, path })
}

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
