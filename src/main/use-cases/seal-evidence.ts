import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ReportHead } from '../../shared/model/evidence-report.ts'
import { findCampaign, mustBeOfficer, nextState } from './find-campaign.ts'
import { moveCampaign, type StoredCampaign } from '../storage/campaigns.ts'
import { rememberCheckpoint } from '../storage/checkpoint-witness.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { signOffsOf } from '../storage/decisions.ts'
import { eventLines, lastCheckpoint, lastOfKind } from '../storage/evidence-log.ts'
import { allPeople } from '../storage/people.ts'
import { rawExtracts } from '../storage/report-figures.ts'
import { insertSeal, lastSealVersion } from '../storage/seals.ts'
import { clearSealMark, markSeal } from '../storage/seal-mark.ts'
import { loadSettings } from '../storage/workspace.ts'
import { toHex } from '../core/evidence/bytes.ts'
import type { CampaignReplay } from '../core/evidence/campaign-replay.ts'
import type { Signer } from '../reports/signing/signer.ts'
import { replayCampaign, reportHeadOf, reportItems } from './assemble-report.ts'
import { checkLog } from './check-log.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { recordEvent } from './record-event.ts'
import { listsForSeal, type SealedLists } from './revocation-lists.ts'
import { signCheckpoint } from './sign-checkpoint.ts'
import { authorityInUse, recordAsking, type AuthorityInUse } from './stamp-bundle.ts'
import { unlock } from './unlock-signer.ts'

export interface Sealed {
  readonly campaign: number
  readonly version: number
  readonly path: string
  readonly at: string
  readonly by: string
  readonly exceptions: string[]
  readonly pages: number
  readonly items: number
  readonly zip: string | null
}

/** `reason`: why a later version supersedes the one before; null where nothing was sealed yet, or the reason was entered before. */
export interface SealInput {
  readonly campaign: number
  readonly out: string | null
  readonly passphrase: string
  readonly reason?: string | null
  /** False: the time authority an officer named is not asked for this one. */
  readonly timeStamp?: boolean
  /** Also as one file, `<bundle>.zip` beside the folder. */
  readonly zip?: boolean
}

/**
 * Writes the signed bundle of a closed campaign. What is printed is recomputed from the event log; the log is checked and
 * compared with the tables first, and a difference is a refusal. A later seal is a new version beside the old one.
 */
