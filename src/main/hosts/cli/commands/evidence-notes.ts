// What an officer enters by hand into a campaign's evidence: tests of the population, audit samples, custody, the reason of an amendment.
import { Option } from 'commander'
import { custodyKind, populationTestKind, sampleAmong } from '../../../../shared/model/report-facts.ts'
import type { CustodyKind, LogFacts, PopulationTestKind, SampleAmong } from '../../../../shared/model/report-facts.ts'
import type { Answer, Cli } from '../cli.ts'
import { campaignNumber, inWorkspace, numberOf } from '../session.ts'
import { count, table } from '../table.ts'

interface Notes extends Pick<LogFacts, 'tests' | 'samples' | 'custody' | 'amendments' | 'sealed'> {
  readonly campaign: number
  readonly name: string
}

const testLines = ({ tests }: Notes): readonly string[] => table([
  { title: 'no.', of: (test) => test.test, align: 'right' }, { title: 'test', of: (test) => test.what }, { title: 'source', of: (test) => test.source ?? '' },
  { title: 'expected', of: (test) => test.expected, align: 'right' }, { title: 'found', of: (test) => test.found, align: 'right' },
  { title: 'outcome', of: (test) => (test.expected === test.found ? 'passed' : 'FAILED') }, { title: 'how', of: (test) => test.how, max: 60 },
  { title: 'by', of: (test) => test.by },
], tests, 'No test was entered yet.')

const sampleLines = ({ samples }: Notes): readonly string[] => table([
  { title: 'no.', of: (sample) => sample.sample, align: 'right' }, { title: 'seed', of: (sample) => sample.seed, max: 40 }, { title: 'from', of: (sample) => sample.among },
  { title: 'of', of: (sample) => sample.population, align: 'right' }, { title: 'items', of: (sample) => sample.items.join(' '), max: 110 },
], samples, 'No sample was drawn yet.')

const custodyLines = ({ custody }: Notes): readonly string[] => table([
  { title: 'at', of: (note) => note.at }, { title: 'what', of: (note) => note.what }, { title: 'where', of: (note) => note.where, max: 50 },
  { title: 'until', of: (note) => note.until ?? '' }, { title: 'note', of: (note) => note.note, max: 50 }, { title: 'by', of: (note) => note.by },
], custody, 'Nothing was noted yet.')

const answer = (notes: Notes, lines: readonly string[]): Answer => ({ json: notes, lines })

