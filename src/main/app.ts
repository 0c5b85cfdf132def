import 'reflect-metadata'
import { randomUUID } from 'node:crypto'
import { accessSync, existsSync, mkdirSync } from 'node:fs'
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Router } from '@orpc/server'
import { generateOrganisation, type OrganisationRequest } from '../../resources/sample-organisation/generate.ts'
import { writeOrganisation, type OrganisationSummary } from '../../resources/sample-organisation/write-files.ts'
import type { Contract } from '../shared/contract/index.ts'
import { contextOf, reports, travelling } from './engine-context.ts'
import { resource, threadEntry } from './own-files.ts'
import { clockOf } from './own-clock.ts'
import { authority, signing } from './own-signing.ts'
import { isKeyOfPerson, openOwnKey, plainKey, protectNew, protectionOf, settleOwnKey, storeKeysOf, unlockedRing, waysInto, type FileKeys, type NewProtection, type OfferedWays, type OwnKey } from './own-key.ts'
import { ownWork } from './own-work.ts'
import { sodLibraryIn } from './own-sod-library.ts'
import { sweepIncoming } from './connectors/raw-file/keep-raw-file.ts'
import { hourly } from './jobs/hourly.ts'
import { calendarProcedures } from './procedures/calendar.ts'
import { campaignProcedures } from './procedures/campaigns.ts'
import { evidenceProcedures } from './procedures/evidence.ts'
import type { CallContext, Engine } from './procedures/implementer.ts'
import { learningProcedures } from './procedures/learning.ts'
import { inventoryProcedures } from './procedures/inventory.ts'
import { keyProcedures } from './procedures/keys.ts'
import { mailProcedures } from './procedures/mail.ts'
import { languageModelProcedures } from './procedures/language-model.ts'
import { packetProcedures } from './procedures/packets.ts'
import { policyProcedures } from './procedures/policies.ts'
import { reviewProcedures } from './procedures/review.ts'
import { remediationProcedures } from './procedures/remediation.ts'
import { sourceProcedures } from './procedures/sources.ts'
import { workspaceProcedures } from './procedures/workspace.ts'
import { workProcedures } from './procedures/work.ts'
import { removeDrafts } from './reports/bundle/write-bundle.ts'
import type { DescribedAuthority } from './reports/signing/replace-root.ts'
import { createSecretStore, type SystemVault } from './secrets/secret-store.ts'
import { asStartError, orStartError, StartError } from './start-error.ts'
import { openStore } from './storage/database.ts'
import { allPeople, personByEmail, type Person } from './storage/people.ts'
import { clearSealMark, diedSeal } from './storage/seal-mark.ts'
import type { Settling, TellSettling } from './storage/settle-files.ts'
import { removeRestoreDrafts } from './storage/swap-database.ts'
import { openedPacketOf } from './storage/packets.ts'
import { loadSettings } from './storage/workspace.ts'
import { lockWorkspace, type WorkspaceLock } from './storage/workspace-lock.ts'
import { pathsOf } from './workspace-paths.ts'
import type { Actor, Context } from './use-cases/context.ts'
import { signAtClose } from './use-cases/closing-checkpoint.ts'
import { campaignTick } from './use-cases/campaign-tick.ts'
import { describeBroughtRoot, type BroughtFile } from './use-cases/brought-root.ts'
import { createWorkspace, type FirstRoot, type MadeWorkspace, type NewWorkspace } from './use-cases/create-workspace.ts'
import { openPacket as openInto, type OpenedWorkspace, type OpenRequest } from './use-cases/packets/open-packet.ts'
import { requestEnrolment as makeRequest, type RequestedEnrolment } from './use-cases/packets/request-enrolment.ts'
import { recoverRuns } from './use-cases/recover-runs.ts'
import { settleLostLetters } from './use-cases/send-letters.ts'
import { restoreWorkspace as restoreClosed, type RestoredWorkspace, type RestoreRequest } from './use-cases/restore-workspace.ts'
import { verifySealed, type Verification, type VerifyInput } from './use-cases/verify-sealed.ts'

