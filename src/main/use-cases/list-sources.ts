import type { Reject, Run, RunState, Source } from '../../shared/model/source.ts'
import type { RunCollection } from '../../shared/model/live-source.ts'
import { runCollections } from '../storage/run-collections.ts'
import { countRuns, listRuns, newestRuns, rejectsPage } from '../storage/runs.ts'
import { listSources } from '../storage/sources.ts'
import type { Context } from './context.ts'
import { sourceNamed } from './find-source.ts'
import { mustFindRun } from './finish-run.ts'

export interface SourceCard extends Source {
  /** The newest run, whatever became of it. */
  readonly lastRun: Run | null
  /** The newest run that was taken over: what is known of the source is of its day. */
  readonly lastTaken: Run | null
  /** The run that waits for the officer's word. */
  readonly heldRun: Run | null
  readonly runs: number
}

export async function listSourceCards(context: Context): Promise<SourceCard[]> {
  const { db } = context.store
  const [runs, counts] = [await newestRuns(db), await countRuns(db)]
  return (await listSources(db)).map((source) => {
    const newest = (...states: readonly RunState[]): Run | null =>
      runs.find((run) => run.sourceId === source.id && (states.length === 0 || states.includes(run.state))) ?? null
    return { ...source, lastRun: newest(), lastTaken: newest('complete'), heldRun: newest('held'), runs: counts.get(source.id) ?? 0 }
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
