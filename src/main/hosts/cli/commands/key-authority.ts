// Who certifies people: the organisation's root replaced or brought, or its own authority asked.
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { role } from '../../../../shared/contract/workspace.ts'
import { base64Of, filePassphraseOf, foundLines } from '../authority-file.ts'
import { collect, type Cli, type Invocation } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { formerPassphrase, passphrase } from '../passphrase.ts'
import { inWorkspace } from '../session.ts'
import { facts } from '../table.ts'

interface RootOptions {
  readonly reason: string
  readonly fingerprint?: string
  readonly passphraseFile?: string
  readonly rootPassphraseFile?: string
  readonly filePassphraseFile?: string
}

const ofOfficer = ({ terminal }: Invocation, email: string, file: string | undefined): Promise<string> =>
  passphrase(terminal, { question: `Passphrase of ${email}`, file, variable: 'MUSTER_PASSPHRASE', option: '--passphrase-file', isNew: false })

const ofNewRoot = ({ terminal }: Invocation, file: string | undefined): Promise<string> =>
  passphrase(terminal, { question: 'New passphrase of the organisation\'s root', file, variable: 'MUSTER_ROOT_PASSPHRASE', option: '--root-passphrase-file', isNew: true })

const rootLines = ({ rootFingerprint, certified }: { rootFingerprint: string; certified: readonly string[] }): readonly string[] => [
  'The organisation\'s root is replaced; the former one stays known, what it stands for stays valid.',
  ...facts([['root', rootFingerprint], ['certified anew', certified.join(', ')]]),
  'Write the fingerprint down where auditors can find it.',
]

const addRoot = ({ doing }: Cli, key: Cli['program']): void => {
  const root = key.command('root').description('replace the organisation\'s root: rotation, a lost passphrase, or one the organisation brings')
  root
    .command('renew')
    .description('make a new root; everybody who has a key gets a certificate under it')
    .requiredOption('--reason <text>', 'why; written into the log')
    .option('--passphrase-file <file>', 'file whose first line is the acting officer\'s passphrase')
    .option('--root-passphrase-file <file>', 'file whose first line is the new root\'s passphrase (or MUSTER_ROOT_PASSPHRASE)')
    .addHelpText('after', `
Auditors need the new root's fingerprint, and the former root for what was signed before.

Example:
  $ muster key root renew --reason "its passphrase was lost"`)
    .action(doing<RootOptions>(async (invocation, _, options) => {
      const made = await inWorkspace(invocation, async ({ client, actor }) => client.keys.renewRoot({
        reason: options.reason, passphrase: await ofOfficer(invocation, actor.email, options.passphraseFile), rootPassphrase: await ofNewRoot(invocation, options.rootPassphraseFile),
      }))
      return { json: made, lines: rootLines(made) }
    }))

  root
    .command('import')
    .argument('<file>', 'PKCS#12 (.p12, .pfx), or PEM with the key and the certificates up to the root')
    .description('take in a root, or an authority under one, with its key; without --fingerprint only shows what the file holds')
    .option('--fingerprint <hex>', 'SHA-256 of the root, compared with what the organisation publishes')
    .option('--reason <text>', 'why; written into the log')
    .option('--file-passphrase-file <file>', 'file whose first line opens the file (or MUSTER_FILE_PASSPHRASE)')
    .option('--passphrase-file <file>', 'file whose first line is the acting officer\'s passphrase')
    .option('--root-passphrase-file <file>', 'file whose first line will open the key here (or MUSTER_ROOT_PASSPHRASE)')
    .addHelpText('after', `
Examples:
  $ muster key root import people-ca.p12
  $ muster key root import people-ca.p12 --fingerprint 3f1a…9c --reason "from the key ceremony of 3 May"`)
    .action(doing<Omit<RootOptions, 'reason'> & { readonly reason?: string }>(async (invocation, [file = ''], options) => {
      const content = await base64Of(invocation.terminal, file)
      const filePassphrase = await filePassphraseOf(invocation.terminal, content, options.filePassphraseFile)
      return inWorkspace(invocation, async ({ client, actor }) => {
        if (options.fingerprint === undefined) {
          const found = await client.keys.readAuthority({ content, filePassphrase })
          return {
            json: found,
            lines: [
              ...facts(foundLines(found)),
              'Nothing was changed. Compare the fingerprint with what the organisation publishes, then give it with --fingerprint.',
            ],
          }
        }
        const made = await client.keys.importRoot({
          content, filePassphrase, rootFingerprint: options.fingerprint, reason: options.reason ?? '',
          passphrase: await ofOfficer(invocation, actor.email, options.passphraseFile), rootPassphrase: await ofNewRoot(invocation, options.rootPassphraseFile),
        })
        return { json: made, lines: rootLines(made) }
      })
    }))
}

interface RequestOptions {
  readonly name?: string
  readonly role?: readonly string[]
  readonly out?: string
  readonly passphraseFile?: string
}

