import { isThisMachine, mailAddress, type MailSettings, type PostAnswer } from '../../shared/model/mail.ts'
import { oneLine } from '../core/campaign/one-line.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { inTransaction } from '../storage/database.ts'
import { loadMailSettings, saveMailSettings } from '../storage/mail-settings.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** Under whom the secret store keeps the mail server's password; sources count from 1. */
export const mailOwner = { id: 0, name: 'Mail' } as const
export const mailSecret = 'smtp-password'

export interface MailShown {
  readonly settings: MailSettings | null
  readonly hasPassword: boolean
  readonly isBeyondThisMachine: boolean
  readonly authorities: { readonly name: string; readonly fingerprint: string }[]
}

const hasPassword = ({ secrets }: Context): Promise<boolean> => secrets.read(mailOwner, mailSecret).then((secret) => secret !== null, () => true)

const authoritiesOf = ({ timeStamps }: Context, caPem: string | null): MailShown['authorities'] => timeStamps.certificatesIn(caPem ?? '').map((der) => timeStamps.describe(der))

export async function showMail(context: Context): Promise<MailShown> {
  const settings = await loadMailSettings(context.store.db)
  return {
    settings, hasPassword: await hasPassword(context), isBeyondThisMachine: settings !== null && !isThisMachine(settings.host),
    authorities: authoritiesOf(context, settings?.caPem ?? null),
  }
}

/**
 * Names the server letters go through from now on. One beyond this machine needs the officer's leave by name (`mayLeave`), and the leave is recorded:
 * reviewers' names and addresses and a campaign's title go there. A kept password is never sent to another server than the one it was given for.
 */
export async function setMail(
  context: Context, actor: Actor, input: { readonly settings: MailSettings; readonly password: string | null; readonly mayLeave: boolean },
): Promise<MailShown> {
  mustBeOfficer(actor)
  const { settings, password } = input
  const isBeyondThisMachine = !isThisMachine(settings.host)
  if (settings.security === 'none' && isBeyondThisMachine) {
    throw new Refusal('invalid', `Mail to ${settings.host} has to be encrypted; only this machine itself may be sent to in plain text. Nothing was changed.`)
  }
  const certificates = context.timeStamps.certificatesIn(settings.caPem ?? '')
  if (settings.caPem !== null && certificates.length === 0) throw new Refusal('invalid', 'There is no certificate in the authority file. Nothing was changed.')
  if (isBeyondThisMachine && !input.mayLeave) {
    throw new Refusal('not-allowed', `${settings.host} is beyond this machine: names, addresses and titles of campaigns would go there. Allow it by name first. Nothing was changed.`)
  }
  const before = await loadMailSettings(context.store.db)
  if (settings.userName !== null && password === null) {
    if (!(await hasPassword(context))) throw new Refusal('invalid', `The password of ${settings.userName} is missing. Nothing was changed.`)
    if (before !== null && before.host !== settings.host) throw new Refusal('invalid', 'Enter the password again: the one that is kept was given for another server. Nothing was changed.')
  }
  if (password !== null) await context.secrets.save(mailOwner, mailSecret, password)
  const kept: MailSettings = { ...settings, caPem: settings.caPem === null ? null : context.signing.certificatesToPem(certificates) }
  await inTransaction(context.store, async (queries) => {
    await saveMailSettings(queries, kept)
    await recordEvent(context, queries, actor.email, {
      kind: 'mail-set', body: { ...told(kept), host: kept.host, authorities: authoritiesOf(context, kept.caPem).map(({ fingerprint }) => fingerprint), isBeyondThisMachine, changesPassword: password !== null },
    })
  })
  return showMail(context)
}

function told({ port, security, userName, sender, replyTo, perMinute, language, remindsBySelf }: MailSettings) {
  return { port, security, userName, sender, replyTo, perMinute, language, remindsBySelf }
}

/** From now on nothing is sent. What waits can be taken along as files; the password is deleted. */
export async function switchMailOff(context: Context, actor: Actor): Promise<MailShown> {
  mustBeOfficer(actor)
  await inTransaction(context.store, async (queries) => {
    const before = await loadMailSettings(queries)
    if (before === null) return
    await saveMailSettings(queries, null)
    await recordEvent(context, queries, actor.email, {
      kind: 'mail-set', body: { ...told(before), host: null, authorities: [], remindsBySelf: false, isBeyondThisMachine: false, changesPassword: true },
    })
  })
  await context.secrets.forget(mailOwner, mailSecret)
  return showMail(context)
}

/** The server and its password, or a refusal that says what is missing. */
export async function mailReady(context: Context): Promise<{ readonly settings: MailSettings; readonly password: string | null }> {
  const settings = await loadMailSettings(context.store.db)
  if (settings === null) throw new Refusal('conflict', 'Mail is not set up: its server belongs under Settings. Nothing was sent.')
  if (settings.userName === null) return { settings, password: null }
  const password = await context.secrets.read(mailOwner, mailSecret)
  if (password === null) throw new Refusal('conflict', `The password of ${settings.userName} is missing; enter it under Settings. Nothing was sent.`)
  return { settings, password }
}

const testTexts = {
  en: { subject: 'Muster: a test message', text: 'This message shows that Muster can send mail through this server. Nothing needs to be done.' },
  de: { subject: 'Muster: eine Testnachricht', text: 'Diese Nachricht zeigt, dass Muster über diesen Server Mail senden kann. Es ist nichts zu tun.' },
} as const

export interface MailTested {
  readonly to: string
  readonly outcome: PostAnswer['outcome']
  readonly fault: Extract<PostAnswer, { fault: unknown }>['fault'] | null
  readonly answer: string
}

/** Sends one message to whoever asks, and says what the server said. */
export async function testMail(context: Context, actor: Actor, signal: AbortSignal): Promise<MailTested> {
  mustBeOfficer(actor)
  const { settings, password } = await mailReady(context)
  if (!mailAddress.safeParse(actor.email).success) throw new Refusal('invalid', 'Your own address is not one mail can be sent to.')
  const at = context.clock.now()
  const post = await context.openPost(settings, password)
  try {
    const delivery = await post.send({ messageId: messageIdOf(context, settings, `test ${at}`), to: { name: oneLine(actor.name), address: actor.email }, at, ...testTexts[settings.language] }, signal)
    const tested = { to: actor.email, outcome: delivery.outcome, fault: delivery.outcome === 'sent' ? null : delivery.fault, answer: delivery.answer }
    await inTransaction(context.store, (queries) => recordEvent(context, queries, actor.email, { kind: 'mail-tested', body: tested }))
    return tested
  } finally {
    post.close()
  }
}

/** The same letter always has the same id, so that a receiver can tell a repeat. */
export function messageIdOf({ logId, hash }: Pick<Context, 'logId' | 'hash'>, settings: MailSettings, letter: string): string {
  return `<${toHex(hash(utf8Bytes(`${logId} ${letter}`))).slice(0, 40)}@${settings.sender.slice(settings.sender.lastIndexOf('@') + 1)}>`
}
