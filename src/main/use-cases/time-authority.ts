import { loadTimeAuthority, saveTimeAuthority } from '../storage/time-authority.ts'
import { inTransaction } from '../storage/database.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

export interface TimeAuthorityShown {
  readonly url: string | null
  readonly host: string | null
  /** Asking it is a call that leaves this machine. */
  readonly isBeyondThisMachine: boolean
  /** The certificates it is believed under. */
  readonly roots: { readonly name: string; readonly fingerprint: string }[]
}

export async function showTimeAuthority(context: Context): Promise<TimeAuthorityShown> {
  const { url, rootsPem } = await loadTimeAuthority(context.store.db)
  const address = url === null ? null : context.timeStamps.addressOf(url)
  const roots = context.timeStamps.certificatesIn(rootsPem).map((der) => context.timeStamps.describe(der))
  return { url, host: address?.host ?? null, isBeyondThisMachine: address?.isLoopback === false, roots }
}

/**
 * Names the authority that stamps every report sealed from now on. One beyond this machine needs the officer's leave by name (`mayLeave`), and the leave
 * is recorded: only hashes go there, but they do leave.
 */
export async function setTimeAuthority(
  context: Context, actor: Actor, input: { readonly url: string; readonly rootsPem: string; readonly mayLeave: boolean },
): Promise<TimeAuthorityShown> {
  mustBeOfficer(actor)
  const address = context.timeStamps.addressOf(input.url)
  if (address === null) throw new Refusal('invalid', 'That is not the address of a time authority: it begins with http:// or https:// and has no name or password in it. Nothing was changed.')
  const roots = context.timeStamps.certificatesIn(input.rootsPem)
  if (roots.length === 0) throw new Refusal('invalid', 'The authority\'s certificate is missing: without it nobody could tell its stamps from anybody else\'s. Nothing was changed.')
  if (!address.isLoopback && !input.mayLeave) {
    throw new Refusal('not-allowed', `${address.host} is beyond this machine: each seal would send hashes there, and nothing else. Allow it by name first. Nothing was changed.`)
  }
  await inTransaction(context.store, async (queries) => {
    await saveTimeAuthority(queries, { url: address.url, rootsPem: context.signing.certificatesToPem(roots) })
    await recordEvent(context, queries, actor.email, {
      kind: 'time-authority-set',
      body: { host: address.host, isBeyondThisMachine: !address.isLoopback, roots: roots.map((der) => context.timeStamps.describe(der).fingerprint) },
    })
  })
  return showTimeAuthority(context)
}

/** From now on nobody is asked. Stamps that were made stay what they are. */
export async function removeTimeAuthority(context: Context, actor: Actor): Promise<TimeAuthorityShown> {
  mustBeOfficer(actor)
  await inTransaction(context.store, async (queries) => {
    const before = await loadTimeAuthority(queries)
    if (before.url === null) return
    // The certificates stay: stamps made under them are still to be believed.
    await saveTimeAuthority(queries, { ...before, url: null })
    await recordEvent(context, queries, actor.email, { kind: 'time-authority-set', body: { host: null, isBeyondThisMachine: false, roots: [] } })
  })
  return showTimeAuthority(context)
}
