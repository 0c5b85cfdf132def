import { count, figure, type Bench } from '../result.ts'

export const verificationBench: Bench = {
  name: 'verification',
  title: 'Sealing and verifying a log',
  about:
    'A log with one campaign whose items make up nearly all events: writeBundle with the real PDF, then Muster\'s verifyBundle and the stand-alone ' +
    'verify.mjs, both with the root and an earlier checkpoint. The log itself is held in memory while sealing here; the app reads it from the store.',
  run: async (scale, folder, step, report) => {
    const sealed = await step('seal', { events: Math.max(100, Math.round(scale / 10)), folder })
    const events = figure(sealed, 'events')
    const perEvent = (seconds: number): string => `${((seconds * 1e6) / events).toFixed(0)} µs an event`
    report({
      what: 'seal', size: events, seconds: figure(sealed, 'seconds'), cpuSeconds: figure(sealed, 'cpuSeconds'), peakMb: sealed.peakMb,
      note: `${count(figure(sealed, 'items'))} items, ${count(figure(sealed, 'pages'))} pages; ${perEvent(figure(sealed, 'seconds'))}`,
    })
    report({ what: '· of it the PDF', size: events, seconds: figure(sealed, 'reportSeconds') })
    for (const [what, name] of [['verifyBundle', 'verify-bundle'], ['verify.mjs', 'verify-alone']] as const) {
      const result = await step(name, { folder })
      const seconds = figure(result, 'seconds')
      report({ what, size: events, seconds, cpuSeconds: figure(result, 'cpuSeconds'), peakMb: result.peakMb, note: `${figure(result, 'passed')} of ${figure(result, 'checks')} checks passed; ${perEvent(seconds)}` })
    }
  },
}
