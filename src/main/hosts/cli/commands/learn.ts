import { resolve } from 'node:path'
import type { z } from 'zod'
import type { learnedModelView, learningOverview } from '../../../../shared/contract/learning.ts'
import { historyFields, type HistoryMapping, type HistoryPreview, type LearnedStatement, type ShadowReport } from '../../../../shared/model/learning.ts'
import { collect, type Answer, type Cli } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { follow } from '../progress.ts'
import { inWorkspace, numberOf } from '../session.ts'
import { count, facts, table } from '../table.ts'

interface FileOptions {
  readonly column?: readonly string[]
  readonly delimiter?: HistoryMapping['delimiter']
  readonly dateOrder?: HistoryMapping['dateOrder']
}

const givenMapping = ({ column, delimiter, dateOrder }: FileOptions): Partial<HistoryMapping> => ({
  ...(column === undefined ? {} : { columns: Object.fromEntries(column.map(pairOf)) }),
  ...(delimiter === undefined ? {} : { delimiter }),
  ...(dateOrder === undefined ? {} : { dateOrder }),
})

const pairOf = (text: string): readonly [string, string] => {
  const at = text.indexOf('=')
  const field = text.slice(0, Math.max(0, at))
  if (!historyFields.some((one) => one === field)) throw new CommandRefusal(`--column is FIELD="Header", with a field of ${historyFields.join(', ')}; not "${text}".`)
  return [field, text.slice(at + 1)]
}

const percent = (share: number): string => `${(share / 100).toFixed(1)} %`
const signed = (weight: number): string => `${weight > 0 ? '+' : weight < 0 ? '−' : ''}${(Math.abs(weight) / 1000).toFixed(2)}`
const agreed = ({ decisions, agreed }: { readonly decisions: number; readonly agreed: number }): string =>
  `${agreed} of ${count(decisions, 'decision')}${decisions === 0 ? '' : `, ${Math.round((100 * agreed) / decisions)} %`}`

const previewLines = (found: HistoryPreview): readonly string[] => [
  ...(Object.keys(found.mapping.columns).length === 0
    ? ['No column was recognised.']
    : facts(Object.entries(found.mapping.columns).map(([field, column]) => [field, `← ${column}`]))),
  ...(found.missing.length === 0 ? [] : [`FAILED: no column for ${found.missing.join(', ')}. Columns in the file: ${found.header.join(', ')}`]),
  ...(found.protectedColumns.length === 0 ? [] : [`Never stored: ${found.protectedColumns.join(', ')}`]),
  '',
  ...table([
    { title: 'row', of: (one) => one.row, align: 'right' }, { title: 'account', of: (one) => one.account, max: 24 },
    { title: 'entitlement', of: (one) => one.entitlement, max: 28 }, { title: 'outcome', of: (one) => (one.isKept ? 'kept' : 'revoked') },
    { title: 'decided on', of: (one) => one.decidedOn }, { title: 'department', of: (one) => one.department ?? '', max: 20 },
    { title: 'title', of: (one) => one.title ?? '', max: 20 },
  ], found.rows.slice(0, 10), 'No decision was read.'),
  ...(found.rejects.length === 0 ? [] : ['', ...table([
    { title: 'row', of: (reject) => reject.row, align: 'right' as const }, { title: 'column', of: (reject) => reject.column ?? '' },
    { title: 'reason', of: (reject) => reject.reason, max: 90 },
  ], found.rejects, '')]),
]

const whatOf = ({ parts }: LearnedStatement): string => parts.map(({ name, value }) => (value === null ? name : `${name} “${value}”`)).join(', ')

const reportLines = (report: ShadowReport): readonly string[] => [
  ...facts([
    ['compared', `${report.before} with ${report.after}, as of ${report.asOf}`],
    ['learned from', `${count(report.history.decisions, 'decision')}: ${report.history.imported} imported, ${report.history.blind} blind, ${report.history.corrected} corrected later`],
    ['kept, told alike', agreed(report.heldOut.kept)], ['revoked, told alike', agreed(report.heldOut.revoked)],
    ['ranking (AUC)', (report.heldOut.auc / 10_000).toFixed(3)], ['calibration error', percent(report.heldOut.calibrationError)],
    ['advice that changes', `${report.changed} of ${count(report.grants, 'grant')}`],
    ['decided by a rule', `${report.ruled}, of which ${report.ruledChanged} change`],
  ]),
  '',
  ...table([
    { title: 'before', of: (move) => move.before }, { title: 'after', of: (move) => move.after }, { title: 'grants', of: (move) => move.grants, align: 'right' },
  ], report.moves, 'No access is known yet.'),
]

