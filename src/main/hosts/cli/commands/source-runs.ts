import type { Command } from 'commander'
import type { RunCollection } from '../../../../shared/model/live-source.ts'
import type { Run } from '../../../../shared/model/source.ts'
import type { Cli } from '../cli.ts'
import { inWorkspace, numberOf } from '../session.ts'
import { facts, table, type Column } from '../table.ts'
import { printable } from '../terminal-text.ts'
import { pageOf, withPage, type PageOptions } from './page-options.ts'

export const runColumns: readonly Column<Run>[] = [
  { title: 'run', of: (run) => run.id, align: 'right' }, { title: 'source', of: (run) => run.sourceName }, { title: 'state', of: (run) => run.state },
  { title: 'as of', of: (run) => run.asOf }, { title: 'read', of: (run) => run.rowsRead, align: 'right' },
  { title: 'imported', of: (run) => run.imported, align: 'right' }, { title: 'rejected', of: (run) => run.rejected, align: 'right' },
  { title: 'merged', of: (run) => run.merged, align: 'right' }, { title: 'snapshot', of: (run) => run.snapshotId, align: 'right' },
  { title: 'notes', of: (run) => run.notes.join(' '), max: 60 },
]

const collectionColumns: readonly Column<RunCollection>[] = [
  { title: 'collection', of: (one) => one.name }, { title: 'mode', of: (one) => one.mode }, { title: 'pages', of: (one) => one.pages, align: 'right' },
  { title: 'records', of: (one) => one.records, align: 'right' }, { title: 'source counts', of: (one) => one.sourceCount, align: 'right' },
  { title: 'we hold', of: (one) => (one.sourceCount === null ? '' : one.heldCount), align: 'right' }, { title: 'rejected', of: (one) => one.rejects, align: 'right' },
  { title: 'retries', of: (one) => one.retries, align: 'right' },
  { title: 'waited', of: (one) => `${(one.throttledMs / 1000).toFixed(1)} s`, align: 'right' },
  { title: 'covers', of: (one) => (one.from === null || one.to === null ? null : `${one.from} – ${one.to}`), max: 52 },
  { title: 'read to its end', of: (one) => (one.isComplete ? 'yes' : 'NO') },
]

const inSeconds = (from: string, to: string | null): string => (to === null ? 'not ended' : `${((Date.parse(to) - Date.parse(from)) / 1000).toFixed(1)} s`)

/** One run as an auditor asks about it: what was asked, what came, what did not. */
const runLines = (run: Run, collections: readonly RunCollection[]): readonly string[] => [
  ...facts([
    ['run', run.id], ['source', `${run.sourceName} (${run.sourceKind})`], ['state', run.state], ['as of', run.asOf], ['read by', run.actor],
    ['started', run.startedAt], ['took', inSeconds(run.startedAt, run.finishedAt)], ['asked', run.query],
    ['read', `${run.rowsRead} = ${run.imported} imported + ${run.rejected} rejected + ${run.merged} merged`], ['snapshot', run.snapshotId ?? 'none'],
    ['raw extract', run.file === null ? 'none' : `${run.file.storedAs} (${run.file.bytes} bytes, SHA-256 ${run.file.sha256})`],
  ]),
  ...run.notes.map((note) => printable(`! ${note}`)),
  ...(collections.length === 0 ? [] : ['', ...table(collectionColumns, collections, '')]),
  ...collections.flatMap((one) => [
    ...(one.query === '' ? [] : ['', printable(`${one.name}, ${one.apiVersion}:`), ...one.query.split('\n').map((query) => printable(`  ${query}`))]),
    ...one.gaps.map((gap) => printable(`  ! ${one.name}: ${gap}`)),
  ]),
]

export const addSourceRuns = (source: Command, { doing }: Cli): void => {
  source
    .command('runs')
    .argument('[name]', 'only this source')
    .description('what each reading did, so that it can be reconciled: read = imported + rejected + merged')
    .addHelpText('after', `
Example:
  $ muster source runs hr`)
    .action(doing(async (invocation, [name]) => {
      const runs = await inWorkspace(invocation, ({ client }) => client.sources.runs({ source: name ?? null }))
      return { json: runs, lines: table(runColumns, runs, 'Nothing was read yet; "muster sync" reads the sources.') }
    }))

  source
    .command('run')
    .argument('<run>', 'number of a run')
    .description('one reading in full: exact queries, pages, records, the source\'s own counts, waiting, gaps, the raw extract\'s hash')
    .addHelpText('after', `
Examples:
  $ muster source run 12
  $ muster source run 12 --json`)
    .action(doing(async (invocation, [number]) => {
      const shown = await inWorkspace(invocation, ({ client }) => client.sources.run({ run: numberOf(number, 'run') }))
      return { json: shown, lines: runLines(shown.run, shown.collections) }
    }))

  withPage(
    source
      .command('rejects')
      .argument('<run>', 'number of a run')
      .description('every row of a run that was not taken, or not wholly, with why'),
  )
    .addHelpText('after', `
Example:
  $ muster source rejects 3 --limit 1000 --json`)
    .action(doing<PageOptions>(async (invocation, [run], options) => {
      const page = await inWorkspace(invocation, ({ client }) => client.sources.rejects({ run: numberOf(run, 'run'), ...pageOf(options) }))
      return {
        json: page,
        lines: [
          ...table([
            { title: 'row', of: (reject) => reject.row, align: 'right' }, { title: 'column', of: (reject) => reject.column },
            { title: 'code', of: (reject) => reject.code }, { title: 'effect', of: (reject) => reject.effect },
            { title: 'reason', of: (reject) => reject.reason, max: 80 }, { title: 'row as read', of: (reject) => reject.raw, max: 60 },
          ], page.rejects, 'No row was rejected.'),
          ...(page.total > page.rejects.length ? [`${page.rejects.length} of ${page.total}; --from and --limit show the others.`] : []),
        ],
      }
    }))
}
