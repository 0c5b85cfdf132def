import { resolve } from 'node:path'
import type { z } from 'zod'
import type { preview } from '../../../../shared/contract/sources.ts'
import { fileSourceKind, type FileSourceKind } from '../../../../shared/model/source.ts'
import type { Cli } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { inWorkspace, numberOf } from '../session.ts'
import { count, facts, table } from '../table.ts'
import { givenMapping, withMappingOptions, type MappingOptions } from './mapping-options.ts'
import { addLiveSources } from './live-source.ts'
import { addSourceRuns } from './source-runs.ts'

interface AddOptions extends MappingOptions {
  readonly kind: string
  readonly accountsOf?: string
  readonly holdBelow?: string
}

const kindOf = (text: string): FileSourceKind => {
  const parsed = fileSourceKind.safeParse(text)
  if (!parsed.success) throw new CommandRefusal(`--kind is one of ${fileSourceKind.options.join(', ')}, not "${text}".`)
  return parsed.data
}

const shareOf = (text: string): number => {
  const share = Number(text)
  if (text.trim() === '' || !(share >= 0 && share <= 1)) throw new CommandRefusal(`--hold-below is a share between 0 and 1, not "${text}".`)
  return share
}

/** How a file would be read: the mapping, what is missing, the first rows and every rejected one among them. */
const previewLines = (found: z.infer<typeof preview>): readonly string[] => {
  const fields = Object.entries({ ...found.mapping.columns, ...found.mapping.constants })
  const columns = Object.keys(found.rows[0] ?? {}).slice(0, 7)
  return [
    ...(fields.length === 0 ? ['No column was recognised.'] : facts(fields.map(([field]) => [
      field, field in found.mapping.columns ? `← ${found.mapping.columns[field] ?? ''}` : `= "${found.mapping.constants[field] ?? ''}"`,
    ]))),
    ...(found.missing.length === 0 ? [] : [`FAILED: no column for ${found.missing.join(', ')}. Columns in the file: ${found.header.join(', ')}`]),
    ...(found.protectedColumns.length === 0 ? [] : [`Never stored: ${found.protectedColumns.join(', ')}`]),
    '',
    ...table(columns.map((title) => ({ title, of: (row: Record<string, string | null>) => row[title] ?? '', max: 24 })), found.rows.slice(0, 10), 'No row was read.'),
    ...(found.rejects.length === 0 ? [] : ['', `Among the first ${count(found.rowsRead, 'row')}:`, ...table([
      { title: 'row', of: (reject) => reject.row, align: 'right' as const }, { title: 'column', of: (reject) => reject.column },
      { title: 'effect', of: (reject) => reject.effect }, { title: 'reason', of: (reject) => reject.reason, max: 80 },
    ], found.rejects, '')]),
  ]
}

