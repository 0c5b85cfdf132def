import type { Mapping, Source, SourceConfig } from '../../shared/model/source.ts'
import { mapping as mappingModel, sourceConfig, sourceKind } from '../../shared/model/source.ts'
import type { Queries } from './database.ts'

interface SourceRow { id: number; name: string; kind: string; config: string; mapping: string | null; created_at: string }

const columns = ['id', 'name', 'kind', 'config', 'mapping', 'created_at'] as const

function toSource(row: SourceRow): Source {
  return {
    id: row.id,
    name: row.name,
    kind: sourceKind.parse(row.kind),
    config: sourceConfig.parse(JSON.parse(row.config)),
    mapping: row.mapping === null ? null : mappingModel.parse(JSON.parse(row.mapping)),
    createdAt: row.created_at,
  }
}

/** Connected sources by name; removed ones are history and not among them. */
export async function listSources(queries: Queries): Promise<readonly Source[]> {
  const rows = await queries.selectFrom('source').select(columns).where('removed_at', 'is', null).orderBy('name').execute()
  return rows.map(toSource)
}

export async function findSource(queries: Queries, name: string): Promise<Source | undefined> {
  const row = await queries.selectFrom('source').select(columns).where('name', '=', name).where('removed_at', 'is', null).executeTakeFirst()
  return row === undefined ? undefined : toSource(row)
}

/** Also finds removed sources: their runs are still read. */
export async function sourceById(queries: Queries, id: number): Promise<Source | undefined> {
  const row = await queries.selectFrom('source').select(columns).where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toSource(row)
}

export async function insertSource(queries: Queries, source: Omit<Source, 'id'>): Promise<Source> {
  const { id } = await queries
    .insertInto('source')
    .values({
      name: source.name, kind: source.kind, config: JSON.stringify(source.config),
      mapping: source.mapping === null ? null : JSON.stringify(source.mapping), created_at: source.createdAt, removed_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { ...source, id }
}

export async function saveMapping(queries: Queries, sourceId: number, mapping: Mapping): Promise<void> {
  await queries.updateTable('source').set({ mapping: JSON.stringify(mapping) }).where('id', '=', sourceId).execute()
}

export async function saveConfig(queries: Queries, sourceId: number, config: SourceConfig): Promise<void> {
  await queries.updateTable('source').set({ config: JSON.stringify(config) }).where('id', '=', sourceId).execute()
}

export async function markSourceRemoved(queries: Queries, sourceId: number, at: string): Promise<void> {
  await queries.updateTable('source').set({ removed_at: at }).where('id', '=', sourceId).execute()
}
