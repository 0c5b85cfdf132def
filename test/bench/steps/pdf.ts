import { closeSync, openSync, statSync, writeSync } from 'node:fs'
import { writeEvidencePdf } from '../../../src/main/reports/evidence-pdf/write-evidence-pdf.ts'
import { buildHead, buildItems } from '../../support/report-builder.ts'
import { numberOf, textOf, type Step } from '../result.ts'
import { stopwatch } from '../timing.ts'

/** Input: `items`, `path`. The evidence the report will carry as its attachment. */
export const writeEvidence: Step = (input) => {
  const items = numberOf(input, 'items')
  const file = openSync(textOf(input, 'path'), 'w')
  let bytes = writeSync(file, `{"head":${JSON.stringify(buildHead({ items }))},"items":[`)
  let separator = ''
  for (const item of buildItems({ items })) {
    bytes += writeSync(file, separator + JSON.stringify(item))
    separator = ','
  }
  bytes += writeSync(file, ']}')
  closeSync(file)
  return Promise.resolve({ figures: { bytes } })
}

/** Input: `items`, `evidence`, `path`. */
export const pdf: Step = async (input) => {
  const items = numberOf(input, 'items')
  const path = textOf(input, 'path')
  const head = buildHead({ items })
  const stop = stopwatch()
  const { pages } = await writeEvidencePdf({ path, head, items: buildItems({ items }), attachment: { path: textOf(input, 'evidence') } })
  return { figures: { ...stop(), pages, bytes: statSync(path).size } }
}