const addRequest = ({ doing }: Cli, key: Cli['program']): void => {
  key
    .command('request')
    .argument('<email>', 'whose certificate')
    .description('make a key and the PKCS#10 request the organisation\'s own authority certifies')
    .option('--name <name>', 'the person\'s name (default: as known, else the address)')
    .option('--role <role>', 'officer, reviewer or auditor; may be repeated (default: as known, else reviewer)', collect)
    .option('--out <file>', 'file the request is written to; left out, it is printed')
    .option('--passphrase-file <file>', 'file whose first line is the person\'s new passphrase')
    .addHelpText('after', `
The certificate needs the extended key usages documentSigning (1.3.6.1.5.5.7.3.36) and emailProtection, and subject and e-mail as requested.
The key in use stays in use until the certificate is taken in with "muster key take".

Example:
  $ muster key request olga@acme.example --out olga.csr`)
    .action(doing<RequestOptions>(async (invocation, [email = ''], options) => {
      const given = z.array(role).safeParse(options.role ?? [])
      if (!given.success) throw new CommandRefusal(`A role is one of ${role.options.join(', ')}.`)
      const made = await inWorkspace(invocation, async ({ app, client }) => {
        const known = await app.actor(email)
        const secret = await passphrase(invocation.terminal, {
          question: `New passphrase for ${email}`, file: options.passphraseFile, variable: 'MUSTER_PASSPHRASE', option: '--passphrase-file', isNew: true,
        })
        const roles = given.data.length > 0 ? given.data : known === undefined ? ['reviewer' as const] : []
        return client.keys.requestCertificate({ email, name: options.name ?? known?.name ?? email, roles, passphrase: secret })
      })
      if (options.out === undefined) return { json: made, lines: made.request.trimEnd().split('\n') }
      await writeFile(resolve(invocation.terminal.cwd, options.out), made.request, { flag: 'wx' }).catch(() => {
        throw new CommandRefusal(`${options.out ?? ''} cannot be written, or is there already. The request is kept: "muster key request" again makes another one.`)
      })
      return { json: made, lines: [`Wrote ${options.out}. SHA-256 of the request: ${made.sha256}`, `Next, with the certificate and its chain: "muster key take ${made.email} FILE".`] }
    }))

  key
    .command('take')
    .argument('<email>', 'whose certificate')
    .argument('<file>', 'what the authority sent: PEM, DER or PKCS#7, with the chain up to the root')
    .description('take in a certificate of the organisation\'s own authority, after checking key, purposes, name, role, chain and dates')
    .option('--fingerprint <hex>', 'SHA-256 of the root, where it is another than this workspace\'s: compared with what the authority publishes')
    .option('--reason <text>', 'why the root is replaced; written into the log')
    .option('--passphrase-file <file>', 'file whose first line opens the officer\'s key; for their own certificate the one given with the request')
    .option('--former-passphrase-file <file>', 'file whose first line opens the officer\'s key in use until now, if it is another (or MUSTER_FORMER_PASSPHRASE): reviewers with packets can follow to the new root')
    .addHelpText('after', `
The first certificate under another root is the acting officer's own. From then on everybody needs one of that authority to sign.

Examples:
  $ muster key take olga@acme.example olga.p7b --fingerprint 3f1a…9c --reason "the group's PKI from now on"
  $ muster key take rui@acme.example rui.pem`)
    .action(doing<{ fingerprint?: string; reason?: string; passphraseFile?: string; formerPassphraseFile?: string }>(async (invocation, [email = '', file = ''], options) => {
      const content = await base64Of(invocation.terminal, file)
      const taken = await inWorkspace(invocation, async ({ client, actor }) => client.keys.importCertificate({
        email, content, rootFingerprint: options.fingerprint ?? null, reason: options.reason ?? '',
        passphrase: await ofOfficer(invocation, actor.email, options.passphraseFile),
        formerPassphrase: await formerPassphrase(invocation.terminal, options.formerPassphraseFile),
      }))
      return {
        json: taken,
        lines: [`${taken.email} signs with a certificate of ${taken.issuer}.`, ...facts([['certificate', taken.fingerprint], ['valid to', taken.validTo], ['root', taken.rootFingerprint]])],
      }
    }))

  key
    .command('take-list')
    .argument('<file>', 'PEM or DER')
    .description('take in the revocation list the organisation\'s own authority published')
    .addHelpText('after', `
Whoever is on it cannot sign here any more. It goes into bundles.

Example:
  $ muster key take-list people-ca.crl`)
    .action(doing(async (invocation, [file = '']) => {
      const content = await base64Of(invocation.terminal, file)
      const list = await inWorkspace(invocation, ({ client }) => client.keys.importRevocationList({ content }))
      return { json: list, lines: [`Taken in. Certificates revoked: ${list.entries}. SHA-256 ${list.sha256}`] }
    }))
}

export const addKeyAuthority = (cli: Cli, key: Cli['program']): void => {
  addRoot(cli, key)
  addRequest(cli, key)
}
