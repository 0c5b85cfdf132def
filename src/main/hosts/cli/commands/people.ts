import { z } from 'zod'
import { role } from '../../../../shared/contract/workspace.ts'
import { collect, type Cli } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { passphrase } from '../passphrase.ts'
import { inWorkspace } from '../session.ts'
import { table } from '../table.ts'

interface EnrolOptions {
  readonly name?: string
  readonly role?: readonly string[]
  readonly passphraseFile?: string
  readonly officerPassphraseFile?: string
}

const rolesOf = (given: readonly string[] | undefined): z.infer<typeof role>[] => {
  const parsed = z.array(role).safeParse(given ?? ['reviewer'])
  if (parsed.success) return parsed.data
  throw new CommandRefusal(`A role is one of ${role.options.join(', ')}.`)
}

export const addPeople = ({ program, doing }: Cli): void => {
  program
    .command('people')
    .description('who can act here, and who holds a signing key')
    .addHelpText('after', `
Example:
  $ muster people`)
    .action(doing(async (invocation) => {
      const people = await inWorkspace(invocation, ({ client }) => client.workspace.people())
      return {
        json: people,
        lines: table([
          { title: 'e-mail', of: (person) => person.email }, { title: 'name', of: (person) => person.name },
          { title: 'roles', of: (person) => person.roles.join(', ') }, { title: 'key', of: (person) => (person.isEnrolled ? 'yes' : 'no') },
        ], people, 'Nobody acts here yet.'),
      }
    }))

  program
    .command('enrol')
    .argument('<email>', 'the person, as the directory writes the address')
    .description('make a person\'s signing key under a passphrase of their own; the officer signs its certificate')
    .option('--name <name>', 'the person\'s name (default: as known, else the address)')
    .option('--role <role>', 'officer, reviewer or auditor; may be repeated (default: reviewer)', collect)
    .option('--passphrase-file <file>', 'file whose first line is the person\'s new passphrase')
    .option('--officer-passphrase-file <file>', 'file whose first line is the officer\'s passphrase (or MUSTER_OFFICER_PASSPHRASE)')
    .addHelpText('after', `
Example:
  $ muster enrol rui@acme.example --name "Rui Costa" --role reviewer`)
    .action(doing<EnrolOptions>(async (invocation, [email = ''], options) => {
      const roles = rolesOf(options.role)
      const enrolled = await inWorkspace(invocation, async ({ app, client, actor }) => {
        const known = await app.actor(email)
        const officerPassphrase = await passphrase(invocation.terminal, {
          question: `Passphrase of ${actor.email}`, file: options.officerPassphraseFile, variable: 'MUSTER_OFFICER_PASSPHRASE',
          option: '--officer-passphrase-file', isNew: false,
        })
        const secret = await passphrase(invocation.terminal, {
          question: `New passphrase for ${email}`, file: options.passphraseFile, variable: 'MUSTER_PASSPHRASE', option: '--passphrase-file', isNew: true,
        })
        return client.workspace.enrol({ email, name: options.name ?? known?.name ?? email, roles, passphrase: secret, officerPassphrase })
      })
      return { json: enrolled, lines: [`${enrolled.email} can now sign. Certificate ${enrolled.fingerprint}`] }
    }))
}
