import { figure, type Bench } from '../result.ts'

const RULES = 100

export const sodBench: Bench = {
  name: 'sod',
  title: 'Finding conflicts',
  about:
    `${RULES} separation-of-duties rules (rights and tags, some with safeguards) over everybody's rights, 20 each, in the pure core: looking the rules up and one pass. ` +
    'Against one bare look-up per right held. What-if is one person, one right got and one lost.',
  run: async (scale, _folder, step, report) => {
    for (const identities of [scale / 200, scale / 40, scale / 20].map((size) => Math.max(1, Math.round(size)))) {
      const result = await step('sod', { identities, rules: RULES })
      const [seconds, bareSeconds] = [figure(result, 'seconds'), figure(result, 'bareSeconds')]
      report({
        what: `${identities.toLocaleString('en-US')} people`, size: identities * 20, seconds, cpuSeconds: figure(result, 'cpuSeconds'), peakMb: result.peakMb, ratio: seconds / bareSeconds,
        note: `${figure(result, 'conflicts').toLocaleString('en-US')} conflicts; bare pass ${bareSeconds.toFixed(3)} s; what-if ${figure(result, 'whatIfMs').toFixed(3)} ms`,
      })
    }
  },
}