export const addEvidenceNotes = ({ program, doing }: Cli): void => {
  const ipe = program.command('ipe').description('tests that the population is complete and accurate, made outside Muster and entered here')
  ipe.command('test').argument('[campaign]', 'its number; may be left out when there is only one')
    .description('enter what was counted elsewhere and what the list holds; a difference is printed as FAILED')
    .addOption(new Option('--what <kind>', 'which test').choices(populationTestKind.options).makeOptionMandatory())
    .requiredOption('--expected <n>', 'the other side\'s count, or how many rows were traced')
    .requiredOption('--found <n>', 'this list\'s count, or how many of the traced rows agreed')
    .requiredOption('--how <text>', 'which page, report or person gave the other count')
    .option('--source <name>', 'the source it is about')
    .option('--explain <text>', 'what explains a difference')
    .addHelpText('after', `
Examples:
  $ muster ipe test 1 --what hr-headcount --expected 812 --found 812 --how "Headcount report of 31 October"
  $ muster ipe test 1 --what list-to-system --source okta --expected 25 --found 25 --how "25 rows looked up in the console"`)
    .action(doing<{ what: PopulationTestKind; expected: string; found: string; how: string; source?: string; explain?: string }>(async (invocation, [id], options) => {
      const notes = await inWorkspace(invocation, async ({ client }) => client.evidence.enterTest({
        campaign: await campaignNumber(client, id), what: options.what, expected: numberOf(options.expected, 'count'), found: numberOf(options.found, 'count'),
        how: options.how, source: options.source ?? null, explanation: options.explain ?? '',
      }))
      return answer(notes, testLines(notes))
    }))
  ipe.command('list').argument('[campaign]', 'its number; may be left out when there is only one').description('the tests entered so far')
    .addHelpText('after', `
Example:
  $ muster ipe list 1`)
    .action(doing(async (invocation, [id]) => {
      const notes = await inWorkspace(invocation, async ({ client }) => client.evidence.notes({ campaign: await campaignNumber(client, id) }))
      return answer(notes, testLines(notes))
    }))

  const sample = program.command('sample').description('samples an auditor can draw again')
  sample.command('draw').argument('[campaign]', 'its number; may be left out when there is only one')
    .description('draw items of a closed campaign: same seed, same items')
    .requiredOption('--seed <text>', 'named by the auditor, or from a public draw')
    .requiredOption('--size <n>', 'how many items')
    .addOption(new Option('--among <outcome>', 'only items with this outcome').choices(sampleAmong.options).default('all'))
    .addHelpText('after', `
The items in the order of SHA-256("muster-sample-v1" LF seed LF item), the first so many.

Example:
  $ muster sample draw 1 --seed "lottery of 21 November: 4 8 15 16 23 42" --size 25 --among keep`)
    .action(doing<{ seed: string; size: string; among: SampleAmong }>(async (invocation, [id], options) => {
      const notes = await inWorkspace(invocation, async ({ client }) => client.evidence.drawSample({
        campaign: await campaignNumber(client, id), seed: options.seed, size: numberOf(options.size, 'size'), among: options.among,
      }))
      return answer(notes, sampleLines(notes))
    }))
  sample.command('list').argument('[campaign]', 'its number; may be left out when there is only one').description('the samples drawn so far')
    .addHelpText('after', `
Example:
  $ muster sample list 1`)
    .action(doing(async (invocation, [id]) => {
      const notes = await inWorkspace(invocation, async ({ client }) => client.evidence.notes({ campaign: await campaignNumber(client, id) }))
      return answer(notes, sampleLines(notes))
    }))

  sample.command('show').argument('<number>', 'which sample').argument('[campaign]', 'its number; may be left out when there is only one')
    .description('a sample\'s items with their decisions, drawn again with its seed to compare; exit 1 when other items come out')
    .option('--csv', 'print it for a spreadsheet, with every column of items.csv')
    .addHelpText('after', `
Examples:
  $ muster sample show 1
  $ muster sample show 1 2 --csv > sample-1.csv`)
    .action(doing<{ csv?: true }>(async (invocation, [number = '', id], options) => {
      const shown = await inWorkspace(invocation, async ({ client }) => client.evidence.sample({ campaign: await campaignNumber(client, id), sample: numberOf(number, 'sample') }))
      if (options.csv === true) return { json: shown, lines: shown.csv.trimEnd().split('\r\n'), isFailed: !shown.isSame }
      return {
        json: shown, isFailed: !shown.isSame,
        lines: [
          ...table([
            { title: 'item', of: (one) => one.item, align: 'right' }, { title: 'person', of: (one) => one.subject ?? '' }, { title: 'account', of: (one) => one.account },
            { title: 'application', of: (one) => one.application ?? one.source }, { title: 'entitlement', of: (one) => one.entitlement }, { title: 'outcome', of: (one) => one.outcome },
            { title: 'by', of: (one) => one.decidedBy ?? one.reviewer },
          ], shown.items, 'The sample is empty.'),
          shown.isSame ? 'Drawn again with its seed: the same items.' : 'Drawn again with its seed: OTHER items come out. The campaign is not the one the sample was drawn from.',
        ],
      }
    }))

  const custody = program.command('custody').description('where the evidence lies, who was given it, how long it is kept')
  custody.command('note').argument('[campaign]', 'its number; may be left out when there is only one').description('write one line into the custody log')
    .addOption(new Option('--what <kind>', 'what happened').choices(custodyKind.options).makeOptionMandatory())
    .requiredOption('--where <text>', 'the place, or the person')
    .option('--until <date>', 'last day of keeping, YYYY-MM-DD; needed for retention')
    .option('--note <text>', 'anything else', '')
    .addHelpText('after', `
Examples:
  $ muster custody note 1 --what handed-over --where "Ingrid Example, external audit"
  $ muster custody note 1 --what retention --where "audit share" --until 2033-12-31`)
    .action(doing<{ what: CustodyKind; where: string; until?: string; note: string }>(async (invocation, [id], options) => {
      const notes = await inWorkspace(invocation, async ({ client }) => client.evidence.noteCustody({
        campaign: await campaignNumber(client, id), what: options.what, where: options.where, until: options.until ?? null, note: options.note,
      }))
      return answer(notes, custodyLines(notes))
    }))
  custody.command('list').argument('[campaign]', 'its number; may be left out when there is only one').description('the custody log of a campaign')
    .addHelpText('after', `
Example:
  $ muster custody list 1`)
    .action(doing(async (invocation, [id]) => {
      const notes = await inWorkspace(invocation, async ({ client }) => client.evidence.notes({ campaign: await campaignNumber(client, id) }))
      return answer(notes, custodyLines(notes))
    }))

  program.command('frameworks').description('the frameworks a control can name, with the clauses the report answers')
    .addHelpText('after', `
Example:
  $ muster frameworks`)
    .action(doing(async (invocation) => {
      const all = await inWorkspace(invocation, ({ client }) => client.evidence.frameworks())
      return {
        json: all,
        lines: table([
          { title: 'name', of: (one) => one.name }, { title: 'clauses', of: (one) => one.clauses.map(({ ref }) => ref).join(', '), max: 60 },
          { title: 'edition', of: (one) => one.edition, max: 80 },
        ], all, `${count(0, 'framework')}.`),
      }
    }))
}
