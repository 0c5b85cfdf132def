import { join } from 'node:path'
import { count, figure, type Bench, type Measured } from '../result.ts'
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
    const bareOf = (name: string): number => median([figure(before, name), figure(after, name)])
    const yardstick = bareOf('seconds')
    const keyed = bareOf('keyedSeconds')
    report({ what: 'bare inserts, no index', size: scale, seconds: yardstick, cpuSeconds: bareOf('cpuSeconds'), peakMb: before.peakMb, ratio: 1, note: 'the yardstick' })
    report({ what: 'bare inserts, with a key', size: scale, seconds: keyed, cpuSeconds: bareOf('keyedCpuSeconds'), ratio: keyed / yardstick })
    for (const { what, result, aim } of runs) {
      const seconds = figure(result, 'seconds')
      report({
        what, size: scale, seconds, cpuSeconds: figure(result, 'cpuSeconds'), peakMb: result.peakMb, ratio: seconds / yardstick,
        ...(aim === undefined ? {} : { aim }), note: `${(result.notes ?? []).join(', ')}; ${phasesOf(result)}; database ${Math.round(figure(result, 'databaseMb'))} MB`,
      })
    }
    report({ what: 'file', size: scale, note: `${count(figure(made, 'people'))} accounts, ${count(figure(made, 'entitlements'))} entitlements, ${Math.round(figure(made, 'bytes') / 1_048_576)} MB` })
  },
}

/** What the run said it was doing, by its own progress steps, and for how many seconds. */
function phasesOf({ figures }: Measured): string {
  const phases = Object.entries(figures).filter(([name, spent]) => name.startsWith('phase ') && spent >= 0.05)
  return phases.map(([name, spent]) => `${name.slice(6).toLowerCase()} ${spent.toFixed(1)}`).join(', ')
}
