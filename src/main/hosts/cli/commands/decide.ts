import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { decisionInput, outcome, type DecisionInput } from '../../../../shared/model/decision.ts'
import type { Answer, Cli, Invocation } from '../cli.ts'
import { CommandRefusal, failureOf } from '../failure.ts'
import { progressLine } from '../progress.ts'
import { inWorkspace, myCampaign, numberOf, type Session } from '../session.ts'
import { count, table } from '../table.ts'
import { readDecisions, type DecisionRow } from './decisions-file.ts'

interface Options {
  readonly file?: string
  readonly until?: string
  readonly reasonCode?: string
  readonly reason?: string
}

interface Refused {
  readonly row: number
  readonly problem: string
}

const oneDecision = (item: string | undefined, what: string | undefined, options: Options): DecisionInput => {
  const parsed = decisionInput.safeParse({
    itemId: numberOf(item, 'item'), outcome: what, until: options.until ?? null, reasonCode: options.reasonCode ?? null, reasonText: options.reason ?? null,
  })
  if (parsed.success) return parsed.data
  const names: Readonly<Record<string, string>> = { outcome: `outcome (${outcome.options.join(', ')})`, reasonCode: '--reason-code', reasonText: '--reason', until: '--until' }
  throw new CommandRefusal(`${parsed.error.issues.map((issue) => `${names[String(issue.path[0])] ?? String(issue.path[0])}: ${issue.message}`).join('; ')}. Nothing was decided.`)
}

const decideOne = async (invocation: Invocation, input: DecisionInput): Promise<Answer> => {
  const { item, progress } = await inWorkspace(invocation, ({ client }) => client.review.decide(input))
  const advice = item.advice === null ? '' : ` The advice was ${item.advice.action}.`
  return {
    json: { item, progress },
    lines: [`${item.subject.name}, ${item.access.entitlement}: ${item.decision?.outcome ?? 'undecided'}.${advice} ${count(progress.undecided, 'item')} undecided.`],
  }
}

/** Every good row is decided, each for itself and lasting; every bad one comes back with its row number and reason. */
const decideRows = async (
  { terminal }: Invocation, { client }: Session, rows: readonly DecisionRow[],
): Promise<{ decided: number; refused: readonly Refused[]; notTried: number }> => {
  const bar = progressLine(terminal)
  const refused: Refused[] = []
  let decided = 0
  for (const row of rows) {
    if (terminal.signal.aborted) break
    if (row.item === null) {
      refused.push({ row: row.row, problem: row.problem })
      continue
    }
    try {
      await client.review.decide(row.input)
      decided += 1
      bar.show(`Deciding ${decided + refused.length} of ${rows.length}`)
    } catch (error) {
      const failure = failureOf(error)
      // A store that fails, or something unforeseen, will not get better with the next row.
      if (!failure.isForeseen || failure.code === 'store') {
        bar.clear()
        throw new CommandRefusal(`Row ${row.row} failed: ${failure.message} The ${count(decided, 'decision')} before it are kept.`, failure.code)
      }
      refused.push({ row: row.row, problem: failure.message })
    }
  }
  bar.clear()
  return { decided, refused, notTried: rows.length - decided - refused.length }
}

const decideFile = async (invocation: Invocation, file: string): Promise<Answer> => {
  const rows = readDecisions(await readFile(resolve(invocation.terminal.cwd, file), 'utf8'), file)
  const done = await inWorkspace(invocation, (session) => decideRows(invocation, session, rows))
  const totals = `${count(rows.length, 'row')}: ${done.decided} decided, ${done.refused.length} refused, ${done.notTried} not tried.`
  return {
    json: { rows: rows.length, ...done },
    lines: [
      ...(done.refused.length === 0 ? [] : table([{ title: 'row', of: (one) => one.row, align: 'right' }, { title: 'problem', of: (one) => one.problem, max: 120 }], done.refused, '')),
      totals,
    ],
    isFailed: done.refused.length > 0 || done.notTried > 0,
  }
}

export const addDecide = ({ program, doing }: Cli): void => {
  program
    .command('decide')
    .argument('[item]', 'its number ("muster queue")')
    .argument('[outcome]', outcome.options.join(', '))
    .description('decide one item, or many from a CSV file; pending until sign-off')
    .option('--until <date>', 'last day, for keep-until')
    .option('--reason-code <code>', 'one of the short list ("muster item N --json" shows which fit)')
    .option('--reason <text>', 'in your own words')
    .option('--file <csv>', 'header item,outcome,until,reason_code,reason; exit 1 when a row was refused')
    .addHelpText('after', `
Examples:
  $ muster decide 17 revoke --reason-code changed-job --as rui@acme.example
  $ muster decide 18 keep-until --until 2027-01-31 --reason-code needed-until-date
  $ muster decide --file decisions.csv --as rui@acme.example`)
    .action(doing<Options>((invocation, [item, what], options) => {
      if (options.file === undefined) return decideOne(invocation, oneDecision(item, what, options))
      if (item !== undefined) throw new CommandRefusal('Decide either one item or a --file, not both.')
      return decideFile(invocation, options.file)
    }))

  program
    .command('undo')
    .argument('[item]', 'its number')
    .description('take a decision back, as often as you like until sign-off')
    .option('--together <id>', 'all that was decided in one go, by its number ("muster together")')
    .option('--campaign <id>', 'with --together: which campaign; may be left out when there is only one')
    .addHelpText('after', `
Examples:
  $ muster undo 17 --as rui@acme.example
  $ muster undo --together 4711 --as rui@acme.example`)
    .action(doing<{ together?: string; campaign?: string }>(async (invocation, [item], options) => {
      if (options.together !== undefined) {
        if (item !== undefined) throw new CommandRefusal('Undo either one item or what was decided --together, not both.')
        const id = numberOf(options.together, 'number of what was decided together')
        const all = await inWorkspace(invocation, async ({ client }) => client.review.undoTogether({ campaign: await myCampaign(client, options.campaign), id }))
        return { json: all, lines: [`${count(all.undone.length, 'item')} undecided again.`] }
      }
      const undone = await inWorkspace(invocation, ({ client }) => client.review.undo({ itemId: numberOf(item, 'item') }))
      return { json: undone, lines: [`${undone.item.subject.name}, ${undone.item.access.entitlement}: undecided again.`] }
    }))
}
