import type { z } from 'zod'
import type { adviceLine } from '../../../../shared/contract/campaigns.ts'
import { action } from '../../../../shared/model/recommendation.ts'
import type { Cli } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { progressLine } from '../progress.ts'
import { inWorkspace, numberOf } from '../session.ts'
import { count } from '../table.ts'
import { cut, padded, printable, printableJson } from '../terminal-text.ts'

type AdviceLine = z.infer<typeof adviceLine>

interface Options {
  readonly all?: boolean
  readonly campaign?: string
  readonly action?: string
}

/** Thousandths of log-odds as a signed number: `-1.250`. */
export const scoreText = (score: number): string => `${score > 0 ? '+' : ''}${(score / 1000).toFixed(2)}`

const column = (text: string, columns: number): string => padded(cut(printable(text), columns), columns, 'left')

const lineOf = (line: AdviceLine): string =>
  [
    column(line.subject, 26), column(`${line.application}: ${line.entitlement}`, 44), column(line.action, 11), padded(scoreText(line.score), 6, 'right'),
    printable([...line.rules, ...line.signals.filter((signal) => signal.weight !== 0).map((signal) => `${signal.kind}(${scoreText(signal.weight)})`)].join(' ')),
  ].join('  ')

const wantedAction = (text: string | undefined): AdviceLine['action'] | null => {
  if (text === undefined) return null
  const parsed = action.safeParse(text)
  if (!parsed.success) throw new CommandRefusal(`--action is one of ${action.options.join(', ')}, not "${text}".`)
  return parsed.data
}

export const addRecommend = ({ program, doing }: Cli): void => {
  program
    .command('recommend')
    .description('the engine\'s advice, one line per person and right: subject, entitlement, recommendation, score, signals')
    .option('--all', 'on every open grant (this is also the default)')
    .option('--campaign <id>', 'on a campaign\'s items, as they were frozen')
    .option('--action <action>', 'only keep, revoke or look-closer')
    .addHelpText('after', `
Examples:
  $ muster recommend --action revoke
  $ muster recommend --campaign 2 --json > advice.jsonl`)
    .action(doing<Options>(async (invocation, _, options) => {
      const { terminal, globals } = invocation
      if (options.all === true && options.campaign !== undefined) throw new CommandRefusal('Say either --all or --campaign ID.')
      const only = wantedAction(options.action)
      const campaign = options.campaign === undefined ? null : numberOf(options.campaign, 'campaign')
      const totals = { keep: 0, revoke: 0, 'look-closer': 0 }
      await inWorkspace(invocation, async ({ client }) => {
        const { asOf } = await client.workspace.session()
        const bar = progressLine(terminal)
        try {
          for await (const batch of await client.campaigns.recommend({ campaign, asOf }, { signal: terminal.signal })) {
            for (const line of batch.lines) totals[line.action] += 1
            const wanted = batch.lines.filter((line) => only === null || line.action === only)
            if (wanted.length > 0) terminal.out(`${wanted.map((line) => (globals.isJson ? printableJson(line) : lineOf(line))).join('\n')}\n`)
            if (!terminal.isOutTty) bar.show(`Weighing ${batch.done} of ${batch.total}`)
          }
        } finally {
          bar.clear()
        }
      })
      return {
        json: undefined,
        lines: [`${count(totals.keep + totals.revoke + totals['look-closer'], 'grant')}: ${totals.keep} keep, ${totals.revoke} revoke, ${totals['look-closer']} look closer.`],
      }
    }))
}
