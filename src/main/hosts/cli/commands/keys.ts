import { Option } from 'commander'
import { revocationReason } from '../../../../shared/model/key-events.ts'
import type { Cli, Invocation } from '../cli.ts'
import { formerPassphrase, passphrase } from '../passphrase.ts'
import { inWorkspace } from '../session.ts'
import { facts, table } from '../table.ts'
import { addKeyAuthority } from './key-authority.ts'

interface ChangeOptions {
  readonly why: 'replaced' | 'lost' | 'compromised' | 'left'
  readonly reason: string
  readonly passphraseFile?: string
  readonly officerPassphraseFile?: string
  readonly formerPassphraseFile?: string
}

const whyOption = (fallback: ChangeOptions['why']): Option =>
  new Option('--why <why>', 'what became of the former key').choices([...revocationReason.options]).default(fallback)

const officers = (invocation: Invocation, email: string, file: string | undefined): Promise<string> =>
  passphrase(invocation.terminal, {
    question: `Passphrase of the organisation's root (${email})`, file, variable: 'MUSTER_OFFICER_PASSPHRASE', option: '--officer-passphrase-file', isNew: false,
  })

/** The commands that change a key. */
const addChanges = ({ program, doing }: Cli, key: Cli['program']): void => {
  key
    .command('replace')
    .argument('<email>', 'whose key')
    .description('make a new key under a new passphrase; the former certificate goes on the revocation list')
    .addOption(whyOption('replaced'))
    .requiredOption('--reason <text>', 'why, in your own words; written into the log')
    .option('--passphrase-file <file>', 'file whose first line is the person\'s new passphrase')
    .option('--officer-passphrase-file <file>', 'file whose first line opens the organisation\'s root (or MUSTER_OFFICER_PASSPHRASE)')
    .option('--former-passphrase-file <file>', 'file whose first line opened the former key, where it is known (or MUSTER_FORMER_PASSPHRASE): answers to packets stay readable')
    .addHelpText('after', `
What was signed with the former key stays valid. Answers to packets that are out already are encrypted to a key under the former passphrase: without it
those packets have to be written again.

Examples:
  $ muster key replace rui@acme.example --reason "two years old"
  $ muster key replace rui@acme.example --why lost --reason "passphrase forgotten"`)
    .action(doing<ChangeOptions>(async (invocation, [email = ''], { why, reason, ...files }) => {
      const made = await inWorkspace(invocation, async ({ client, actor }) => {
        const officerPassphrase = await officers(invocation, actor.email, files.officerPassphraseFile)
        const secret = await passphrase(invocation.terminal, {
          question: `New passphrase for ${email}`, file: files.passphraseFile, variable: 'MUSTER_PASSPHRASE', option: '--passphrase-file', isNew: true,
        })
        const former = await formerPassphrase(invocation.terminal, files.formerPassphraseFile)
        return client.keys.replace({ email, why, reason, passphrase: secret, officerPassphrase, formerPassphrase: former })
      })
      return {
        json: made,
        lines: [
          `${made.email} signs with a new key. Certificate ${made.fingerprint}; the former one is on the revocation list.`,
          ...(made.answers === 'set-aside' ? [`Answers to packets ${made.email} wrote before cannot be opened any more: write those packets again with "muster packet write --again".`] : []),
        ],
      }
    }))

  key
    .command('revoke')
    .argument('<email>', 'whose key')
    .description('take somebody\'s key away: lost, stolen, or the person went; they cannot sign until enrolled again')
    .addOption(whyOption('lost'))
    .requiredOption('--reason <text>', 'why, in your own words; written into the log')
    .option('--officer-passphrase-file <file>', 'file whose first line opens the organisation\'s root (or MUSTER_OFFICER_PASSPHRASE)')
    .addHelpText('after', `
Example:
  $ muster key revoke rui@acme.example --why left --reason "left on 30 June"`)
    .action(doing<ChangeOptions>(async (invocation, [email = ''], { why, reason, officerPassphraseFile }) => {
      const gone = await inWorkspace(invocation, async ({ client, actor }) =>
        client.keys.revoke({ email, why, reason, officerPassphrase: await officers(invocation, actor.email, officerPassphraseFile) }))
      return { json: gone, lines: [`${gone.email} cannot sign any more. Certificate ${gone.fingerprint} is on the revocation list; what it signed before stays valid.`] }
    }))

  key
    .command('passphrase')
    .description('change the passphrase of your own key, or of the organisation\'s root')
    .option('--root', 'the root\'s instead of your own')
    .option('--current-file <file>', 'file whose first line is the current passphrase (or MUSTER_OFFICER_PASSPHRASE)')
    .option('--passphrase-file <file>', 'file whose first line is the new passphrase')
    .addHelpText('after', `
Examples:
  $ muster key passphrase
  $ muster key passphrase --root --as olga@acme.example`)
    .action(doing<{ root?: true; currentFile?: string; passphraseFile?: string }>(async (invocation, _, options) => {
      const of = options.root === true ? 'root' : 'own'
      const changed = await inWorkspace(invocation, async ({ client, actor }) => {
        const whose = of === 'root' ? 'the organisation\'s root' : actor.email
        const current = await passphrase(invocation.terminal, {
          question: `Current passphrase of ${whose}`, file: options.currentFile, variable: 'MUSTER_OFFICER_PASSPHRASE', option: '--officer-passphrase-file', isNew: false,
        })
        const next = await passphrase(invocation.terminal, {
          question: `New passphrase of ${whose}`, file: options.passphraseFile, variable: 'MUSTER_PASSPHRASE', option: '--passphrase-file', isNew: true,
        })
        return client.keys.changePassphrase({ of, current, next })
      })
      return { json: changed, lines: [`The passphrase is changed; the key is the same (certificate ${changed.fingerprint}).`] }
    }))

  program
    .command('checkpoint')
    .description('sign the log\'s head now, after proving that it extends what was signed before')
    .option('--passphrase-file <file>', 'file whose first line is the officer\'s passphrase')
    .addHelpText('after', `
Example:
  $ muster checkpoint`)
    .action(doing<{ passphraseFile?: string }>(async (invocation, _, options) => {
      const signed = await inWorkspace(invocation, async ({ client, actor }) => client.keys.checkpoint({
        passphrase: await passphrase(invocation.terminal, {
          question: `Passphrase of ${actor.email}`, file: options.passphraseFile, variable: 'MUSTER_PASSPHRASE', option: '--passphrase-file', isNew: false,
        }),
      }))
      return { json: signed, lines: [`Signed: ${signed.size} events, root ${signed.root}`] }
    }))
}

