import { isAbsolute } from 'node:path'
import { fileConfig, type Source, type FileConfig, type FileSourceKind } from '../../shared/model/source.ts'
import type { EventBody } from '../../shared/model/evidence.ts'
import { inTransaction } from '../storage/database.ts'
import { findSource, insertSource } from '../storage/sources.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { sourceNamed } from './find-source.ts'
import { previewFile, type MappingChange } from './preview-source.ts'
import { recordEvents } from './record-event.ts'
import { mappingHash } from './mapping-hash.ts'

export interface NewSource {
  readonly name: string
  readonly kind: FileSourceKind
  readonly config: { readonly [K in keyof FileConfig]?: FileConfig[K] | undefined } & { readonly file: string }
  readonly mapping: MappingChange | null
}

/**
 * Connects a file. Its mapping is guessed from the header, with `mapping` laid over the guess; it may still lack required columns,
 * which reading then asks for.
 */
export async function addSource(context: Context, actor: Actor, input: NewSource): Promise<Source> {
  mustBeOfficer(actor)
  const name = input.name.trim()
  if (name === '') throw new Refusal('invalid', 'A source needs a name.')
  if (!isAbsolute(input.config.file)) throw new Refusal('invalid', 'The file must be named with its full path.')
  if ((await findSource(context.store.db, name)) !== undefined) throw new Refusal('conflict', `There is already a source called “${name}”.`)
  if (input.config.accountsOf != null) await sourceNamed(context.store.db, input.config.accountsOf)
  const config = fileConfig.parse(input.config)
  const { mapping } = await previewFile(context.connectors[input.kind], config.file, null, input.mapping, 1)
  return inTransaction(context.store, async (queries) => {
    const source = await insertSource(queries, { name, kind: input.kind, config, mapping, createdAt: context.clock.now() })
    const events: EventBody[] = [
      { kind: 'source-added', body: { source: name, sourceKind: input.kind } },
      { kind: 'source-mapped', body: { source: name, mappingHash: mappingHash(context, mapping) } },
    ]
    await recordEvents(context, queries, actor.email, events)
    return source
  })
}
