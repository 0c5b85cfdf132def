import type { Cli } from '../cli.ts'
import { passphrase } from '../passphrase.ts'
import { myCampaign, inWorkspace } from '../session.ts'
import { count, table } from '../table.ts'
import { printable } from '../terminal-text.ts'

interface Options {
  readonly campaign?: string
  readonly passphraseFile?: string
  readonly show?: boolean
}

export const addSignOff = ({ program, doing }: Cli): void => {
  program
    .command('sign-off')
    .description('make the acting person\'s decisions final, signed with their key; undo ends here')
    .option('--campaign <id>', 'which campaign; may be left out when there is only one')
    .option('--passphrase-file <file>', 'file whose first line is the person\'s passphrase')
    .option('--show', 'only show what would be signed')
    .addHelpText('after', `
Examples:
  $ muster sign-off --campaign 1 --as rui@acme.example --show
  $ muster sign-off --campaign 1 --as rui@acme.example`)
    .action(doing<Options>(async (invocation, _, options) => {
      const { terminal, globals } = invocation
      return inWorkspace(invocation, async ({ actor, client }) => {
        const campaign = await myCampaign(client, options.campaign)
        const summary = await client.review.signOffSummary({ campaign })
        const shown = [
          ...table([
            { title: 'item', of: (one) => one.itemId, align: 'right' }, { title: 'person', of: (one) => one.subjectName }, { title: 'entitlement', of: (one) => one.entitlementName },
            { title: 'decision', of: (one) => one.decision.outcome }, { title: 'advice', of: (one) => one.advice },
          ], summary.pending, 'Nothing is pending.'),
          `${count(summary.pending.length, 'decision')}, ${summary.agreesWithAdvice} as advised; ${summary.undecided} undecided.`, `You sign: ${summary.statement}`,
        ]
        if (options.show === true) return { json: summary, lines: shown }
        // Shown before the passphrase is asked for, so that nobody signs unseen.
        if (!globals.isJson) for (const line of shown) terminal.err(`${printable(line)}\n`)
        const secret = await passphrase(terminal, {
          question: `Passphrase of ${actor.email}`, file: options.passphraseFile, variable: 'MUSTER_PASSPHRASE', option: '--passphrase-file', isNew: false,
        })
        const signed = await client.review.signOff({ campaign, passphrase: secret })
        return {
          json: signed,
          lines: [`Signed off ${count(signed.decided, 'decision')}; ${signed.undecided} left undecided. Event ${signed.eventSeq}, checkpoint after ${signed.checkpointSize} events.`],
        }
      })
    }))
}
