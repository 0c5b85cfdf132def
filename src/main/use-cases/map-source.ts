import { inTransaction } from '../storage/database.ts'
import { saveMapping } from '../storage/sources.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { fileSourceNamed } from './find-source.ts'
import { previewFile, type MappingChange, type SourcePreview } from './preview-source.ts'
import { recordEvent } from './record-event.ts'
import { mappingHash } from './mapping-hash.ts'

/** Saves a mapping, after reading the file's first rows under it. Returns those rows; refuses while a required field has no column. */
export async function mapSource(
  context: Context, actor: Actor, input: { readonly source: string; readonly mapping: MappingChange },
): Promise<SourcePreview> {
  mustBeOfficer(actor)
  const source = await fileSourceNamed(context.store.db, input.source)
  const preview = await previewFile(context.connectors[source.kind], source.config.file, source.mapping, input.mapping, 20)
  if (preview.missing.length > 0) {
    throw new Refusal(
      'invalid',
      `“${source.name}” cannot be read without a column for: ${preview.missing.join(', ')}. The file has: ${preview.header.join(', ')}.`,
    )
  }
  await inTransaction(context.store, async (queries) => {
    await saveMapping(queries, source.id, preview.mapping)
    await recordEvent(context, queries, actor.email, {
      kind: 'source-mapped', body: { source: source.name, mappingHash: mappingHash(context, preview.mapping) },
    })
  })
  return preview
}