const ways = { made: 'a root made here', imported: 'a root the organisation brought', elsewhere: 'the organisation\'s own authority' } as const
const standings = { stands: 'stands', 'not-certified': 'not certified', 'former-root': 'of a former root', revoked: 'REVOKED', expired: 'EXPIRED' } as const

export const addKeys = (cli: Cli): void => {
  const { program, doing } = cli
  const key = program.command('key').description('certificates and signing keys: who holds one, replacing, revoking, custody')

  key
    .command('list')
    .description('the root, who can sign, and what is on the revocation list')
    .addHelpText('after', `
Example:
  $ muster key list`)
    .action(doing(async (invocation) => {
      const now = await inWorkspace(invocation, ({ client }) => client.keys.show())
      return {
        json: now,
        lines: [
          ...facts([
            ['root', now.root?.fingerprint ?? 'missing'], ['valid to', now.root?.validTo ?? ''], ['certified by', ways[now.way]],
            ...now.formerRoots.map((former) => ['former root', former] as const), ...now.requests.map(({ email, at }) => ['requested', `${email}, ${at}`] as const),
          ]), '',
          ...table([
            { title: 'e-mail', of: (person) => person.email }, { title: 'roles', of: (person) => person.roles.join(', ') },
            { title: 'certificate', of: (person) => person.certificate?.fingerprint ?? 'none', max: 64 }, { title: 'valid to', of: (person) => person.certificate?.validTo ?? '' },
            { title: 'standing', of: (person) => (person.certificate === null ? '' : standings[person.certificate.standing]) },
          ], now.people, 'Nobody acts here yet.'), '',
          ...table([
            { title: 'revoked serial', of: (entry) => entry.serial }, { title: 'from', of: (entry) => entry.at }, { title: 'why', of: (entry) => entry.why },
          ], now.revoked, 'Nothing was revoked.'),
        ],
      }
    }))

  key
    .command('log')
    .description('the custody log: everything that happened to keys, certificates and copies')
    .addHelpText('after', `
Example:
  $ muster key log --json`)
    .action(doing(async (invocation) => {
      const { custody } = await inWorkspace(invocation, ({ client }) => client.keys.show())
      return {
        json: custody,
        lines: table([
          { title: 'event', of: (entry) => entry.seq, align: 'right' }, { title: 'at', of: (entry) => entry.at }, { title: 'by', of: (entry) => entry.by },
          { title: 'whose', of: (entry) => entry.person ?? '' }, { title: 'what', of: (entry) => entry.detail, max: 110 },
        ], custody, 'Nothing happened yet.'),
      }
    }))

  key
    .command('crl')
    .description('print the revocation list (PEM), as it goes into bundles')
    .addHelpText('after', `
Example:
  $ muster key crl > crl.pem`)
    .action(doing(async (invocation) => {
      const { pem } = await inWorkspace(invocation, ({ client }) => client.keys.revocationList())
      return { json: { pem }, lines: pem === null ? ['Nothing was ever revoked, so there is no list yet.'] : pem.trimEnd().split('\n') }
    }))

  addChanges(cli, key)
  addKeyAuthority(cli, key)
}