export async function sealEvidence(
  context: Context, actor: Actor, input: SealInput, watch: Watch,
): Promise<Sealed> {
  mustBeOfficer(actor)
  const campaign = await findCampaign(context.store.db, input.campaign)
  const to = nextState(campaign, 'seal')
  const { signer } = await unlock(context, actor.email, input.passphrase)
  watch.onProgress({ step: 'Comparing what is shown with the log', share: null })
  // What the log contradicts itself in stays in it for ever; the report prints that as failed instead.
  const failed = (await checkLog(context)).find(({ code, outcome }) => outcome === 'failed' && code !== 'consistent')
  if (failed !== undefined) {
    throw new Refusal('conflict', `The workspace fails its own check, so nothing was sealed. ${failed.title}: FAILED. ${failed.detail}`)
  }
  const authority = input.timeStamp === false ? null : await authorityInUse(context)
  const { note: openingNote, lists } = await inTransaction(context.store, async (queries) => {
    const sealedLists = await listsForSeal(context, queries, actor)
    await amendBeforeSeal(context, queries, actor, campaign.id, input.reason ?? null)
    await recordAsking(context, queries, actor, campaign.id, authority)
    const { note } = await signCheckpoint(context, queries, signer, `seal of campaign ${campaign.id}`)
    return { note, lists: sealedLists }
  })
  rememberCheckpoint(context.paths.folder, openingNote)
  const checkpoint = await lastCheckpoint(context.store.db)
  if (checkpoint === undefined) throw new Error('no checkpoint was signed')

  watch.onProgress({ step: 'Replaying the campaign from the log', share: null })
  const outFolder = resolve(input.out ?? context.paths.bundles)
  const { version, name } = await freeVersion(context, campaign, outFolder)
  const root = await context.signing.readRoot(context.paths.keys)
  if (root === undefined) throw new Refusal('conflict', 'The organisation\'s root certificate is missing from the keys folder. Nothing was sealed.')
  if (authority !== null) watch.onProgress({ step: `Asking ${authority.address.host} for the time`, share: null })
  const stamped = authority === null ? null : await authority.stamp(checkpoint.note, watch)
  const sealedAt = context.clock.now()
  const replay = await replayCampaign(context, campaign.id, checkpoint.size)
  const head = await reportHeadOf(context, actor, {
    campaign, version, replay, checkpoint, sealedAt, rootFingerprint: root.fingerprint, workspaceName: (await loadSettings(context.store.db))?.name ?? '',
    timeStamp: stamped === null ? null : { authority: stamped.authority, at: stamped.at },
  })
  // What is written is unreadable until it is put in place; one that dies is cleared away when the workspace is opened next, wherever it lay.
  markSeal(context.paths.folder, { folder: outFolder, name })
  const written = await writeAll(context, actor, { campaign, replay, head, checkpoint, outFolder, name, rootPem: root.pem, lists, signer, stamping: authority === null || stamped === null ? null : { authority, checkpoint: stamped.response } }, watch)
    .finally(() => clearSealMark(context.paths.folder))

  const closing = await inTransaction(context.store, async (queries) => {
    await recordEvent(context, queries, actor.email, {
      kind: 'bundle-sealed',
      body: { campaign: campaign.id, version, reportSha256: written.reportSha256, evidenceSha256: written.evidenceSha256, hasExceptions: head.exceptions.length > 0 },
    })
    await insertSeal(queries, {
      campaign: campaign.id, version, at: sealedAt, by: actor.email, path: written.path, reportSha256: written.reportSha256,
      evidenceSha256: written.evidenceSha256, exceptions: head.exceptions.length,
    })
    if (written.stamp !== null) {
      const { authority: name, at, sha256 } = written.stamp
      await recordEvent(context, queries, actor.email, {
        kind: 'bundle-time-stamped', body: { campaign: campaign.id, version, from: 'authority', authority: name, at, stampSha256: sha256 },
      })
    }
    if (campaign.state !== to) await moveCampaign(queries, campaign.id, { from: campaign.state, to })
    return signCheckpoint(context, queries, signer, `campaign ${campaign.id} sealed`)
  })
  rememberCheckpoint(context.paths.folder, closing.note)
  if (input.zip === true) watch.onProgress({ step: 'Packing the bundle into one file', share: null })
  const zip = input.zip === true ? await context.reports.zipBundle(written.path) : null
  return {
    campaign: campaign.id, version, path: written.path, at: sealedAt, by: actor.email, exceptions: head.exceptions, pages: written.pages,
    items: head.controlTotals.progress.items, zip,
  }
}

/** The kept original as the bundle takes it: plain, whichever way it lies in the workspace. */
function fileOf(context: Context, storedAs: string, isWhole: boolean): { path: string | null; open?: () => AsyncIterable<Uint8Array> } {
  if (!isWhole) return { path: null }
  const found = context.rawFolder.find(storedAs)
  return typeof found === 'string' ? { path: found } : { path: found.path, open: found.bytes }
}

/** A second seal never stands without a word on why: it is in the log before the report that tells it is written. */
async function amendBeforeSeal(context: Context, queries: Queries, actor: Actor, campaign: number, reason: string | null): Promise<void> {
  const supersedes = await lastSealVersion(queries, campaign)
  if (supersedes === 0) return
  const said = await lastOfKind(queries, campaign, 'campaign-amended')
  const isSaid = said !== undefined && said > ((await lastOfKind(queries, campaign, 'bundle-sealed')) ?? -1)
  if (isSaid && reason === null) return
  await recordEvent(context, queries, actor.email, {
    kind: 'campaign-amended', body: { campaign, supersedes, reason: reason?.trim() || 'No reason was given.' },
  })
}

/** A bundle that was renamed into place right before a crash is not in our list; it is left alone and the next number taken. */
async function freeVersion(context: Context, campaign: StoredCampaign, outFolder: string): Promise<{ version: number; name: string }> {
  let version = (await lastSealVersion(context.store.db, campaign.id)) + 1
  const nameOf = (number: number): string => context.reports.bundleName(`${campaign.id}-${campaign.spec.name}`, number)
  while (existsSync(join(outFolder, nameOf(version)))) version += 1
  return { version, name: nameOf(version) }
}

