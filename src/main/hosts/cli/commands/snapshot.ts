import type { Cli } from '../cli.ts'
import { inWorkspace, numberOf } from '../session.ts'
import { facts, table } from '../table.ts'
import { pageOf, withPage, type PageOptions } from './page-options.ts'

export const addSnapshot = ({ program, doing }: Cli): void => {
  const snapshot = program.command('snapshot').description('the immutable picture of all grants of a source after each sync')

  snapshot
    .command('list')
    .description('all snapshots, with their content hashes')
    .addHelpText('after', `
Example:
  $ muster snapshot list`)
    .action(doing(async (invocation) => {
      const snapshots = await inWorkspace(invocation, ({ client }) => client.inventory.snapshots())
      return {
        json: snapshots,
        lines: table([
          { title: 'snapshot', of: (shot) => shot.id, align: 'right' }, { title: 'source', of: (shot) => shot.sourceName }, { title: 'as of', of: (shot) => shot.asOf },
          { title: 'accounts', of: (shot) => shot.accounts, align: 'right' }, { title: 'entitlements', of: (shot) => shot.entitlements, align: 'right' },
          { title: 'grants', of: (shot) => shot.grants, align: 'right' }, { title: 'added', of: (shot) => shot.added, align: 'right' },
          { title: 'removed', of: (shot) => shot.removed, align: 'right' }, { title: 'content hash', of: (shot) => shot.contentHash, max: 64 },
        ], snapshots, 'No snapshot yet; "muster sync" takes them.'),
      }
    }))

  withPage(snapshot.command('show').argument('<snapshot>', 'its number').description('a past snapshot, read back; exit 1 when its content hash no longer fits'))
    .addHelpText('after', `
Example:
  $ muster snapshot show 2 --from 100 --limit 100`)
    .action(doing<PageOptions>(async (invocation, [id], options) => {
      const page = await inWorkspace(invocation, ({ client }) => client.inventory.snapshotRows({ snapshot: numberOf(id, 'snapshot'), ...pageOf(options) }))
      const fits = page.recomputedHash === page.snapshot.contentHash
      return {
        json: page,
        lines: [
          ...facts([
            ['source', page.snapshot.sourceName], ['as of', page.snapshot.asOf], ['grants', page.snapshot.grants], ['hash', page.snapshot.contentHash],
            ['recomputed', fits ? 'the same' : `FAILED: ${page.recomputedHash}`],
          ]),
          '',
          ...table([
            { title: 'account', of: (row) => row.account }, { title: 'entitlement', of: (row) => row.entitlement }, { title: 'path', of: (row) => row.path },
          ], page.rows, 'No rows here.'),
        ],
        isFailed: !fits,
      }
    }))
}
