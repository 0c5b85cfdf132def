import type { EnrolmentRequest } from '../../../shared/model/packet.ts'
import { foldEmail } from '../../core/campaign/fold-email.ts'
import { spokenFingerprint } from '../../core/evidence/spoken-fingerprint.ts'
import { Refusal, type Context } from '../context.ts'
import { recipientOfKey } from './exchange-key.ts'

export interface RequestedEnrolment {
  readonly person: string
  readonly file: string
  /** What its owner reads out when the officer calls. */
  readonly spoken: string
}

/** Makes a reviewer's keys on the reviewer's machine, before there is any workspace, and the file that goes to the officer. */
export async function requestEnrolment(
  context: Pick<Context, 'paths' | 'hash' | 'exchange' | 'enrolment' | 'clock'>,
  input: { readonly email: string; readonly name: string; readonly passphrase: string; readonly file: string },
): Promise<RequestedEnrolment> {
  if (input.passphrase.length < 8) throw new Refusal('invalid', 'The passphrase needs at least 8 characters. Nothing was made.')
  const email = foldEmail(input.email)
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new Refusal('invalid', `"${input.email}" is not an e-mail address. Nothing was made.`)
  if (await context.exchange.files.isThere(input.file)) throw new Refusal('conflict', `${input.file} is there already; nothing was made.`)
  const key = await context.enrolment.requestCertificate(
    context.paths.keys, { email, name: input.name, role: 'reviewer' }, { passphrase: input.passphrase, now: new Date(context.clock.now()) },
  )
  if (!key.ok) throw new Refusal('conflict', `A key for ${email} is in ${context.paths.keys} already. Nothing was made.`)
  const request: EnrolmentRequest = {
    type: 'muster-enrolment', version: 1, email, name: input.name, certificate: key.certificatePem, recipient: await recipientOfKey(context, email, input.passphrase),
  }
  await context.exchange.files.writeFileOnce(input.file, `${JSON.stringify(request, null, 2)}\n`)
  return { person: email, file: input.file, spoken: spokenFingerprint(key.fingerprint) }
}
