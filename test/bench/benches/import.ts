import { join } from 'node:path'
import { count, figure, type Bench } from '../result.ts'
import { median } from '../timing.ts'

export const importBench: Bench = {
  name: 'import',
  title: 'Import of a grant list',
  about:
    'A CSV of generated grants (account, entitlement, granted_at) through sources.sync: original kept and hashed, parsed, staged, merged, linked, ' +
    'snapshot hashed. Against prepared better-sqlite3 inserts of the same rows from memory in one transaction, timed before and after (median of four).',
  run: async (scale, folder, step, report) => {
    const made = await step('write-files', { grants: scale, folder, forms: 'lean' })
    const bare = { grants: scale, folder, repeats: 2 }
    const before = await step('bare-inserts', bare)
    const workspace = join(folder, 'workspace')
    const scrambled = join(folder, 'workspace-scrambled')
    for (const path of [workspace, scrambled]) await step('make-workspace', { workspace: path, files: folder, sources: 'lean', isSynced: false })
    const runs = [
      { what: 'first sync', result: await step('sync', { workspace, file: join(folder, 'grants.csv') }), aim: '≤ 4 ×' },
      { what: 'second sync, file unchanged', result: await step('sync', { workspace, file: join(folder, 'grants.csv') }) },
      { what: 'third sync, 1 % changed', result: await step('sync', { workspace, file: join(folder, 'grants-changed.csv') }) },
      { what: 'first sync, rows in no order', result: await step('sync', { workspace: scrambled, file: join(folder, 'grants-scrambled.csv') }) },
    ]
    const after = await step('bare-inserts', bare)
    const yardstick = median([figure(before, 'seconds'), figure(after, 'seconds')])
    const keyed = median([figure(before, 'keyedSeconds'), figure(after, 'keyedSeconds')])
    report({ what: 'bare inserts, no index', size: scale, seconds: yardstick, peakMb: before.peakMb, ratio: 1, note: 'the yardstick' })
    report({ what: 'bare inserts, with a key', size: scale, seconds: keyed, ratio: keyed / yardstick })
    for (const { what, result, aim } of runs) {
      const seconds = figure(result, 'seconds')
      report({
        what, size: scale, seconds, peakMb: result.peakMb, ratio: seconds / yardstick, ...(aim === undefined ? {} : { aim }),
        note: `${count(figure(result, 'grants'))} grants, ${(result.notes ?? []).join(', ')}; database ${Math.round(figure(result, 'databaseMb'))} MB`,
      })
      for (const [name, spent] of Object.entries(result.figures)) {
        if (name.startsWith('phase ') && spent >= 0.005) report({ what: `· ${name.slice(6).toLowerCase()}`, size: scale, seconds: spent, note: what })
      }
    }
    report({ what: 'file', size: scale, note: `${count(figure(made, 'people'))} accounts, ${count(figure(made, 'entitlements'))} entitlements, ${Math.round(figure(made, 'bytes') / 1_048_576)} MB` })
  },
}
