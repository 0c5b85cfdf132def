import type { StoredRemediation } from '../storage/remediations.ts'
import { Refusal, type Watch } from './context.ts'

interface Refused { readonly id: number; readonly outcome: 'refused'; readonly request: null; readonly detail: string; readonly instead: null }

/** One after the other, with progress and an end between two. A refusal about one item is that item's answer; the others go on. */
export async function oneByOne<Outcome>(
  all: readonly StoredRemediation[], watch: Watch, doing: string, work: (one: StoredRemediation) => Promise<Outcome>,
): Promise<(Outcome | Refused)[]> {
  const outcomes: (Outcome | Refused)[] = []
  for (const [index, one] of all.entries()) {
    watch.signal.throwIfAborted()
    watch.onProgress({ step: `${doing} ${index + 1} of ${all.length}`, share: index / all.length })
    try {
      outcomes.push(await work(one))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      outcomes.push({ id: one.id, outcome: 'refused', request: null, detail: error.message, instead: null })
    }
  }
  return outcomes
}
