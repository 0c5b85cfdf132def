// Whose word there is on when something was sealed: asked for while sealing, or brought later as a file.
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { AuthorityAddress } from '../reports/time-stamp/ask-authority.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { allSeals } from '../storage/seals.ts'
import { loadTimeAuthority } from '../storage/time-authority.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** The authority a seal asks, ready to be asked. */
export interface AuthorityInUse {
  readonly address: AuthorityAddress
  readonly rootsPem: string
  /** Refuses with a sentence where there is no good stamp to be had. */
  readonly stamp: (bytes: Uint8Array | string, watch: Pick<Watch, 'signal'>) => Promise<{ readonly response: Uint8Array; readonly at: string; readonly authority: string }>
}

/** Null where no officer has named one. */
export async function authorityInUse(context: Context): Promise<AuthorityInUse | null> {
  const { url, rootsPem } = await loadTimeAuthority(context.store.db)
  const address = url === null ? null : context.timeStamps.addressOf(url)
  if (address === null) return null
  const trust = { roots: context.timeStamps.certificatesIn(rootsPem) }
  return {
    address, rootsPem,
    stamp: async (bytes, watch) => {
      const answer = await context.timeStamps.ask(address, bytes, trust, watch.signal)
      if (answer.ok) return answer
      throw new Refusal('conflict', `Nothing was sealed: ${answer.detail}. Seal without a time stamp ("--no-timestamp"); one can be brought later by file.`)
    },
  }
}

/** Before anything leaves: which host is asked is in the log, and so in the report that is being sealed. */
export async function recordAsking(context: Context, queries: Queries, actor: Actor, campaign: number, authority: AuthorityInUse | null): Promise<void> {
  if (authority === null) return
  await recordEvent(context, queries, actor.email, { kind: 'time-authority-asked', body: { campaign, host: authority.address.host } })
}

/** Writes the request for a stamp over a sealed bundle, to be carried to an authority by hand. */
export async function requestStamp(context: Context, actor: Actor, input: { readonly bundle: string; readonly file: string }): Promise<{ file: string }> {
  mustBeOfficer(actor)
  const [bundle, file] = [resolve(input.bundle), resolve(input.file)]
  const request = await context.timeStamps.requestFor(bundle)
  if (request === undefined) throw new Refusal('not-found', `There is no sealed bundle in ${bundle}. A zipped one has to be unpacked first.`)
  if (existsSync(file)) throw new Refusal('conflict', `${file} exists already. Nothing was written.`)
  await writeFile(file, request, { flag: 'wx' })
  return { file }
}

export interface StampedBundle {
  readonly bundle: string
  readonly authority: string
  readonly at: string
  /** The stamp comes from an authority whose certificate is known here. */
  readonly isTrusted: boolean
  readonly zip: string | null
}

/** Takes an authority's answer in: beside the signed list, which stays as it is. Recorded where the bundle was sealed here. */
export async function takeStamp(context: Context, actor: Actor, input: { readonly bundle: string; readonly file: string }): Promise<StampedBundle> {
  mustBeOfficer(actor)
  const bundle = resolve(input.bundle)
  const answer = await readFile(resolve(input.file)).catch(() => undefined)
  if (answer === undefined) throw new Refusal('not-found', `${input.file} cannot be read.`)
  const roots = context.timeStamps.certificatesIn((await loadTimeAuthority(context.store.db)).rootsPem)
  const taken = await context.timeStamps.stampBundle(bundle, answer, { roots: roots.length === 0 ? undefined : roots })
  if (!taken.ok) throw new Refusal(taken.reason === 'not-a-bundle' ? 'not-found' : 'conflict', `Nothing was taken in: ${taken.detail}.`)
  const seal = (await allSeals(context.store.db)).find(({ path }) => resolve(path) === bundle)
  if (seal !== undefined) {
    await inTransaction(context.store, (queries) => recordEvent(context, queries, actor.email, {
      kind: 'bundle-time-stamped',
      body: { campaign: seal.campaign, version: seal.version, from: 'file', authority: taken.authority, at: taken.at, stampSha256: taken.stampSha256 },
    }))
  }
  // A zip of it is brought up to date, or whoever gets it would not have the stamp.
  const zip = existsSync(`${bundle}.zip`) ? await context.reports.zipBundle(bundle) : null
  return { bundle, authority: taken.authority, at: taken.at, isTrusted: taken.isTrusted, zip }
}
