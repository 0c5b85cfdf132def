import type { Source } from '../../shared/model/source.ts'
import type { Queries } from '../storage/database.ts'
import { findSource } from '../storage/sources.ts'
import { Refusal } from './context.ts'

export async function sourceNamed(queries: Queries, name: string): Promise<Source> {
  const source = await findSource(queries, name)
  if (source === undefined) throw new Refusal('not-found', `There is no source called “${name}”.`)
  return source
}
