import type { Run } from '../../shared/model/source.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { isFileSource, isLiveSource, sourceNamed } from './find-source.ts'
import { syncFileSource, type FileInput } from './sync-file-source.ts'
import { syncLiveSource } from './sync-live-source.ts'

export interface SyncInput extends FileInput { readonly source: string }

/**
 * Reads a source once, a file or a live system, and makes it the source's current state in one transaction. Returns a `complete` run, or
 * a `held` one that waits for the officer's word, or a `failed` one whose totals did not reconcile; throws what stopped the reading.
 */
export async function syncSource(context: Context, actor: Actor, { source: name, ...input }: SyncInput, watch: Watch): Promise<Run> {
  mustBeOfficer(actor)
  const source = await sourceNamed(context.store.db, name)
  if (isFileSource(source)) return syncFileSource(context, actor, source, input, watch)
  if (!isLiveSource(source)) throw new Error(`a ${source.kind} source is neither a file nor live`)
  if (input.file != null) throw new Refusal('invalid', `“${name}” is asked over the network; it takes no file.`)
  return syncLiveSource(context, actor, source, watch)
}
