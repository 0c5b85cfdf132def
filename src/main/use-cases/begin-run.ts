import type { Source } from '../../shared/model/source.ts'
import type { Queries } from '../storage/database.ts'
import { lastCompleteRun, listRuns } from '../storage/runs.ts'
import { Refusal } from './context.ts'

export async function mustBeIdle(queries: Queries, source: Source): Promise<void> {
  const [running] = await listRuns(queries, { sourceId: source.id, states: ['running'] })
  if (running === undefined) return
  throw new Refusal('conflict', `“${source.name}” is being read right now (run ${running.id}, since ${running.startedAt}).`)
}

/** A list replaces what was known, so an older one must not undo a newer one. A log only adds, in any order. */
export async function mustNotGoBack(queries: Queries, source: Source, asOf: string): Promise<void> {
  if (source.kind === 'csv-sign-ins') return
  const last = await lastCompleteRun(queries, source.id)
  if (last === undefined || asOf >= last.run.asOf) return
  const known = `“${source.name}” was already read as of ${last.run.asOf}`
  throw new Refusal('invalid', `${known}; reading it as of ${asOf} is older and would undo it. Nothing was read.`)
}
