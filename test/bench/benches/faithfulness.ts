import { mutations } from '../../core/narrative/mutations.ts'
import { count, figure, type Bench } from '../result.ts'

const share = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`

export const faithfulnessBench: Bench = {
  name: 'faithfulness',
  title: 'No sentence without its evidence',
  about:
    'The template words generated evidence packets, and the verifier must pass every one of them. Every twentieth is then falsified in each of these ways, ' +
    'four variants a way, and the verifier must catch them. Besides, sentences written by hand: sound paraphrases to be passed, fluent inventions to be refused.',
  run: async (scale, _folder, step, report) => {
    const result = await step('faithfulness', { packets: Math.max(1_000, Math.round(scale / 10)) })
    const packets = figure(result, 'packets')
    report({
      what: 'template narratives', size: packets, seconds: figure(result, 'seconds'), peakMb: result.peakMb, aim: '0 rejected',
      note: `${count(figure(result, 'rejected'))} rejected; worded and verified`,
    })
    for (const name of Object.keys(mutations)) {
      const made = figure(result, `made ${name}`)
      const missed = figure(result, `missed ${name}`)
      report({ what: name, size: made, aim: '≥ 99.5 % caught', note: `${share(made - missed, made)} caught, ${count(missed)} missed` })
    }
    const refused = figure(result, 'sound refused')
    report({ what: 'sound sentences by hand', size: figure(result, 'sound'), aim: '0 refused', note: `${count(refused)} refused` })
    const passed = figure(result, 'unsound passed')
    report({ what: 'fluent inventions by hand', size: figure(result, 'unsound'), aim: '0 passed', note: [`${count(passed)} passed`, ...(result.notes ?? [])].join('; ') })
  },
}