/** Ten habits of either side. */
const mostTelling = (statements: readonly LearnedStatement[]): readonly LearnedStatement[] =>
  [1, -1].flatMap((side) => statements.filter(({ weight }) => weight * side > 0).slice(0, 10))

const modelLines = ({ card, report, statements }: z.infer<typeof learnedModelView>): readonly string[] => [
  `Model ${card.id}, ${card.state}: ${card.version}, seed ${card.seed}, learned ${card.at.slice(0, 10)} by ${card.by}`,
  ...reportLines(report),
  '',
  ...table([
    { title: 'weighs', of: (one) => signed(one.weight), align: 'right' }, { title: 'kept', of: (one) => one.kept, align: 'right' },
    { title: 'revoked', of: (one) => one.revoked, align: 'right' }, { title: 'what', of: whatOf, max: 90 },
  ], mostTelling(statements), 'Nothing was decided often enough to be told as a habit.'),
  '', `Report: ${card.reportHash}`,
]

const overviewLines = (found: z.infer<typeof learningOverview>): readonly string[] => {
  const { history, missing, calibration } = found
  return [
    ...facts([
      ['weights in force', found.weights],
      ['to learn from', `${count(history.decisions, 'decision')}: ${history.kept} kept, ${history.revoked} revoked`],
      ['of them', `${history.imported} imported, ${history.blind} blind, ${history.corrected} corrected later`],
      ['left out', `${history.adviceSeen} decided with the advice in sight, ${history.undecided} left to look closer`],
      ['confidence', calibration.isCalibrated
        ? `a percentage, off by ${percent(calibration.error ?? 0)} on average`
        : `a word: ${calibration.blind} of ${calibration.needed} blind decisions under these weights`],
    ]),
    ...(missing.kept + missing.revoked === 0 ? [] : [`Missing before anything can be learned: ${missing.kept} kept and ${missing.revoked} revoked decisions.`]),
    '',
    ...table([
      { title: 'import', of: (one) => one.id, align: 'right' }, { title: 'file', of: (one) => one.fileName, max: 40 },
      { title: 'rows', of: (one) => one.rowsRead, align: 'right' }, { title: 'taken', of: (one) => one.imported, align: 'right' },
      { title: 'rejected', of: (one) => one.rejected, align: 'right' }, { title: 'counts', of: (one) => (one.withdrawn === null ? 'yes' : 'withdrawn') },
    ], found.imports, 'No file of past decisions was imported; "muster learn import FILE" does.'),
    '',
    ...table([
      { title: 'model', of: (one) => one.id, align: 'right' }, { title: 'state', of: (one) => one.state }, { title: 'version', of: (one) => one.version },
      { title: 'decisions', of: (one) => one.decisions, align: 'right' }, { title: 'learned', of: (one) => one.at.slice(0, 10) },
    ], found.models, 'Nothing was learned yet; "muster learn train" does.'),
  ]
}

const answered = <T>(json: T, lines: readonly string[]): Answer => ({ json, lines })

