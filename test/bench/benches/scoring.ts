import { join } from 'node:path'
import { figure, type Bench } from '../result.ts'

const shapes = [
  { name: 'with HR and sign-ins', sources: 'people,access,sign-ins' },
  { name: 'grants alone', sources: 'lean' },
] as const

export const scoringBench: Bench = {
  name: 'scoring',
  title: 'Weighing every grant',
  about:
    'loadPopulation, prepare and weighGrant over all open grants of a synced workspace, once with an HR file and half a year of sign-ins, once with ' +
    'nothing but grants (peers found by similar access). Against one bare pass over the same rows with better-sqlite3.',
  run: async (scale, folder, step, report) => {
    for (const grants of [Math.round(scale / 100), Math.round(scale / 10), scale]) {
      const files = join(folder, `files-${grants}`)
      await step('write-files', { grants, folder: files, forms: 'lean,rich' })
      for (const { name, sources } of shapes) {
        const workspace = join(files, name.replaceAll(' ', '-'))
        await step('make-workspace', { workspace, files, sources, isSynced: true })
        const result = await step('score', { workspace })
        const seconds = figure(result, 'seconds')
        const bareSeconds = figure(result, 'bareSeconds')
        const parts = ['load', 'prepare', 'weigh'].map((part) => `${part} ${figure(result, part).toFixed(1)}`).join(', ')
        report({
          what: name, size: grants, seconds, cpuSeconds: figure(result, 'cpuSeconds'), peakMb: figure(result, 'peakMb'), ratio: seconds / bareSeconds,
          ...(grants === 1_000_000 ? { aim: '≤ 60 s, ≤ 1,500 MB' } : {}),
          note: `${parts}; bare pass ${bareSeconds.toFixed(2)} s; ${figure(result, 'signals').toFixed(1)} signals a grant; ${(result.notes ?? []).join()}`,
        })
      }
    }
  },
}
