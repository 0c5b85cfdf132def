import type { Reject, Run, Source } from '../../shared/model/source.ts'
import type { RunCollection } from '../../shared/model/live-source.ts'
import { runCollections } from '../storage/run-collections.ts'
import { listRuns, rejectsPage } from '../storage/runs.ts'
import { listSources } from '../storage/sources.ts'
import type { Context } from './context.ts'
import { sourceNamed } from './find-source.ts'
import { mustFindRun } from './finish-run.ts'

export interface SourceCard extends Source {
  /** The newest run, whatever became of it. */
  readonly lastRun: Run | null
  readonly runs: number
}

export async function listSourceCards(context: Context): Promise<SourceCard[]> {
  const runs = await listRuns(context.store.db)
  const sources = await listSources(context.store.db)
  return sources.map((source) => {
    const own = runs.filter((run) => run.sourceId === source.id)
    return { ...source, lastRun: own[0] ?? null, runs: own.length }
  })
}

/** Runs, newest first; of one connected source, or of all that ever were. */
export async function showRuns(context: Context, input: { readonly source: string | null }): Promise<Run[]> {
  if (input.source === null) return [...(await listRuns(context.store.db))]
  const { id } = await sourceNamed(context.store.db, input.source)
  return [...(await listRuns(context.store.db, { sourceId: id }))]
}

/** A run with what each of its collections gave; a file has none. */
export async function showRun(context: Context, input: { readonly run: number }): Promise<{ run: Run; collections: RunCollection[] }> {
  const run = await mustFindRun(context.store.db, input.run)
  return { run, collections: [...(await runCollections(context.store.db, run.id))] }
}

/** A page of the rows a run did not take, with why. */
export async function showRejects(
  context: Context, input: { readonly run: number; readonly from: number; readonly limit: number },
): Promise<{ total: number; rejects: Reject[] }> {
  const { total, rejects } = await rejectsPage(context.store.db, input.run, input)
  return { total, rejects: [...rejects] }
}
