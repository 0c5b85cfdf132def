import type { EventBody } from '../../shared/model/evidence.ts'
import type { OpenRequestOfKey } from '../reports/signing/certificate-request.ts'
import { rememberCheckpoint } from '../storage/checkpoint-witness.ts'
import { inTransaction } from '../storage/database.ts'
import { addPerson, setCertificate } from '../storage/people.ts'
import { saveSettings } from '../storage/workspace.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import { takeBroughtRoot, type BroughtRoot } from './brought-root.ts'
import { madeKeyEvents } from './change-workspace-key.ts'
import { Refusal, type Context } from './context.ts'
import { recordEvent, recordEvents } from './record-event.ts'
import { signCheckpoint } from './sign-checkpoint.ts'
import { unlock } from './unlock-signer.ts'

/** How the organisation's root comes to be: made here, brought with its key, or that of its own authority elsewhere, which is asked for a certificate. */
export type FirstRoot = { readonly way: 'made' } | ({ readonly way: 'imported' } & BroughtRoot) | { readonly way: 'elsewhere' }

export interface NewWorkspace {
  readonly name: string
  readonly officerEmail: string
  readonly officerName: string
  /** Opens the organisation's root key, where it is here, and the officer's own. */
  readonly passphrase: string
  readonly isSample: boolean
  /** The moment the keys count from. */
  readonly at: string
  /** Left out: made here. */
  readonly root?: FirstRoot
}

export interface MadeWorkspace {
  /** Null: no root is here yet. */
  readonly rootFingerprint: string | null
  /** What goes to the organisation's own authority; null = nothing has to be asked. */
  readonly request: Pick<OpenRequestOfKey, 'request' | 'sha256'> | null
}

/** Fills an empty workspace: the organisation's root, the officer's key, the log's first events and, where somebody can sign, its first checkpoint. */
export async function createWorkspace(context: Context, input: NewWorkspace, logId: string): Promise<MadeWorkspace> {
  if (input.passphrase.length < 8) throw new Refusal('invalid', 'The passphrase needs at least 8 characters. Nothing was made.')
  const email = foldEmail(input.officerEmail)
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new Refusal('invalid', `"${input.officerEmail}" is not an e-mail address. Nothing was made.`)
  const officer: Officer = { email, name: input.officerName, key: { passphrase: input.passphrase, now: new Date(input.at) } }
  const root = input.root ?? { way: 'made' }
  if (root.way === 'elsewhere') return createUncertified(context, input, officer, logId)
  return createUnder(context, input, officer, logId, await firstRoot(context, root, input.name, officer))
}

interface Officer {
  readonly email: string
  readonly name: string
  readonly key: { readonly passphrase: string; readonly now: Date }
}

const roles = ['officer', 'reviewer'] as const

async function firstRoot(
  context: Context, root: Exclude<FirstRoot, { way: 'elsewhere' }>, organisation: string, { key }: Officer,
): Promise<{ readonly fingerprint: string; readonly way: 'made' | 'imported' }> {
  if (root.way === 'imported') return { fingerprint: (await takeBroughtRoot(context, root, key.passphrase)).fingerprint, way: root.way }
  const made = await context.signing.createOrganisationRoot(context.paths.keys, organisation, key)
  if (!made.ok) throw new Refusal('conflict', 'This folder holds an organisation\'s keys already. Nothing was made.')
  return { fingerprint: made.fingerprint, way: root.way }
}

async function createUnder(
  context: Context, input: NewWorkspace, { email, name, key }: Officer, logId: string, root: { readonly fingerprint: string; readonly way: 'made' | 'imported' },
): Promise<MadeWorkspace> {
  const officer = await context.signing.enrolPerson(context.paths.keys, { email, name, role: 'officer' }, key.passphrase, key)
  if (!officer.ok) throw new Error(`the officer's key could not be made: ${officer.reason}`)
  const { signer } = await unlock(context, email, key.passphrase)
  const created: EventBody = {
    kind: 'workspace-created', body: { name: input.name, rootFingerprint: root.fingerprint, ...(root.way === 'made' ? {} : { way: root.way }) },
  }
  const checkpoint = await inTransaction(context.store, async (queries) => {
    await saveSettings(queries, { name: input.name, logId, isSample: input.isSample, createdBy: email })
    const person = await addPerson(queries, { email, name, identityId: null, roles })
    await setCertificate(queries, person.id, { certificate: officer.certificatePem, fingerprint: officer.fingerprint, at: input.at })
    await recordEvents(context, queries, email, [
      created,
      { kind: 'person-enrolled', body: { person: email, name, roles: [...roles], certificateFingerprint: officer.fingerprint } },
      ...madeKeyEvents(context),
    ])
    return signCheckpoint(context, queries, signer, 'workspace made')
  })
  rememberCheckpoint(context.paths.folder, checkpoint.note)
  return { rootFingerprint: root.fingerprint, request: null }
}

/** Nobody can sign before the authority has answered, so the log begins without a signed head: the first is signed when the certificate is taken in. */
async function createUncertified(context: Context, input: NewWorkspace, { email, name, key }: Officer, logId: string): Promise<MadeWorkspace> {
  const { request, sha256 } = await context.authority.requestFromAuthority(context.paths.keys, input.name, { email, name, role: 'officer', roles: [...roles] }, key)
  await inTransaction(context.store, async (queries) => {
    await saveSettings(queries, { name: input.name, logId, isSample: input.isSample, createdBy: email })
    await addPerson(queries, { email, name, identityId: null, roles })
    await recordEvent(context, queries, email, { kind: 'workspace-created', body: { name: input.name, rootFingerprint: null, way: 'elsewhere' } })
    await recordEvent(context, queries, email, { kind: 'certificate-requested', body: { person: email, requestSha256: sha256 } })
    for (const event of madeKeyEvents(context)) await recordEvent(context, queries, email, event)
  })
  return { rootFingerprint: null, request: { request, sha256 } }
}
