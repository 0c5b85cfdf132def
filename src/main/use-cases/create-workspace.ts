import { rememberCheckpoint } from '../storage/checkpoint-witness.ts'
import { inTransaction } from '../storage/database.ts'
import { addPerson, setCertificate } from '../storage/people.ts'
import { saveSettings } from '../storage/workspace.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import { Refusal, type Context } from './context.ts'
import { recordEvents } from './record-event.ts'
import { signCheckpoint } from './sign-checkpoint.ts'
import { unlock } from './unlock-signer.ts'

export interface NewWorkspace {
  readonly name: string
  readonly officerEmail: string
  readonly officerName: string
  /** Opens the organisation's root key and the officer's own. */
  readonly passphrase: string
  readonly isSample: boolean
  /** The moment the keys count from. */
  readonly at: string
}

/** Fills an empty workspace: the organisation's root, the officer's key, the log's first events and its first checkpoint. */
export async function createWorkspace(context: Context, input: NewWorkspace, logId: string): Promise<{ rootFingerprint: string }> {
  if (input.passphrase.length < 8) throw new Refusal('invalid', 'The passphrase needs at least 8 characters. Nothing was made.')
  const email = foldEmail(input.officerEmail)
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new Refusal('invalid', `"${input.officerEmail}" is not an e-mail address. Nothing was made.`)
  const key = { passphrase: input.passphrase, now: new Date(input.at) }
  const root = await context.signing.createOrganisationRoot(context.paths.keys, input.name, key)
  if (!root.ok) throw new Refusal('conflict', 'This folder holds an organisation\'s keys already. Nothing was made.')
  const officer = await context.signing.enrolPerson(context.paths.keys, { email, name: input.officerName, role: 'officer' }, input.passphrase, key)
  if (!officer.ok) throw new Error(`the officer's key could not be made: ${officer.reason}`)
  const { signer } = await unlock(context, email, input.passphrase)
  const checkpoint = await inTransaction(context.store, async (queries) => {
    await saveSettings(queries, { name: input.name, logId, isSample: input.isSample, createdBy: email })
    const person = await addPerson(queries, { email, name: input.officerName, identityId: null, roles: ['officer', 'reviewer'] })
    await setCertificate(queries, person.id, { certificate: officer.certificatePem, fingerprint: officer.fingerprint, at: input.at })
    await recordEvents(context, queries, email, [
      { kind: 'workspace-created', body: { name: input.name, rootFingerprint: root.fingerprint } },
      {
        kind: 'person-enrolled',
        body: { person: email, name: input.officerName, roles: ['officer', 'reviewer'], certificateFingerprint: officer.fingerprint },
      },
    ])
    return signCheckpoint(context, queries, signer, 'workspace made')
  })
  rememberCheckpoint(context.paths.folder, checkpoint.note)
  return { rootFingerprint: root.fingerprint }
}
