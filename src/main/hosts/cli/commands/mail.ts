import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { z } from 'zod'
import type { mailShown } from '../../../../shared/contract/mail.ts'
import { mailFaultSentence, mailSecurity, mailSettings, type MailedLetter, type MailSettings } from '../../../../shared/model/mail.ts'
import type { Answer, Cli, Invocation } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { follow } from '../progress.ts'
import { openSecretsIfNeeded, secretInput } from '../secret-input.ts'
import { campaignNumber, inWorkspace } from '../session.ts'
import { count, facts, table } from '../table.ts'

interface SetOptions {
  readonly host?: string; readonly port?: string; readonly security?: string; readonly user?: string; readonly signIn?: boolean; readonly sender?: string
  readonly replyTo?: string; readonly ca?: string; readonly perMinute?: string; readonly language?: string; readonly bySelf?: boolean; readonly allowHost?: boolean
  readonly passwordFile?: string; readonly password?: boolean
}

const securityWords: Readonly<Record<MailSettings['security'], string>> = { tls: 'TLS from the first byte', starttls: 'TLS by STARTTLS, required', none: 'none: this machine only' }
const usualPort: Readonly<Record<MailSettings['security'], number>> = { tls: 465, starttls: 587, none: 25 }

const shown = ({ settings, hasPassword, isBeyondThisMachine, authorities }: z.infer<typeof mailShown>): readonly string[] => settings === null ? ['Mail is off: nothing is ever sent.'] : facts([
  ['server', `${settings.host}:${settings.port}${isBeyondThisMachine ? ' (another machine, allowed by the officer)' : ' (this machine)'}`], ['encryption', securityWords[settings.security]],
  ['signs in as', settings.userName === null ? 'nobody' : `${settings.userName}${hasPassword ? '' : ' (its password is missing)'}`], ['sender', settings.sender],
  ['answers go to', settings.replyTo ?? settings.sender], ...authorities.map(({ name, fingerprint }) => ['believed under', `${name}, SHA-256 ${fingerprint}`] as const),
  ['at most', `${settings.perMinute} a minute`], ['language', settings.language], ['by itself', settings.remindsBySelf ? 'the daily work sends what is due' : 'no, only when told'],
])

const number = (text: string | undefined, before: number): number => (text === undefined ? before : Number(text))

const optionOf: Readonly<Record<string, string>> = {
  host: '--host', port: '--port', security: '--security', userName: '--user', sender: '--sender', replyTo: '--reply-to', caPem: '--ca', perMinute: '--per-minute', language: '--language',
}

/** Options over what is set already. */
const settingsFrom = async ({ terminal }: Invocation, options: SetOptions, before: MailSettings | null): Promise<MailSettings> => {
  const security = mailSecurity.safeParse(options.security ?? before?.security ?? 'starttls')
  if (!security.success) throw new CommandRefusal(`--security is one of ${mailSecurity.options.join(', ')}.`)
  const caPem = options.ca === undefined ? before?.caPem ?? null : options.ca === 'none' ? null : await readFile(resolve(terminal.cwd, options.ca), 'utf8')
  const whole = mailSettings.safeParse({
    host: options.host ?? before?.host, port: number(options.port, options.security === undefined ? before?.port ?? usualPort[security.data] : usualPort[security.data]),
    security: security.data, userName: options.signIn === false ? null : options.user ?? before?.userName ?? null, sender: options.sender ?? before?.sender,
    replyTo: options.replyTo === 'none' ? null : options.replyTo ?? before?.replyTo ?? null, caPem, perMinute: number(options.perMinute, before?.perMinute ?? 60),
    language: options.language ?? before?.language ?? 'en', remindsBySelf: options.bySelf ?? before?.remindsBySelf ?? false,
  })
  if (whole.success) return whole.data
  const wrong = [...new Set(whole.error.issues.map(({ path: [name] }) => optionOf[String(name)] ?? String(name)))]
  throw new CommandRefusal(`Missing or not right: ${wrong.join(', ')}. Nothing was changed.`)
}

export const letterLines = (letters: readonly MailedLetter[]): readonly string[] => table([
  { title: 'to', of: (one) => one.person }, { title: 'about', of: (one) => one.kind }, { title: 'is', of: (one) => one.state }, { title: 'tries', of: (one) => one.attempts, align: 'right' },
  { title: 'changed', of: (one) => one.changedAt.slice(0, 16).replace('T', ' ') },
  { title: 'why', of: (one) => (one.fault === null ? one.answer : `${mailFaultSentence[one.fault]} ${one.answer ?? ''}`), max: 120 },
], letters, 'No letter was sent or waits.')

