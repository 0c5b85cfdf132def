import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { collect, type Cli } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { campaignNumber, inWorkspace, myCampaign, numberOf } from '../session.ts'
import { count, table } from '../table.ts'
import { sendByMail } from './mail.ts'

interface HandOn {
  readonly campaign?: string
  readonly from?: string
  readonly item?: readonly string[]
  readonly to: string
  readonly reason: string
}

interface HandedOn {
  readonly moved: number
  readonly refused: readonly { readonly itemId: number; readonly reason: string }[]
}

const handedOnLines = ({ moved, refused }: HandedOn, to: string): readonly string[] => [
  `${count(moved, 'item')} handed to ${to}; undecided there.`,
  ...table([{ title: 'item', of: (one) => one.itemId, align: 'right' }, { title: 'stayed, because', of: (one) => one.reason, max: 100 }], refused, ''),
]

const itemsOf = (given: readonly string[] | undefined): number[] | null => given?.map((item) => numberOf(item, 'item')) ?? null

const withHandOn = (command: Command): Command => command
  .requiredOption('--to <email>', 'who reviews them from now on')
  .requiredOption('--reason <text>', 'why; it goes into the evidence')

/** What an officer does with a running campaign. */
export const addSteering = (campaign: Command, { doing }: Cli): void => {
  withHandOn(campaign.command('reassign').argument('[campaign]', 'its number; may be left out when there is only one')
    .description('give open items to somebody else; a decision that was not signed off is void there')
    .option('--from <email>', 'everything this reviewer has open')
    .option('--item <id>', 'only this item; may be repeated', collect))
    .addHelpText('after', `
Examples:
  $ muster campaign reassign 1 --from mia@acme.example --to ada@acme.example --reason "On leave until January"
  $ muster campaign reassign 1 --item 17 --item 18 --to ada@acme.example --reason "Owns the application"`)
    .action(doing<HandOn>(async (invocation, [id], options) => {
      const done = await inWorkspace(invocation, async ({ client }) => client.campaigns.reassign({
        campaign: await campaignNumber(client, id), items: itemsOf(options.item), from: options.from ?? null, to: options.to, reason: options.reason,
      }))
      return { json: done, lines: handedOnLines(done, options.to), isFailed: done.refused.length > 0 }
    }))

  campaign.command('extend').argument('[campaign]', 'its number; may be left out when there is only one')
    .description('move the day it is due; the rules fixed before launch stay, and the report shows both days')
    .requiredOption('--due <date>', 'the new last day, YYYY-MM-DD')
    .requiredOption('--reason <text>', 'why; it goes into the evidence')
    .addHelpText('after', `
Example:
  $ muster campaign extend 1 --due 2027-01-15 --reason "Year-end closing"`)
    .action(doing<{ due: string; reason: string }>(async (invocation, [id], options) => {
      const extended = await inWorkspace(invocation, async ({ client }) =>
        client.campaigns.extend({ campaign: await campaignNumber(client, id), dueOn: options.due, reason: options.reason }))
      return { json: extended, lines: [`Campaign ${extended.id}, "${extended.spec.name}", is now due on ${extended.dueOn}.`] }
    }))

  campaign.command('remind').argument('[campaign]', 'its number; may be left out when there is only one')
    .description('letters to those who still owe an answer, and to nobody else; printed, written to a file, or sent by mail')
    .option('--only <email>', 'only this reviewer; may be repeated', collect)
    .option('--launch', 'say that the review has begun, instead of reminding')
    .option('--out <file>', 'write the letters to a file as well')
    .option('--mail', 'send them through the mail server ("muster mail"); exit 1 where one did not go')
    .addHelpText('after', `
Examples:
  $ muster campaign remind 1 --out reminders.txt
  $ muster campaign remind 1 --mail --only mia@acme.example`)
    .action(doing<{ only?: readonly string[]; launch?: boolean; out?: string; mail?: boolean }>(async (invocation, [id], options) => {
      const only = options.only === undefined ? null : [...options.only]
      const kind = options.launch === true ? 'launch' as const : 'reminder' as const
      if (options.mail === true) {
        if (options.out !== undefined) throw new CommandRefusal('--mail sends the letters and --out writes them; give one of them.')
        return sendByMail(invocation, id, { only, kind })
      }
      const letters = await inWorkspace(invocation, async ({ client }) => client.campaigns.remind({ campaign: await campaignNumber(client, id), only, kind, channel: 'list' }))
      const text = letters.map((letter) => `To: ${letter.name} <${letter.person}>\nSubject: ${letter.subject}\n\n${letter.text}\n`).join('\n---\n\n')
      if (options.out !== undefined) await writeFile(resolve(invocation.terminal.cwd, options.out), text, { flag: 'wx', mode: 0o600 })
      return {
        json: letters,
        lines: options.out === undefined ? text.split('\n') : [`${count(letters.length, 'letter')} written to ${options.out}; noted in the log.`],
      }
    }))

  campaign.command('next-stage').argument('[campaign]', 'its number; may be left out when there is only one')
    .description('end the open stage and bring what it left open before the next reviewers')
    .addHelpText('after', `
Example:
  $ muster campaign next-stage 1`)
    .action(doing(async (invocation, [id]) => {
      const opened = await inWorkspace(invocation, async ({ client }) => client.campaigns.nextStage({ campaign: await campaignNumber(client, id) }))
      return {
        json: opened,
        lines: [
          `Stage ${opened.campaign.stage} is open until ${opened.campaign.dueOn}: ${count(opened.cases, 'grant')} before somebody again, ${count(opened.items, 'item')}.`,
          ...(opened.withoutReviewer === 0 ? [] : [`${count(opened.withoutReviewer, 'grant')} had nobody but their holder left; their outcome stands.`]),
        ],
      }
    }))
}

/** What a reviewer does with items somebody else knows better. */
export const addPassOn = ({ program, doing }: Cli): void => {
  withHandOn(program.command('pass-on').argument('<item...>', 'numbers of own open items ("muster queue")')
    .description('hand items to somebody who knows better')
    .option('--campaign <id>', 'which campaign, when there are several'))
    .addHelpText('after', `
Example:
  $ muster pass-on 17 18 --to ada@acme.example --reason "She gave it to him" --as mia@acme.example`)
    .action(doing<HandOn>(async (invocation, [given], options) => {
      const items = itemsOf(given as unknown as readonly string[]) ?? []
      const done = await inWorkspace(invocation, async ({ client }) =>
        client.review.passOn({ campaign: await myCampaign(client, options.campaign), items, to: options.to, reason: options.reason }))
      return { json: done, lines: handedOnLines(done, options.to), isFailed: done.refused.length > 0 || done.moved < items.length }
    }))
}
