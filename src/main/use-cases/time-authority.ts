import { loadTimeAuthority, saveTimeAuthority } from '../storage/time-authority.ts'
import type { AuthorityAddress } from '../reports/time-stamp/ask-authority.ts'
import { inTransaction } from '../storage/database.ts'
import { mustBeOpen } from './air-gap.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

interface ShownRoot { readonly name: string; readonly fingerprint: string }

export interface TimeAuthorityShown {
  readonly url: string | null
  readonly host: string | null
  /** Asking it is a call that leaves this machine. */
  readonly isBeyondThisMachine: boolean
  /** The certificates it is believed under. */
  readonly roots: ShownRoot[]
  /** Those of authorities named before: nobody asks them any more, and their stamps still stand. */
  readonly formerRoots: ShownRoot[]
}

/** `content`: its certificate or root as it was published, PEM, DER or PKCS#7, base64. `mayLeave`: the officer's leave to ask beyond this machine. */
export interface NamedAuthority {
  readonly url: string
  readonly content: string
  readonly mayLeave: boolean
}

export interface TestedAuthority {
  readonly host: string
  /** Who signed, and the time it said. */
  readonly authority: string
  readonly at: string
  readonly roots: ShownRoot[]
}

export async function showTimeAuthority(context: Context): Promise<TimeAuthorityShown> {
  const { url, rootsPem, formerRootsPem } = await loadTimeAuthority(context.store.db)
  const address = url === null ? null : context.timeStamps.addressOf(url)
  return {
    url, host: address?.host ?? null, isBeyondThisMachine: address?.isLoopback === false, roots: shownRoots(context, rootsPem), formerRoots: shownRoots(context, formerRootsPem),
  }
}

/**
 * Names the authority that stamps every report sealed from now on. One beyond this machine needs the officer's leave by name (`mayLeave`), and the leave
 * is recorded: only hashes go there, but they do leave.
 */
export async function setTimeAuthority(context: Context, actor: Actor, input: NamedAuthority): Promise<TimeAuthorityShown> {
  mustBeOfficer(actor)
  const { address, roots } = named(context, input)
  await inTransaction(context.store, async (queries) => {
    const before = await loadTimeAuthority(queries)
    const isNamed = (der: Uint8Array): boolean => roots.some((root) => Buffer.compare(root, der) === 0)
    const former = context.timeStamps.certificatesIn(before.rootsPem).concat(context.timeStamps.certificatesIn(before.formerRootsPem))
    const kept = former.filter((der, index) => !isNamed(der) && former.findIndex((one) => Buffer.compare(one, der) === 0) === index)
    await saveTimeAuthority(queries, { url: address.url, rootsPem: context.signing.certificatesToPem(roots), formerRootsPem: context.signing.certificatesToPem(kept) })
    await recordEvent(context, queries, actor.email, {
      kind: 'time-authority-set',
      body: { host: address.host, isBeyondThisMachine: !address.isLoopback, roots: roots.map((der) => context.timeStamps.describe(der).fingerprint) },
    })
  })
  return showTimeAuthority(context)
}

/** Asks it once about nothing in particular, to see that it answers and is believed; null = the one that is named here. Changes no setting. */
export async function testTimeAuthority(
  context: Context, actor: Actor, input: NamedAuthority | null, watch: Pick<Watch, 'signal'>,
): Promise<TestedAuthority> {
  mustBeOfficer(actor)
  await mustBeOpen(context.store)
  const { address, roots } = input === null ? await namedHere(context) : named(context, input)
  await inTransaction(context.store, (queries) => recordEvent(context, queries, actor.email, {
    kind: 'time-authority-tested', body: { host: address.host, isBeyondThisMachine: !address.isLoopback },
  }))
  const answer = await context.timeStamps.ask(address, `Does this authority answer? Asked by ${context.logId}, ${context.clock.now()}`, { roots }, watch.signal)
  if (!answer.ok) throw new Refusal('conflict', `${capital(answer.detail)}. Nothing was changed.`)
  return { host: address.host, authority: answer.authority, at: answer.at, roots: roots.map((der) => context.timeStamps.describe(der)) }
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

interface Ready { readonly address: AuthorityAddress; readonly roots: readonly Uint8Array[] }

function named(context: Context, input: NamedAuthority): Ready {
  const address = context.timeStamps.addressOf(input.url)
  if (address === null) throw new Refusal('invalid', 'That is not the address of a time authority: it begins with http:// or https:// and has no name or password in it. Nothing was changed.')
  const roots = context.timeStamps.certificatesIn(Buffer.from(input.content, 'base64'))
  if (roots.length === 0) throw new Refusal('invalid', 'The authority\'s certificate is missing: without it nobody could tell its stamps from anybody else\'s. Nothing was changed.')
  if (!address.isLoopback && !input.mayLeave) {
    throw new Refusal('not-allowed', `${address.host} is beyond this machine: each seal would send hashes there, and nothing else. Allow it by name first. Nothing was changed.`)
  }
  return { address, roots }
}

async function namedHere(context: Context): Promise<Ready> {
  const { url, rootsPem } = await loadTimeAuthority(context.store.db)
  const address = url === null ? null : context.timeStamps.addressOf(url)
  if (address === null) throw new Refusal('conflict', 'No time authority is named here, so there is none to test.')
  return { address, roots: context.timeStamps.certificatesIn(rootsPem) }
}

function shownRoots(context: Context, pem: string): ShownRoot[] {
  return context.timeStamps.certificatesIn(pem).map((der) => context.timeStamps.describe(der))
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