export const addSource = (cli: Cli): void => {
  const { program, doing } = cli
  const source = program.command('source').description('where the rows come from: entitlement lists, sign-ins, HR')

  withMappingOptions(
    source
      .command('add')
      .argument('<name>', 'what to call it, such as directory or hr')
      .argument('<file>', 'the CSV file')
      .description('add a source; its columns are guessed from the header')
      .requiredOption('--kind <kind>', fileSourceKind.options.join(', '))
      .option('--accounts-of <source>', 'for sign-ins: the source whose accounts the login names belong to')
      .option('--hold-below <share>', 'hold a file with fewer than this share of the last one\'s records (default 0.7)'),
  )
    .addHelpText('after', `
Examples:
  $ muster source add hr people.csv --kind hr
  $ muster source add directory groups.csv --kind csv-entitlements --split ';' --constant application=Directory
  $ muster source add sign-ins logins.csv --kind csv-sign-ins --accounts-of directory --column account=UserPrincipalName`)
    .action(doing<AddOptions>(async (invocation, [name = '', file = ''], options) => {
      const kind = kindOf(options.kind)
      const mapping = await givenMapping(invocation.terminal.cwd, options)
      const config = {
        file: resolve(invocation.terminal.cwd, file),
        ...(options.accountsOf === undefined ? {} : { accountsOf: options.accountsOf }),
        ...(options.holdBelow === undefined ? {} : { holdBelowShare: shareOf(options.holdBelow) }),
      }
      const { added, found } = await inWorkspace(invocation, async ({ client }) => {
        const added = await client.sources.add({ name, kind, config, mapping })
        return { added, found: await client.sources.preview({ source: added.name }) }
      })
      return { json: { source: added, preview: found }, lines: [`Added ${added.name}.`, ...previewLines(found)], isFailed: found.missing.length > 0 }
    }))

  withMappingOptions(
    source
      .command('map')
      .argument('<name>', 'the source')
      .description('change how a source\'s columns are read, and check it against the file')
      .option('--check', 'show what would be read without saving'),
  )
    .addHelpText('after', `
Examples:
  $ muster source map hr --check
  $ muster source map hr --column employeeId="Worker ID" --column managerId="Manager ID" --date-order day-first`)
    .action(doing<MappingOptions & { check?: boolean }>(async (invocation, [name = ''], options) => {
      const mapping = await givenMapping(invocation.terminal.cwd, options)
      const found = await inWorkspace(invocation, ({ client }) =>
        options.check === true || mapping === null ? client.sources.preview({ source: name, mapping }) : client.sources.map({ source: name, mapping }))
      return { json: found, lines: previewLines(found), isFailed: found.missing.length > 0 }
    }))

  source
    .command('list')
    .description('the sources and their last runs')
    .addHelpText('after', `
Example:
  $ muster source list`)
    .action(doing(async (invocation) => {
      const sources = await inWorkspace(invocation, ({ client }) => client.sources.list())
      return {
        json: sources,
        lines: table([
          { title: 'source', of: (card) => card.name }, { title: 'kind', of: (card) => card.kind },
          { title: 'last run', of: (card) => card.lastRun?.state ?? 'never' }, { title: 'known as of', of: (card) => card.lastTaken?.asOf ?? '' },
          { title: 'rows', of: (card) => card.lastTaken?.rowsRead ?? '', align: 'right' },
          { title: 'rejected', of: (card) => card.lastTaken?.rejected ?? '', align: 'right' }, { title: 'file', of: (card) => card.config.from === 'file' ? card.config.file : card.config.from, max: 60 },
        ], sources, 'There is no source yet; add one with "muster source add".'),
      }
    }))

  source
    .command('remove')
    .argument('<name>', 'the source')
    .description('take a source out; what it proved in past campaigns stays in their evidence')
    .addHelpText('after', `
Example:
  $ muster source remove sign-ins`)
    .action(doing(async (invocation, [name = '']) => {
      const removed = await inWorkspace(invocation, ({ client }) => client.sources.remove({ source: name }))
      return { json: removed, lines: [`Removed ${removed.removed}.`] }
    }))

  source
    .command('judge')
    .argument('<run>', 'number of a held run ("muster source runs")')
    .description('the officer\'s word on a file that was held because it shrank or was cut off')
    .option('--accept', 'the file is right: take it')
    .option('--discard', 'the file is wrong: throw it away')
    .requiredOption('--reason <text>', 'why; it goes into the evidence')
    .addHelpText('after', `
Example:
  $ muster source judge 7 --accept --reason "The subsidiary was sold on 2026-03-31"`)
    .action(doing<{ accept?: boolean; discard?: boolean; reason: string }>(async (invocation, [run], options) => {
      if ((options.accept === true) === (options.discard === true)) throw new CommandRefusal('Say either --accept or --discard.')
      const judged = await inWorkspace(invocation, ({ client }) =>
        client.sources.judgeHeld({ run: numberOf(run, 'run'), accept: options.accept === true, reason: options.reason }))
      return { json: judged, lines: [`Run ${judged.id} of ${judged.sourceName} is now ${judged.state}.`] }
    }))

  addLiveSources(source, cli)
  addSourceRuns(source, cli)
}
