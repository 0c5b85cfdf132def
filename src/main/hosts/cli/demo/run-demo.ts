import { X509Certificate } from 'node:crypto'
import { copyFile, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { CampaignSpec } from '../../../../shared/model/campaign.ts'
import { campaignSpec } from '../../../../shared/model/campaign.ts'
import type { EngineClient } from '../../engine-types.ts'
import type { Invocation } from '../cli.ts'
import type { Verification } from '../doors.ts'
import { CommandRefusal } from '../failure.ts'
import { follow, progressLine } from '../progress.ts'
import { inWorkspace, type Session } from '../session.ts'
import { count } from '../table.ts'
import { prepareFolder, writeMarker, type DemoFolder } from './demo-folder.ts'
import { readSources, setConflictRules } from './fill-workspace.ts'
import { demoPassphrase, enrolReviewers, launchCampaign, reviewerToTry, walkQueues } from './walk-campaign.ts'

export interface DemoOptions {
  readonly seed: number
  readonly people: number
  readonly asOf: string
  readonly isFresh: boolean
}

export interface DemoResult {
  readonly workspace: string
  readonly sources: string
  readonly bundle: string
  readonly root: string
  readonly verification: Verification
  readonly exceptions: readonly string[]
  readonly openCampaign: { readonly campaign: number; readonly items: number; readonly reviewers: number }
  readonly tryAs: string
}

const officer = { email: 'compliance.officer@norrvale.example', name: 'Sample Compliance Officer' }

const dayAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

const specFor = (name: string, asOf: string, scope: Record<string, unknown>): CampaignSpec =>
  campaignSpec.parse({
    name, scope, reviewers: { fallback: officer.email }, rules: { dueOn: dayAfter(asOf, 14) },
    control: { id: 'AC-1', owner: 'Head of Information Security', frequency: 'quarterly', frameworks: ['ISO/IEC 27001 A.5.18'] },
  })

/** Written after each finished part, so that a person sees the journey pass by. */
type Say = (text: string) => void

const weigh = async (invocation: Invocation, client: EngineClient, asOf: string): Promise<Readonly<Record<'keep' | 'revoke' | 'look-closer', number>>> => {
  const advice = { keep: 0, revoke: 0, 'look-closer': 0 }
  const line = progressLine(invocation.terminal)
  for await (const batch of await client.campaigns.recommend({ campaign: null, asOf }, { signal: invocation.terminal.signal })) {
    for (const { action } of batch.lines) advice[action] += 1
    line.show(`Weighing ${batch.done} of ${batch.total}`)
  }
  line.clear()
  return advice
}

const sealAndVerify = async (
  invocation: Invocation, { client }: Session, demo: DemoFolder, campaign: number, rootFingerprint: string,
): Promise<{ bundle: string; exceptions: readonly string[]; verification: Verification; pages: number }> => {
  const steps = await client.evidence.seal({ campaign, out: demo.evidence, passphrase: demoPassphrase }, { signal: invocation.terminal.signal })
  const sealed = await follow(invocation.terminal, 'Sealing', steps)
  // Only a root that is the one this very run made may serve as the trust anchor beside the bundle.
  const inBundle = join(sealed.path, 'certs', 'root.pem')
  const found = new X509Certificate(await readFile(inBundle)).fingerprint256.replaceAll(':', '').toLowerCase()
  if (found !== rootFingerprint) throw new CommandRefusal('The bundle carries another root certificate than this workspace made.', 'sample')
  await copyFile(inBundle, demo.root)
  const verification = await invocation.doors.verifyBundle({ bundle: sealed.path, root: demo.root, seen: [] })
  return { bundle: sealed.path, exceptions: sealed.exceptions, verification, pages: sealed.pages }
}

const inside = async (
  invocation: Invocation, session: Session, demo: DemoFolder, manifest: Parameters<typeof readSources>[3], rootFingerprint: string, say: Say,
): Promise<DemoResult> => {
  const { client } = session
  const { asOf, seed } = manifest
  const runs = await readSources(invocation, client, demo, manifest)
  const rules = await setConflictRules(client, invocation.doors.resources)
  const status = await client.workspace.status()
  const rejected = runs.reduce((sum, run) => sum + run.rejected, 0)
  say(`Read ${count(runs.length, 'file')} with ${count(runs.reduce((sum, run) => sum + run.rowsRead, 0), 'row')} (${rejected} rejected, each with its reason): ` +
    `${count(status.identities, 'identity', 'identities')}, ${count(status.grants, 'grant')}, ${status.orphanAccounts} orphan accounts, ${status.leaversWithAccess} leavers with access.`)
  const advice = await weigh(invocation, client, asOf)
  say(`Weighed every grant under ${count(rules, 'conflict rule')}: ${advice.keep} keep, ${advice.revoke} revoke, ${advice['look-closer']} look closer.`)

  const first = await launchCampaign(invocation, client, specFor('Privileged and high-risk access', asOf, { risks: ['high', 'critical'] }), asOf)
  const keys = await enrolReviewers(invocation, client, first.reviewers)
  say(`Launched "Privileged and high-risk access": ${count(first.items, 'item')} for ${count(first.reviewers.length, 'reviewer')}; made ${count(keys, 'signing key')}.`)
  const done = await walkQueues(invocation, session, first, seed)
  say(`Simulated managers decided and signed: ${done.kept} kept, ${done.revoked} revoked, ${done.keptUntil} kept until a date, ${done.lookCloser} to look at closer, ${done.undecided} left open.`)
  await client.campaigns.close({ campaign: first.campaign })
  const sealed = await sealAndVerify(invocation, session, demo, first.campaign, rootFingerprint)
  say(`Closed and sealed: a signed report of ${count(sealed.pages, 'page')} and everything behind it${sealed.exceptions.length === 0 ? '' : `, with ${count(sealed.exceptions.length, 'exception')} named on its first page`}.`)

  const second = await launchCampaign(invocation, client, specFor('Everything, once a year', asOf, {}), asOf)
  say(`Launched "Everything, once a year" for you to try: ${count(second.items, 'item')} for ${count(second.reviewers.length, 'reviewer')}.`)
  return {
    workspace: demo.workspace, sources: demo.sources, bundle: sealed.bundle, root: demo.root, verification: sealed.verification, exceptions: sealed.exceptions,
    openCampaign: { campaign: second.campaign, items: second.items, reviewers: second.reviewers.length },
    tryAs: await reviewerToTry(client, second.campaign, session.actor.email),
  }
}

/** The whole journey on an invented organisation, from files to a verified bundle. */
export const runDemo = async (invocation: Invocation, demo: DemoFolder, options: DemoOptions, say: Say): Promise<DemoResult> => {
  const { doors, terminal, globals } = invocation
  await prepareFolder(demo, options.isFresh)
  const marker = { madeBy: 'muster demo', seed: options.seed, people: options.people, asOf: options.asOf } as const
  // Written first: a demo that was cut short can be made anew with --fresh.
  await writeMarker(demo.folder, { ...marker, reviewer: null })
  const manifest = await doors.writeSampleOrganisation(demo.sources, options)
  terminal.signal.throwIfAborted()
  say(`Invented ${manifest.name}: ${count(manifest.people, 'person', 'people')}, seed ${manifest.seed}, as of ${manifest.asOf}, in ${relative(terminal.cwd, demo.sources) || demo.sources}.`)
  const { rootFingerprint } = await doors.initWorkspace(demo.workspace, {
    name: manifest.name, officerEmail: officer.email, officerName: officer.name, passphrase: demoPassphrase, isSample: true, at: null,
  }, { passphrase: demoPassphrase, hasRecoveryKit: false, isPublic: true })
  say(`Made its workspace. The demo's passphrase, for everybody in it, is "${demoPassphrase}": never use it for real.`)
  const there = { ...invocation, globals: { ...globals, workspace: demo.workspace, as: [], asOf: manifest.asOf } }
  const result = await inWorkspace(there, (session) => inside(there, session, demo, manifest, rootFingerprint ?? '', say))
  await writeMarker(demo.folder, { ...marker, reviewer: result.tryAs })
  return result
}