export { StartError }
export type { Actor, BroughtFile, FileKeys, FirstRoot, MadeWorkspace, NewProtection, OfferedWays, OpenedWorkspace, OpenRequest, RequestedEnrolment, RestoredWorkspace, RestoreRequest, Settling, SystemVault, Verification, VerifyInput }

export interface AppOptions {
  /** The workspace's folder. */
  readonly folder: string
  /** The day everything is judged as of; null = today. */
  readonly asOf: string | null
  readonly host: 'desktop' | 'web' | 'cli'
  /** Long work (sync, launch, recommend, seal) runs in a worker thread of its own; a command line has nobody to keep waiting. */
  readonly threads: boolean
  /** The operating system's store for small secrets, where the host has one. */
  readonly vault?: SystemVault
  /** Where secrets may come from; default: this process's environment. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** The passphrase of an encrypted workspace, where the host was given it. A plain workspace is encrypted under it. */
  readonly passphrase?: string
  /** Asks a person for it; `why` says what was wrong with the last answer. */
  readonly askPassphrase?: (why: string | null) => Promise<string>
  /** Hears how far encrypting or re-keying is, which comes before anything else and can take minutes. */
  readonly onSettling?: TellSettling
}

/** An opened workspace: the contract's implementation, and who may use it. */
export interface App {
  /** Folder for files that come in from a browser; emptied when the workspace is opened and when it is closed. */
  readonly incoming: string
  readonly router: Router<Contract, CallContext>
  readonly people: () => Promise<readonly Actor[]>
  readonly actor: (email: string) => Promise<Actor | undefined>
  /** The workspace's first officer. */
  readonly officer: () => Promise<Actor>
  readonly close: () => Promise<void>
}

/** Opens a workspace for one host. One at a time: a second one is told who has it. */
export async function createApp(options: AppOptions): Promise<App> {
  const folder = resolve(options.folder)
  mustBeWorkspace(folder)
  const lock = orStartError(() => lockWorkspace(folder))
  try {
    const key = await openOwnKey(pathsOf(folder), waysInto(options), options.onSettling)
    return await open(options, lock, key)
  } catch (error) {
    lock.release()
    throw asStartError(error)
  }
}

function mustBeWorkspace(folder: string): void {
  try {
    accessSync(pathsOf(folder).database)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') {
      throw new StartError('read-only', `${folder} cannot be opened: its files belong to somebody else. Nothing was changed.`)
    }
    throw new StartError('not-a-workspace', `${folder} is not a Muster workspace. Make one with "muster init ${folder}".`)
  }
}

/** The same workspace for a worker thread: on a connection of its own, under the lock its process already holds. */
export async function createThreadApp(options: Omit<AppOptions, 'threads'> & { readonly secretsKey: Uint8Array | null; readonly fileKeys: FileKeys | null }): Promise<App> {
  return open({ ...options, threads: false }, undefined, { ...plainKey, keys: options.fileKeys }, options.secretsKey)
}