export const addLearn = ({ program, doing }: Cli): void => {
  const learn = program.command('learn').description('what past decisions teach: import them, learn, compare, activate, roll back')

  learn
    .command('import')
    .argument('<file>', 'CSV of past decisions: account, entitlement, outcome, decided on; department, title and manager at the time if known')
    .description('take past decisions to learn from; rows that cannot be taken are listed with why')
    .option('--column <field=header>', 'read a field from this column (several times)', collect)
    .option('--delimiter <sign>', 'what separates columns (default: found out)')
    .option('--date-order <order>', 'day-first or month-first (default: found out)')
    .option('--check', 'show what would be taken without saving')
    .addHelpText('after', `
Examples:
  $ muster learn import decisions-2025.csv --check
  $ muster learn import decisions-2025.csv --column outcome=ACTION --column decidedOn="Closed on" --date-order day-first`)
    .action(doing<FileOptions & { check?: boolean }>(async (invocation, [given = ''], options) => {
      const file = resolve(invocation.terminal.cwd, given)
      const mapping = givenMapping(options)
      if (options.check === true) {
        const found = await inWorkspace(invocation, ({ client }) => client.learning.preview({ file, mapping }))
        return { json: found, lines: previewLines(found), isFailed: found.missing.length > 0 }
      }
      return inWorkspace(invocation, async ({ client }) => {
        const taken = await follow(invocation.terminal, 'learn', await client.learning.importFile({ file, mapping }, { signal: invocation.terminal.signal }))
        const { rejects } = await client.learning.rejects({ import: taken.id, limit: 10 })
        return answered({ import: taken, rejects }, [
          `Import ${taken.id}: ${count(taken.rowsRead, 'row')} read = ${taken.imported} taken + ${taken.rejected} rejected + ${taken.merged} said twice.`,
          `${taken.kept} kept, ${taken.revoked} revoked. SHA-256 ${taken.fileSha256}`,
          ...rejects.map(({ row, reason }) => `Row ${row}: ${reason}`),
        ])
      })
    }))

  learn
    .command('withdraw')
    .argument('<import>', 'number of an import')
    .description('an import no longer counts for what is learned from now on')
    .requiredOption('--reason <text>', 'why; it goes into the evidence')
    .addHelpText('after', `
Example:
  $ muster learn withdraw 1 --reason "decisions of another company"`)
    .action(doing<{ reason: string }>(async (invocation, [id], { reason }) => {
      const withdrawn = await inWorkspace(invocation, ({ client }) => client.learning.withdraw({ import: numberOf(id, 'import'), reason }))
      return answered(withdrawn, [`Import ${withdrawn.id} (${withdrawn.fileName}) no longer counts.`])
    }))

  learn
    .command('train')
    .description('learn a model and compare it with the weights in force; it changes no advice until it is activated')
    .option('--seed <number>', 'same decisions and seed, same model (default 1)')
    .addHelpText('after', `
Example:
  $ muster learn train`)
    .action(doing<{ seed?: string }>(async (invocation, _, { seed }) =>
      inWorkspace(invocation, async ({ client }) => {
        const input = seed === undefined ? {} : { seed: numberOf(seed, 'seed') }
        const card = await follow(invocation.terminal, 'learn', await client.learning.train(input, { signal: invocation.terminal.signal }))
        const view = await client.learning.show({ model: card.id })
        return answered(view, [...modelLines(view), `Learned in ${card.seconds} s. In force only after "muster learn activate ${card.id} --report ${card.reportHash.slice(0, 12)}".`])
      })))

  learn
    .command('show')
    .argument('[model]', 'a model\'s number; without it, what there is to learn from and what was learned')
    .description('what was learned, and what it would change')
    .addHelpText('after', `
Examples:
  $ muster learn show
  $ muster learn show 2 --json`)
    .action(doing(async (invocation, [id]) => inWorkspace(invocation, async ({ client }) => {
      if (id === undefined) {
        const overview = await client.learning.overview()
        return answered(overview, overviewLines(overview))
      }
      const view = await client.learning.show({ model: numberOf(id, 'model') })
      return answered(view, modelLines(view))
    })))

  learn
    .command('activate')
    .argument('<model>', 'a model\'s number')
    .description('campaigns launched from now on use the model; running ones keep what they have')
    .requiredOption('--report <hash>', 'the report\'s hash as "muster learn show MODEL" prints it, or its first 12 signs')
    .addHelpText('after', `
Example:
  $ muster learn activate 2 --report 9f2c61d07a3b`)
    .action(doing<{ report: string }>(async (invocation, [id], { report }) => inWorkspace(invocation, async ({ client }) => {
      const model = numberOf(id, 'model')
      const { card } = await client.learning.show({ model })
      const isNamed = report.length >= 12 && card.reportHash.startsWith(report.toLowerCase())
      const active = await client.learning.activate({ model, reportHash: isNamed ? card.reportHash : report })
      return answered(active, [`Model ${active.id} is in force as ${active.version} for campaigns launched from now on.`])
    })))

  learn
    .command('rollback')
    .description('back to what was in force before; running campaigns keep what they have')
    .requiredOption('--reason <text>', 'why; it goes into the evidence')
    .addHelpText('after', `
Example:
  $ muster learn rollback --reason "too many wrong revokes in finance"`)
    .action(doing<{ reason: string }>(async (invocation, _, { reason }) => {
      const now = await inWorkspace(invocation, ({ client }) => client.learning.rollback({ reason }))
      return answered(now, [`In force now: weights ${now.weights}.`])
    }))

  learn
    .command('report')
    .argument('<model>', 'a model\'s number')
    .description('the before/after report alone: how much advice changes, which way, and the largest changes')
    .addHelpText('after', `
Example:
  $ muster learn report 2`)
    .action(doing(async (invocation, [id]) => {
      const { report, card } = await inWorkspace(invocation, ({ client }) => client.learning.show({ model: numberOf(id, 'model') }))
      return answered(report, [
        ...reportLines(report), '',
        ...table([
          { title: 'person', of: (one) => one.subject, max: 28 }, { title: 'entitlement', of: (one) => one.entitlement, max: 36 },
          { title: 'before', of: (one) => `${one.before} ${signed(one.beforeScore)}` }, { title: 'after', of: (one) => `${one.after} ${signed(one.afterScore)}` },
        ], report.examples, 'No advice changes.'),
        '', `Report: ${card.reportHash}`,
      ])
    }))
}
