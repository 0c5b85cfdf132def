import { join } from 'node:path'
import { count, figure, type Bench } from '../result.ts'

/** A department of the made-up organisation holds 4,000 grants. */
const grantsPerDepartment = 4_000

export const screenReadsBench: Bench = {
  name: 'screen-reads',
  title: 'What screens ask while a sync runs',
  about:
    'Reads of the review, search, person, status and source screens through the contract, in turn, decisions beside them, while a file of the full size (1 % ' +
    'changed) is synced over as many grants already known, in its worker thread. The same reads with nothing else going on beside them.',
  run: async (scale, folder, step, report) => {
    const workspace = join(folder, 'workspace')
    await step('write-files', { grants: scale, folder, forms: 'rich' })
    await step('make-workspace', { workspace, files: folder, sources: 'people,access', isSynced: true })
    const launched = await step('launch-campaign', { workspace, departments: Math.ceil(scale / 100 / grantsPerDepartment), named: '' })
    report({
      what: 'launch of a part of it', size: figure(launched, 'items'), seconds: figure(launched, 'seconds'), peakMb: launched.peakMb,
      note: `items, out of ${count(scale)} grants`,
    })
    const result = await step('screen-reads', { workspace, campaign: figure(launched, 'campaign'), file: join(folder, 'access-changed.csv') })
    for (const name of result.notes ?? []) {
      report({
        what: name === 'reads' ? 'all reads together' : name, size: scale, p50Ms: figure(result, `busy p50 ${name}`), p99Ms: figure(result, `busy p99 ${name}`),
        maxMs: figure(result, `busy max ${name}`), ...(name === 'reads' ? { aim: 'p99 ≤ 50 ms', peakMb: result.peakMb } : {}),
        note: `${figure(result, `busy n ${name}`)} times; quiet: p50 ${figure(result, `quiet p50 ${name}`).toFixed(1)}, p99 ${figure(result, `quiet p99 ${name}`).toFixed(1)} ms`,
      })
    }
    report({
      what: 'the sync meanwhile', size: scale, seconds: figure(result, 'seconds'), note: `a queue of ${count(figure(result, 'queueLength'))} items was asked for`,
    })
  },
}