/** `muster campaign remind --mail`. */
export const sendByMail = (invocation: Invocation, id: string | undefined, request: { readonly only: string[] | null; readonly kind: 'reminder' | 'launch' }): Promise<Answer> =>
  inWorkspace(invocation, async ({ client }) => {
    if ((await client.mail.settings()).settings?.userName != null) await openSecretsIfNeeded(invocation.terminal, client)
    const campaign = await campaignNumber(client, id)
    const done = await follow(invocation.terminal, 'Mail', await client.mail.send({ campaign, ...request }, { signal: invocation.terminal.signal }))
    const { sent, refused, unknown, left, fault } = done
    const open = done.letters.filter(({ state }) => state !== 'sent' && state !== 'dropped')
    return {
      json: done,
      lines: [
        `${count(sent, 'letter')} sent, ${refused} refused, ${unknown} of unknown fate, ${left} waiting.`,
        ...(fault === null ? [] : [`FAILED: ${mailFaultSentence[fault.fault]} ${fault.answer}`]),
        ...(left + refused > 0 ? ['What waits or was refused is tried again by the daily work ("muster tick").'] : []),
        ...(open.length === 0 ? [] : letterLines(open)),
      ],
      isFailed: refused + unknown + left > 0,
    }
  })

/** The mail server letters go through: off until an officer names one. */
export const addMail = ({ program, doing }: Cli): void => {
  const mail = program.command('mail').description('the mail server reviewers are reminded through; nothing is sent until you name one')

  mail.command('set').description('name the server, or change what is not named again; the password is asked for, never an argument')
    .option('--host <name>', 'its host name').option('--port <n>', 'its port (default: 465 for tls, 587 for starttls, 25 for none)')
    .option('--security <kind>', 'tls, starttls or none (this machine only); default starttls').option('--user <name>', 'sign in as').option('--no-sign-in', 'the server asks nobody to sign in')
    .option('--password-file <file>', 'file that holds the password (default: asked for)').option('--no-password', 'keep the password there is').option('--sender <email>', 'who the letters are from')
    .option('--reply-to <email>', 'who answers go to; "none" for the sender').option('--ca <file>', 'certificates (PEM) the server is believed under besides the usual ones; "none" for no others')
    .option('--per-minute <n>', 'at most so many letters a minute (default: 60)').option('--language <code>', 'of the letters: en or de')
    .option('--by-self', 'the daily work sends what is due without being told').option('--no-by-self', 'only when told').option('--allow-host', 'names, addresses and titles of campaigns may go to that machine')
    .addHelpText('after', `
Examples:
  $ muster mail set --host smtp.acme.example --user muster --sender access-review@acme.example --allow-host
  $ muster mail set --host 127.0.0.1 --security none --no-sign-in --sender access-review@acme.example
  $ muster mail set --no-password --by-self --allow-host`)
    .action(doing<SetOptions>(async (invocation, _, options) => inWorkspace(invocation, async ({ client }) => {
      const { settings: before } = await client.mail.settings()
      const settings = await settingsFrom(invocation, options, before)
      const isAsked = settings.userName !== null && options.password !== false
      const password = isAsked ? await secretInput(invocation.terminal, { name: 'smtp-password', question: `Password of ${settings.userName ?? ''}`, file: options.passwordFile }) : null
      if (password !== null) await openSecretsIfNeeded(invocation.terminal, client)
      const kept = await client.mail.set({ settings, password, mayLeave: options.allowHost === true })
      return { json: kept, lines: [...shown(kept), 'Next: "muster mail test".'] }
    })))

  mail.command('show').description('which server, and what it may do by itself').addHelpText('after', '\nExample:\n  $ muster mail show')
    .action(doing(async (invocation) => {
      const now = await inWorkspace(invocation, ({ client }) => client.mail.settings())
      return { json: now, lines: shown(now) }
    }))

  mail.command('test').description('send a message to yourself; exit 1 where it did not go').addHelpText('after', '\nExample:\n  $ muster mail test')
    .action(doing(async (invocation) => inWorkspace(invocation, async ({ client }) => {
      if ((await client.mail.settings()).settings?.userName != null) await openSecretsIfNeeded(invocation.terminal, client)
      const tested = await client.mail.test(undefined, { signal: invocation.terminal.signal })
      const { to, outcome, fault, answer } = tested
      const words = { sent: `Sent to ${to}: ${answer}`, refused: `FAILED, not sent to ${to}:`, unknown: `FAILED: whether it reached ${to} is not known.` }[outcome]
      return { json: tested, lines: [fault === null ? words : `${words} ${mailFaultSentence[fault]} ${answer}`.trim()], isFailed: outcome !== 'sent' }
    })))

  mail.command('letters').argument('[campaign]', 'its number; may be left out when there is only one').description('what was sent, refused or lost, the newest first')
    .option('--latest', 'each reviewer\'s latest only').addHelpText('after', '\nExample:\n  $ muster mail letters 1 --latest')
    .action(doing<{ latest?: boolean }>(async (invocation, [id], options) => {
      const letters = await inWorkspace(invocation, async ({ client }) => client.mail.letters({ campaign: await campaignNumber(client, id), latest: options.latest === true }))
      return { json: letters, lines: letterLines(letters) }
    }))

  mail.command('off').description('send nothing from now on; the password is deleted').addHelpText('after', '\nExample:\n  $ muster mail off')
    .action(doing(async (invocation) => {
      const now = await inWorkspace(invocation, ({ client }) => client.mail.off())
      return { json: now, lines: shown(now) }
    }))
}
