import { isAbsolute } from 'node:path'
import { fileConfig, type FileConfig, type FileSource } from '../../shared/model/source.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { canonicalJson } from '../core/evidence/canonical-json.ts'
import { inTransaction } from '../storage/database.ts'
import { saveConfig } from '../storage/sources.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { fileSourceNamed, sourceNamed } from './find-source.ts'
import { recordEvents } from './record-event.ts'

export type FileSettings = { readonly [K in 'file' | 'accountsOf' | 'holdBelowShare']?: FileConfig[K] | undefined }

/** Changes where a file source's rows come from and how much change is believed without asking. What is not named stays. */
export async function changeFileSource(
  context: Context, actor: Actor, input: { readonly source: string; readonly config: FileSettings },
): Promise<FileSource> {
  mustBeOfficer(actor)
  const source = await fileSourceNamed(context.store.db, input.source)
  const given = Object.fromEntries(Object.entries(input.config).filter(([, value]) => value !== undefined))
  const config = fileConfig.parse({ ...source.config, ...given })
  if (!isAbsolute(config.file)) throw new Refusal('invalid', 'The file must be named with its full path.')
  if (config.accountsOf !== null) await sourceNamed(context.store.db, config.accountsOf)
  await inTransaction(context.store, async (queries) => {
    await saveConfig(queries, source.id, config)
    // Canonical JSON knows no fractions, so that it is the same everywhere.
    const settingsHash = toHex(context.hash(utf8Bytes(canonicalJson({ ...config, holdBelowShare: String(config.holdBelowShare) }))))
    await recordEvents(context, queries, actor.email, [{ kind: 'source-changed', body: { source: source.name, settingsHash, changedSecrets: [] } }])
  })
  return { ...source, config }
}
