import { join } from 'node:path'
import { count, figure, type Bench, type Report, type RunStep } from '../result.ts'

export const verificationBench: Bench = {
  name: 'verification',
  title: 'Sealing and verifying a log',
  about:
    'A log with one campaign whose items make up nearly all events: writeBundle with the real PDF, then Muster\'s verifyBundle and the stand-alone ' +
    'verify.mjs, both with the root and an earlier checkpoint. The log itself is held in memory while sealing here; the app reads it from the store.',
  run: async (scale, folder, step, report) => {
    // Half as much first: the size an evidence pack has its own aim for.
    for (const [index, items] of [scale / 20, scale / 10].entries()) await sealAndVerify(Math.max(100, Math.round(items)), join(folder, String(index)), step, report)
  },
}

async function sealAndVerify(items: number, folder: string, step: RunStep, report: Report): Promise<void> {
  const sealed = await step('seal', { items, folder })
  const events = figure(sealed, 'events')
  const perEvent = (seconds: number): string => `${((seconds * 1e6) / events).toFixed(0)} µs an event`
  report({
    what: 'seal', size: items, seconds: figure(sealed, 'seconds'), cpuSeconds: figure(sealed, 'cpuSeconds'), peakMb: sealed.peakMb,
    ...(items === 50_000 ? { aim: '≤ 60 s, ≤ 600 MB' } : {}), note: `${count(events)} events, ${count(figure(sealed, 'pages'))} pages; ${perEvent(figure(sealed, 'seconds'))}; ${Math.round(figure(sealed, 'heldMb'))} MB were taken before it began`,
  })
  report({ what: '· of it the PDF', size: items, seconds: figure(sealed, 'reportSeconds') })
  for (const [what, name] of [['verifyBundle', 'verify-bundle'], ['verify.mjs', 'verify-alone']] as const) {
    const result = await step(name, { folder })
    const seconds = figure(result, 'seconds')
    report({
      what, size: items, seconds, cpuSeconds: figure(result, 'cpuSeconds'), peakMb: result.peakMb, ...(items === 100_000 ? { aim: '≤ 5 s' } : {}),
      note: `${figure(result, 'passed')} of ${figure(result, 'checks')} checks passed; ${perEvent(seconds)}`,
    })
  }
}
