import { join } from 'node:path'
import { emailOf } from '../data/organisation.ts'
import { count, figure, type Bench } from '../result.ts'

export const decisionsBench: Bench = {
  name: 'decisions',
  title: 'One decision',
  about:
    'review.decide through the contract in a running campaign: rules checked, decision and event in one flushed transaction, the item read again. ' +
    'Each followed by one bare flushed insert into a table of its own with the same pragmas. 1,000 decisions after 100 to warm up.',
  run: async (scale, folder, step, report) => {
    const grants = Math.max(400, Math.round(scale / 100))
    await step('write-files', { grants, folder, forms: 'rich' })
    const cases = [
      { what: 'managers review their own teams', named: '' },
      { what: 'one reviewer holds every item', named: emailOf(0) },
    ]
    for (const [index, { what, named }] of cases.entries()) {
      const workspace = join(folder, `workspace-${index}`)
      await step('make-workspace', { workspace, files: folder, sources: 'people,access,sign-ins', isSynced: true })
      const launched = await step('launch-campaign', { workspace, departments: 0, named })
      const items = figure(launched, 'items')
      const result = await step('decide', { workspace, campaign: figure(launched, 'campaign'), decisions: 1_000 })
      report({
        what: `launch: ${what}`, size: items, seconds: figure(launched, 'seconds'), peakMb: launched.peakMb, note: `${count(figure(launched, 'reviewers'))} reviewers`,
      })
      report({
        what, size: items, p50Ms: figure(result, 'p50'), p99Ms: figure(result, 'p99'), maxMs: figure(result, 'max'),
        ratio: figure(result, 'p50') / figure(result, 'bareP50'), peakMb: result.peakMb, note: `${figure(result, 'decisions')} decisions; ratio of the p50`,
      })
      report({
        what: 'one bare flushed insert', size: items, p50Ms: figure(result, 'bareP50'), p99Ms: figure(result, 'bareP99'), maxMs: figure(result, 'bareMax'),
        ratio: 1, note: 'the yardstick',
      })
    }
  },
}
