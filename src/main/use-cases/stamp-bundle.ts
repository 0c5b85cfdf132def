// Whose word there is on when something was sealed: asked for while sealing, or brought later as a file.
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { AuthorityAddress, AuthorityAnswer } from '../reports/time-stamp/ask-authority.ts'
import { loadAirGap } from '../storage/air-gap.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { allSeals } from '../storage/seals.ts'
import { believedRootsPem, loadTimeAuthority } from '../storage/time-authority.ts'
import { mustBeOpen } from './air-gap.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** The authority a seal asks, ready to be asked. */
export interface AuthorityInUse {
  readonly address: AuthorityAddress
  readonly rootsPem: string
  readonly ask: (bytes: Uint8Array | string, watch: Pick<Watch, 'signal'>) => Promise<AuthorityAnswer>
  /** The same while sealing: refuses with a sentence where there is no good stamp to be had. */
  readonly stamp: (bytes: Uint8Array | string, watch: Pick<Watch, 'signal'>) => Promise<{ readonly response: Uint8Array; readonly at: string; readonly authority: string }>
}

/** Null where no officer has named one, and while the workspace is air-gapped: a seal then claims its time, and a stamp can be brought later. */
export async function authorityInUse(context: Context): Promise<AuthorityInUse | null> {
  const { url, rootsPem } = await loadTimeAuthority(context.store.db)
  const address = url === null ? null : context.timeStamps.addressOf(url)
  if (address === null || (await loadAirGap(context.store.db)).isOn) return null
  const trust = { roots: context.timeStamps.certificatesIn(rootsPem) }
  const ask: AuthorityInUse['ask'] = (bytes, watch) => context.timeStamps.ask(address, bytes, trust, watch.signal)
  return {
    address, rootsPem, ask,
    stamp: async (bytes, watch) => {
      const answer = await ask(bytes, watch)
      if (answer.ok) return answer
      throw new Refusal('conflict', `Nothing was sealed: ${answer.detail}. Seal without a time stamp (on the command line "--no-timestamp"); one can be asked for or brought later.`)
    },
  }
}

/** Before anything leaves: which host is asked is in the log, and so in the report that is being sealed. */
export async function recordAsking(context: Context, queries: Queries, actor: Actor, campaign: number, authority: AuthorityInUse | null): Promise<void> {
  if (authority === null) return
  await recordEvent(context, queries, actor.email, { kind: 'time-authority-asked', body: { campaign, host: authority.address.host } })
}

/** What travels to an authority by hand: `content` is the request, base64; `name` what the file may be called. */
export async function stampRequest(context: Context, actor: Actor, input: { readonly bundle: string }): Promise<{ name: string; content: string }> {
  mustBeOfficer(actor)
  const bundle = resolve(input.bundle)
  return { name: `${basename(bundle, '.muster')}.tsq`, content: Buffer.from(await requestOver(context, bundle)).toString('base64') }
}

/** Writes the request for a stamp over a sealed bundle, to be carried to an authority by hand. */
export async function requestStamp(context: Context, actor: Actor, input: { readonly bundle: string; readonly file: string }): Promise<{ file: string }> {
  mustBeOfficer(actor)
  const file = resolve(input.file)
  const request = await requestOver(context, resolve(input.bundle))
  if (existsSync(file)) throw new Refusal('conflict', `${file} exists already. Nothing was written.`)
  await writeFile(file, request, { flag: 'wx' })
  return { file }
}

async function requestOver(context: Context, bundle: string): Promise<Uint8Array> {
  const request = await context.timeStamps.requestFor(bundle)
  if (request === undefined) throw notABundle(bundle)
  return request
}

function notABundle(bundle: string): Refusal {
  return new Refusal('not-found', `There is no sealed bundle in ${bundle}. A zipped one has to be unpacked first.`)
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
  const answer = await readFile(resolve(input.file)).catch(() => undefined)
  if (answer === undefined) throw new Refusal('not-found', `${input.file} cannot be read.`)
  return layBeside(context, actor, { bundle: resolve(input.bundle), answer, from: 'file' })
}

/** Asks the authority that is named here for a stamp over a bundle that was sealed here without one. */
export async function askForStamp(context: Context, actor: Actor, input: { readonly bundle: string }, watch: Pick<Watch, 'signal'>): Promise<StampedBundle> {
  mustBeOfficer(actor)
  await mustBeOpen(context.store)
  const bundle = resolve(input.bundle)
  const seal = await sealOf(context, bundle)
  if (seal === undefined) throw new Refusal('not-found', `${bundle} was not sealed in this workspace. Write a request for it, and take the answer in by file.`)
  const authority = await authorityInUse(context)
  if (authority === null) throw new Refusal('conflict', 'No time authority is named here. Name one under Settings, Time authority, or write a request and take the answer in by file.')
  const list = await context.timeStamps.signedListOf(bundle)
  if (list === undefined) throw notABundle(bundle)
  if ((await context.timeStamps.timeOf(bundle, { roots: undefined })).state !== 'claimed') throw new Refusal('conflict', 'Nobody was asked: the bundle has a time stamp already, and keeps it.')
  await inTransaction(context.store, (queries) => recordAsking(context, queries, actor, seal.campaign, authority))
  const answer = await authority.ask(list, watch)
  if (!answer.ok) throw new Refusal('conflict', `Nothing was stamped: ${answer.detail}.`)
  return layBeside(context, actor, { bundle, answer: answer.response, from: 'authority' })
}

async function layBeside(
  context: Context, actor: Actor, { bundle, answer, from }: { readonly bundle: string; readonly answer: Uint8Array; readonly from: 'authority' | 'file' },
): Promise<StampedBundle> {
  const roots = context.timeStamps.certificatesIn(await believedRootsPem(context.store.db))
  const taken = await context.timeStamps.stampBundle(bundle, answer, { roots: roots.length === 0 ? undefined : roots })
  if (!taken.ok) throw new Refusal(taken.reason === 'not-a-bundle' ? 'not-found' : 'conflict', `Nothing was taken in: ${taken.detail}.`)
  const seal = await sealOf(context, bundle)
  if (seal !== undefined) {
    await inTransaction(context.store, (queries) => recordEvent(context, queries, actor.email, {
      kind: 'bundle-time-stamped',
      body: { campaign: seal.campaign, version: seal.version, from, authority: taken.authority, at: taken.at, stampSha256: taken.stampSha256 },
    }))
  }
  // A zip of it is brought up to date, or whoever gets it would not have the stamp.
  const zip = existsSync(`${bundle}.zip`) ? await context.reports.zipBundle(bundle) : null
  return { bundle, authority: taken.authority, at: taken.at, isTrusted: taken.isTrusted, zip }
}

async function sealOf(context: Context, bundle: string): Promise<{ readonly campaign: number; readonly version: number } | undefined> {
  return (await allSeals(context.store.db)).find(({ path }) => resolve(path) === bundle)
}
