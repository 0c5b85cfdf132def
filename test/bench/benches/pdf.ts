import { join } from 'node:path'
import { count, figure, type Bench } from '../result.ts'

export const pdfBench: Bench = {
  name: 'pdf',
  title: 'The evidence report as PDF',
  about: 'writeEvidencePdf (PDF/A-3, tagged, bookmarked, fonts embedded, evidence attached) for reports of two sizes; the ratio is to what ten times the small one would take.',
  run: async (scale, folder, step, report) => {
    let small: number | undefined
    for (const items of [Math.round(scale / 200), Math.round(scale / 20)]) {
      const evidence = join(folder, `evidence-${items}.json`)
      await step('write-evidence', { items, path: evidence })
      const result = await step('pdf', { items, evidence, path: join(folder, `report-${items}.pdf`) })
      const seconds = figure(result, 'seconds')
      report({
        what: 'report', size: items, seconds, cpuSeconds: figure(result, 'cpuSeconds'), peakMb: result.peakMb, ...(small === undefined ? {} : { ratio: seconds / (small * 10), aim: 'about 1: linear' }),
        note: `${count(figure(result, 'pages'))} pages, ${(figure(result, 'bytes') / 1_048_576).toFixed(1)} MB, ${((seconds * 1000) / items).toFixed(2)} ms an item`,
      })
      small = seconds
    }
  },
}
