import type { ConnectionTest } from '../../shared/model/live-source.ts'
import type { LiveSource } from '../../shared/model/source.ts'
import type { Credentials, LiveInput } from '../connectors/live-connector.ts'
import type { Actor, Context, Watch } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { liveSourceNamed } from './find-source.ts'

/** Signs in and asks one cheap thing per permission. Reads nothing into the inventory and changes nothing in the source. */
export async function testConnection(context: Context, actor: Actor, input: { readonly source: string }, watch: Watch): Promise<ConnectionTest> {
  mustBeOfficer(actor)
  const source = await liveSourceNamed(context.store.db, input.source)
  watch.onProgress({ step: `Signing in to ${source.name}`, share: null })
  const connector = await context.liveConnector(source.kind)
  return connector.test(liveInput(context, source, watch))
}

/** What every question to a live source takes along: settings, its own secrets, and how a person is asked to sign in elsewhere. */
export function liveInput(context: Context, source: LiveSource, watch: Watch): LiveInput {
  return {
    config: source.config,
    credentials: credentialsOf(context, source),
    signal: watch.signal,
    now: context.clock.now,
    onPrompt: (prompt) => watch.onProgress({ step: `Waiting for you to sign in at ${prompt.url}`, share: null, prompt }),
  }
}

function credentialsOf(context: Context, source: LiveSource): Credentials {
  return { read: (name) => context.secrets.read(source, name), save: (name, value) => context.secrets.save(source, name, value) }
}
