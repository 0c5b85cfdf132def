import type { EventBody } from '../../shared/model/evidence.ts'
import type { LiveConfig, SecretName } from '../../shared/model/live-source.ts'
import type { LiveSource } from '../../shared/model/source.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { canonicalJson } from '../core/evidence/canonical-json.ts'
import { inTransaction } from '../storage/database.ts'
import { findSource, insertSource, saveConfig } from '../storage/sources.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { liveSourceNamed } from './find-source.ts'
import { recordEvents } from './record-event.ts'

type Secrets = { readonly [K in SecretName]?: string | undefined }

/** Connects a live system. Its secrets are kept first, so that a source never exists whose secrets were refused. */
export async function addLiveSource(
  context: Context, actor: Actor, input: { readonly name: string; readonly config: LiveConfig; readonly secrets: Secrets },
): Promise<LiveSource> {
  mustBeOfficer(actor)
  const name = input.name.trim()
  if (name === '') throw new Refusal('invalid', 'A source needs a name.')
  if ((await findSource(context.store.db, name)) !== undefined) throw new Refusal('conflict', `There is already a source called “${name}”.`)
  await mustBeAbleToKeep(context, input.secrets)
  const { config } = input
  const source = await inTransaction(context.store, async (queries) => {
    const added = await insertSource(queries, { name, kind: config.from, config, mapping: null, createdAt: context.clock.now() })
    await recordEvents(context, queries, actor.email, [
      { kind: 'source-added', body: { source: name, sourceKind: config.from } }, changed(context, name, config, Object.keys(given(input.secrets))),
    ])
    return { ...added, kind: config.from, config } as const
  })
  await keepSecrets(context, source, input.secrets)
  return source
}

/** Changes settings, secrets, or both. A source keeps its kind: what another system said is another source's history. */
export async function changeLiveSource(
  context: Context, actor: Actor, input: { readonly source: string; readonly config: LiveConfig | null; readonly secrets: Secrets },
): Promise<LiveSource> {
  mustBeOfficer(actor)
  const source = await liveSourceNamed(context.store.db, input.source)
  const config = input.config ?? source.config
  if (config.from !== source.config.from) throw new Refusal('invalid', `“${source.name}” is ${source.kind}; add another source for ${config.from}.`)
  if (isElsewhere(source.config, config)) {
    throw new Refusal('invalid', `That is another ${source.kind} organisation than the one “${source.name}” has read so far. Add it as a source of its own.`)
  }
  await mustBeAbleToKeep(context, input.secrets)
  await keepSecrets(context, source, input.secrets)
  await inTransaction(context.store, async (queries) => {
    await saveConfig(queries, source.id, config)
    await recordEvents(context, queries, actor.email, [changed(context, source.name, config, Object.keys(given(input.secrets)))])
  })
  return { ...source, config }
}

function isElsewhere(before: LiveConfig, after: LiveConfig): boolean {
  switch (after.from) {
    case 'entra': return before.from !== 'entra' || before.tenant !== after.tenant || before.cloud !== after.cloud
    case 'okta': return before.from !== 'okta' || before.orgUrl !== after.orgUrl
    case 'scim': return before.from !== 'scim' || before.baseUrl !== after.baseUrl
  }
}

function given(secrets: Secrets): Partial<Record<SecretName, string>> {
  return Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== undefined && value !== ''))
}

/** Before anything is written: locked secrets are a question for the officer, not half a source. */
async function mustBeAbleToKeep(context: Context, secrets: Secrets): Promise<void> {
  if (Object.keys(given(secrets)).length === 0) return
  const { isOpen, exists, keptIn } = await context.secrets.state()
  if (isOpen) return
  const advice = exists ? 'Open them with their passphrase first.' : 'Choose a passphrase for them first.'
  throw new Refusal('wrong-passphrase', `The secrets of this workspace are locked (${keptIn === 'passphrase-file' ? 'a passphrase-protected file' : keptIn}). ${advice} Nothing was changed.`)
}

async function keepSecrets(context: Context, source: LiveSource, secrets: Secrets): Promise<void> {
  for (const [name, value] of Object.entries(given(secrets))) await context.secrets.save(source, name as SecretName, value)
}

function changed(context: Pick<Context, 'hash'>, source: string, config: LiveConfig, changedSecrets: readonly string[]): EventBody {
  // Canonical JSON knows no fractions, so that it is the same everywhere.
  const settingsHash = toHex(context.hash(utf8Bytes(canonicalJson({ ...config, holdBelowShare: String(config.holdBelowShare) }))))
  return { kind: 'source-changed', body: { source, settingsHash, changedSecrets: changedSecrets.toSorted() } }
}
