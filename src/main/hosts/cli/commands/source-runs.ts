import type { Command } from 'commander'
import type { Run } from '../../../../shared/model/source.ts'
import type { Cli } from '../cli.ts'
import { inWorkspace, numberOf } from '../session.ts'
import { table, type Column } from '../table.ts'
import { pageOf, withPage, type PageOptions } from './page-options.ts'

export const runColumns: readonly Column<Run>[] = [
  { title: 'run', of: (run) => run.id, align: 'right' }, { title: 'source', of: (run) => run.sourceName }, { title: 'state', of: (run) => run.state },
  { title: 'as of', of: (run) => run.asOf }, { title: 'read', of: (run) => run.rowsRead, align: 'right' },
  { title: 'imported', of: (run) => run.imported, align: 'right' }, { title: 'rejected', of: (run) => run.rejected, align: 'right' },
  { title: 'merged', of: (run) => run.merged, align: 'right' }, { title: 'snapshot', of: (run) => run.snapshotId, align: 'right' },
  { title: 'notes', of: (run) => run.notes.join(' '), max: 60 },
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