interface Writing {
  readonly campaign: StoredCampaign
  readonly replay: CampaignReplay
  readonly head: ReportHead
  readonly checkpoint: { readonly size: number; readonly note: string; readonly cms: Uint8Array }
  readonly outFolder: string
  readonly name: string
  readonly rootPem: string
  /** What was revoked under it and under those it replaced. */
  readonly lists: SealedLists
  readonly signer: Signer
  /** The authority to ask, and its stamp over the checkpoint; null where nobody is asked. */
  readonly stamping: { readonly authority: AuthorityInUse; readonly checkpoint: Uint8Array } | null
}

/** What a verifier needs besides the root: the roots it replaced, which earlier signatures lead to, and the authorities between root and people. */
async function authoritiesOf(context: Context, rootPem: string): Promise<{ formerRootsPem: string | null; intermediatesPem: string | null }> {
  const { signing, paths } = context
  const former = (await signing.trustedRoots(paths.keys)).map((der) => signing.certificatesToPem([der])).filter((pem) => pem !== rootPem)
  return { formerRootsPem: former.length === 0 ? null : former.join(''), intermediatesPem: (await signing.intermediatesPem(paths.keys)) ?? null }
}

async function writeAll(
  context: Context, actor: Actor, writing: Writing, watch: Watch,
): Promise<{ path: string; reportSha256: string; evidenceSha256: string; pages: number; stamp: { authority: string; at: string; sha256: string } | null }> {
  const { db } = context.store
  const { campaign, replay, head, stamping } = writing
  // The last one that is asked for is the one over the list of files.
  let stamp: { authority: string; at: string; sha256: string } | null = null
  const over = async (bytes: Uint8Array): Promise<Uint8Array> => {
    if (stamping === null) throw new Error('nobody is asked for the time')
    const { response, at, authority } = await stamping.authority.stamp(bytes, watch)
    stamp = { authority, at, sha256: toHex(context.hash(response)) }
    return response
  }
  const signing = new Set([actor.email, ...replay.signOffs.map((signOff) => signOff.reviewer)])
  let pages = 0
  watch.onProgress({ step: 'Writing the evidence', share: null })
  const written = await context.reports.writeBundle({
    outFolder: writing.outFolder, name: writing.name, head, items: reportItems(context, campaign, replay),
    events: eventLines(db, { from: 0, below: writing.checkpoint.size }), checkpoint: writing.checkpoint, signOffs: await signOffsOf(db, campaign.id),
    rootPem: writing.rootPem, ...(await authoritiesOf(context, writing.rootPem)),
    people: (await allPeople(db)).flatMap(({ email, certificate }) => (certificate !== null && signing.has(email) ? [{ email, pem: certificate }] : [])),
    rawFiles: (await rawExtracts(db, head.extracts.map((extract) => extract.run))).map(({ storedAs, isWhole, ...raw }) => ({
      // A copy blanked before copies had hashes of their own cannot be checked: the original is bound by its hash alone.
      ...raw, ...fileOf(context, storedAs, isWhole), packing: 'gzip',
    })),
    revocationListPem: writing.lists.present, formerRevocationLists: writing.lists.former,
    ...(stamping === null ? {} : { timeStamps: { checkpoint: stamping.checkpoint, over, authorityPem: stamping.authority.rootsPem } }),
    verifierPath: context.reports.verifierPath, signer: writing.signer, signal: watch.signal,
    writeReport: async ({ report, evidence }) => {
      const total = Math.max(1, head.controlTotals.progress.items)
      const laidOut = await context.reports.writeEvidencePdf({
        ...report, head, items: reportItems(context, campaign, replay), attachment: evidence, fonts: context.reports.fonts, signal: watch.signal,
        addSignatureField: (doc) => {
          context.reports.addSignatureField(doc, { name: actor.name, reason: `Access certification evidence: ${campaign.spec.name}`, at: new Date(head.campaign.sealedAt) })
        },
        onProgress: ({ items }) => {
          watch.onProgress({ step: 'Setting the report', share: Math.min(1, items / total) })
        },
      })
      pages = laidOut.pages
    },
  })
  if (!written.ok) throw new Refusal('conflict', `Nothing was sealed: ${written.detail}.`)
  return { ...written, pages, stamp }
}