async function open(options: AppOptions, lock: WorkspaceLock | undefined, own: OwnKey, secretsKey: Uint8Array | null = null): Promise<App> {
  const folder = resolve(options.folder)
  const paths = pathsOf(folder)
  const store = await openStore(paths.database, { mustExist: true, key: own.keys?.store ?? null })
  try {
    const settings = await loadSettings(store.db)
    if (settings === undefined) throw new StartError('not-a-workspace', `${folder} holds a database but no finished workspace.`)
    const secrets = createSecretStore({ folder: join(paths.keys, 'secrets'), env: options.env ?? process.env, vault: options.vault ?? null, key: secretsKey })
    const context = contextOf(paths, store, settings, secrets, await protectionOf(paths, own, options.vault ?? null))
    if (lock !== undefined) {
      await tidyUp(context)
      await settleOwnKey(context, own, options.onSettling)
    }
    const root = await context.signing.readRoot(paths.keys)
    const packet = await openedPacketOf(store.db)
    const engine: Engine = {
      context, host: options.host, asOf: options.asOf ?? new Date().toISOString().slice(0, 10),
      workspace: { name: settings.name, isSample: settings.isSample, rootFingerprint: root?.fingerprint ?? '', ...(packet === undefined ? {} : { packet: packet.head }) },
      thread: options.threads ? threadEntry() : null, fileKeys: own.keys, work: await ownWork(context, lock !== undefined && options.host !== 'cli'),
    }
    const incoming = join(folder, 'incoming')
    // What was sent in and read is kept, protected columns blanked, among the raw files; the file as it came is not.
    const sweep = (): Promise<void> => (lock === undefined ? Promise.resolve() : rm(incoming, { recursive: true, force: true }))
    await sweep()
    // A command line does a day's work only when asked; a made-up organisation, a workspace seen as of another day and an opened packet have none.
    const hasCalendar = lock !== undefined && options.host !== 'cli' && options.asOf === null && !settings.isSample && packet === undefined
    const calendar = hasCalendar ? hourly((signal) => campaignTick(context, signal)) : null
    return {
      incoming,
      router: routerOf(engine),
      people: async () => (await allPeople(store.db)).map(actorOf),
      actor: async (email) => {
        const person = await personByEmail(store.db, email)
        return person === undefined ? undefined : actorOf(person)
      },
      officer: async () => {
        const person = await personByEmail(store.db, settings.createdBy)
        if (person === undefined) throw new StartError('other', `The workspace's officer ${settings.createdBy} is missing from its database.`)
        return actorOf(person)
      },
      close: async () => {
        await Promise.all([calendar?.stop(), engine.work.close()])
        await context.languageModel.queue.close()
        await signAtClose(context)
        await store.close()
        await sweep()
        lock?.release()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Ends and clears away what a process that died has left half done. Only for whoever holds the workspace's lock. */
async function tidyUp(context: Context): Promise<void> {
  await recoverRuns(context)
  await settleLostLetters(context)
  await sweepIncoming(context.paths.raw)
  await removeDrafts(context.paths.bundles)
  const died = diedSeal(context.paths.folder)
  if (died !== null) await removeDrafts(died.folder, died.name)
  clearSealMark(context.paths.folder)
  await removeRestoreDrafts(context.paths.folder)
}

function routerOf(engine: Engine): Router<Contract, CallContext> {
  return {
    workspace: workspaceProcedures(engine),
    sources: sourceProcedures(engine),
    inventory: inventoryProcedures(engine),
    campaigns: campaignProcedures(engine),
    calendar: calendarProcedures(engine),
    review: reviewProcedures(engine),
    evidence: evidenceProcedures(engine),
    languageModel: languageModelProcedures(engine),
    policies: policyProcedures(engine, sodLibraryIn(resource('sod-rules/library'))),
    learning: learningProcedures(engine),
    packets: packetProcedures(engine),
    remediation: remediationProcedures(engine),
    keys: keyProcedures(engine),
    mail: mailProcedures(engine),
    work: workProcedures(engine),
  }
}

/** The code of a new workspace's recovery kit, told here and kept nowhere; null = none was made. */
interface MadeKey {
  readonly recoveryCode: string | null
}

/** Makes a workspace: folder, keys under the officer's passphrase, empty store. All of it or nothing. */
export async function initWorkspace(
  folder: string, input: Omit<NewWorkspace, 'at'> & { readonly at: string | null }, protection: NewProtection | null = null,
): Promise<MadeWorkspace & MadeKey> {
  return makeWorkspace(folder, null, protection, (context, logId) => createWorkspace(context, { ...input, at: input.at ?? new Date().toISOString() }, logId))
}

/** What a root that is to be brought holds, before there is a workspace. */
export async function describeRoot(input: BroughtFile): Promise<DescribedAuthority> {
  return describeBroughtRoot({ authority, clock: clockOf() }, input)
}

/**
 * Makes a reviewer's workspace from a packet. `keys`: folder whose keys are taken along, from a request or an earlier packet's workspace.
 * Unless something else is asked for, the passphrase of the reviewer's own key opens the workspace too.
 */
export async function openPacket(
  folder: string, input: OpenRequest & { readonly keys: string | null }, protection: NewProtection | null = { passphrase: input.passphrase, hasRecoveryKit: false },
): Promise<OpenedWorkspace & MadeKey> {
  return makeWorkspace(folder, input.keys, protection, (context, logId) => openInto(context, input, logId))
}

/** Makes a reviewer's keys in a folder of their own, and the file that asks the officer to certify them. */
export async function requestEnrolment(folder: string, input: { readonly email: string; readonly name: string; readonly passphrase: string; readonly file: string }): Promise<RequestedEnrolment> {
  const paths = pathsOf(resolve(folder))
  await mkdir(paths.keys, { recursive: true, mode: 0o700 })
  return makeRequest({ paths, ...travelling() }, { ...input, file: resolve(input.file) })
}

async function makeWorkspace<T extends object>(folder: string, keys: string | null, protection: NewProtection | null, fill: (context: Context, logId: string) => Promise<T>): Promise<T & MadeKey> {
  const target = resolve(folder)
  if (existsSync(target) && (await readdir(target)).length > 0) {
    throw new StartError('not-empty', `${target} is not empty. Nothing was changed; choose a new folder.`)
  }
  const draft = join(dirname(target), `.${randomUUID()}.muster-init`)
  try {
    orStartError(() => mkdirSync(draft, { recursive: true, mode: 0o700 }))
    const paths = pathsOf(draft)
    for (const path of [paths.raw, paths.staging, paths.mirrors, paths.keys, paths.bundles]) await mkdir(path, { mode: 0o700 })
    if (keys !== null) await cp(pathsOf(resolve(keys)).keys, paths.keys, { recursive: true, filter: isKeyOfPerson })
    const { own, recoveryCode } = protection === null ? { own: plainKey, recoveryCode: null } : await protectNew(paths.keys, protection)
    const store = await openStore(paths.database, { mustExist: false, key: own.keys?.store ?? null })
    const logId = `muster.local/${randomUUID()}`
    const secrets = createSecretStore({ folder: join(paths.keys, 'secrets'), env: {}, vault: null, key: null })
    const made = await fill(contextOf(paths, store, { logId }, secrets, await protectionOf(paths, own, null)), logId).finally(() => store.close())
    if (existsSync(target)) await rm(target, { recursive: true })
    await rename(draft, target)
    return { ...made, recoveryCode }
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw asStartError(error)
  }
}

/** Whether the passphrase opens the key of `email` in a folder's keys: what somebody is asked before anything is encrypted under it. */
export async function opensKeyOf(folder: string, email: string, passphrase: string): Promise<boolean> {
  return (await signing.unlockOwnKey(pathsOf(resolve(folder)).keys, email, passphrase)).ok
}

/** Puts a backup in the place of a closed workspace's database, and records it in the log. The database may be damaged or missing. */
export async function restoreWorkspace(folder: string, request: RestoreRequest, offered: OfferedWays = {}): Promise<RestoredWorkspace> {
  const paths = pathsOf(resolve(folder))
  if (!existsSync(paths.keys)) {
    throw new StartError('not-a-workspace', `${paths.folder} holds no keys folder, so it is not a workspace a backup can be restored into. Put the workspace's folder back, keys included.`)
  }
  const lock = orStartError(() => lockWorkspace(paths.folder))
  try {
    const secrets = createSecretStore({ folder: join(paths.keys, 'secrets'), env: {}, vault: null, key: null })
    const ways = waysInto(offered)
    const opened = await unlockedRing(paths.keys, { ...ways, guesses: [...ways.guesses, request.passphrase] })
    const protection = await protectionOf(paths, { opened, keys: opened === null ? null : { store: null, ring: opened.ring }, unfinished: null }, null)
    const storeKeys = opened === null ? [] : storeKeysOf(opened.ring)
    return await restoreClosed({ paths, contextOn: (store, logId) => contextOf(paths, store, { logId }, secrets, protection), storeKeys }, request)
  } catch (error) {
    throw asStartError(error)
  } finally {
    lock.release()
  }
}

/** Checks a bundle with nothing but its files: no workspace is opened. */
export function verifyBundle(input: VerifyInput): Promise<Verification> {
  return verifySealed({ reports, signing, keys: null, now: () => new Date().toISOString() }, input)
}

/** Writes the source files of a made-up organisation with planted truths: same seed, same bytes. */
export function writeSampleOrganisation(folder: string, request: OrganisationRequest): Promise<OrganisationSummary> {
  return writeOrganisation(folder, generateOrganisation(request))
}

function actorOf(person: Person): Actor {
  return { email: person.email, name: person.name, roles: person.roles }
}
