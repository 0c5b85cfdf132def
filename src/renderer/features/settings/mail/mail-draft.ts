import { isThisMachine, mailAddress, mailSettings, type MailSecurity, type MailSettings } from '../../../../shared/model/mail.ts'
import { t } from '../../../texts/texts.ts'

/** The settings as they are typed. */
export interface MailDraft {
  readonly host: string
  readonly port: string
  readonly security: MailSecurity
  readonly asksForUser: boolean
  readonly userName: string
  readonly sender: string
  readonly replyTo: string
  readonly caPem: string | null
  readonly perMinute: string
  readonly language: MailSettings['language']
  readonly remindsBySelf: boolean
}

export const usualPort: Readonly<Record<MailSecurity, string>> = { tls: '465', starttls: '587', none: '25' }

export const draftOf = (settings: MailSettings | null): MailDraft => ({
  host: settings?.host ?? '', port: String(settings?.port ?? usualPort.starttls), security: settings?.security ?? 'starttls', asksForUser: settings === null || settings.userName !== null,
  userName: settings?.userName ?? '', sender: settings?.sender ?? '', replyTo: settings?.replyTo ?? '', caPem: settings?.caPem ?? null, perMinute: String(settings?.perMinute ?? 60),
  language: settings?.language ?? 'en', remindsBySelf: settings?.remindsBySelf ?? false,
})

export type MailProblems = Partial<Readonly<Record<'host' | 'port' | 'user' | 'sender' | 'replyTo' | 'perMinute' | 'security', string>>>

/** What still is not right, by field, and the settings where everything is. */
export const readDraft = (draft: MailDraft): { readonly problems: MailProblems; readonly settings: MailSettings | null } => {
  const words = t.mail.problems
  const host = draft.host.trim()
  const replyTo = draft.replyTo.trim()
  const isNumber = (text: string, most: number): boolean => /^\d{1,5}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most
  const problems: MailProblems = {
    ...(mailSettings.shape.host.safeParse(host).success ? {} : { host: words.host }), ...(isNumber(draft.port, 65_535) ? {} : { port: words.port }),
    ...(draft.asksForUser && draft.userName.trim() === '' ? { user: words.user } : {}), ...(mailAddress.safeParse(draft.sender.trim()).success ? {} : { sender: words.sender }),
    ...(replyTo === '' || mailAddress.safeParse(replyTo).success ? {} : { replyTo: words.replyTo }), ...(isNumber(draft.perMinute, 6_000) ? {} : { perMinute: words.perMinute }),
    ...(draft.security === 'none' && host !== '' && !isThisMachine(host) ? { security: words.plain } : {}),
  }
  const { asksForUser, ...rest } = draft
  const settings = mailSettings.safeParse({
    ...rest, host, port: Number(draft.port), userName: asksForUser ? draft.userName : null, sender: draft.sender.trim(), replyTo: replyTo === '' ? null : replyTo, perMinute: Number(draft.perMinute),
  })
  return { problems, settings: settings.success && Object.keys(problems).length === 0 ? settings.data : null }
}
