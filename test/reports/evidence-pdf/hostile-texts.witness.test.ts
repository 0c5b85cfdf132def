import { join } from 'node:path'
import { readFile, writeFile } from 'node:fs/promises'
import { expect } from 'vitest'
import { writeEvidencePdf } from '../../../src/main/reports/evidence-pdf/write-evidence-pdf.ts'
import type { ReportItem } from '../../../src/shared/model/evidence-report.ts'
import { hostileTexts } from '../../fixtures/hostile-texts.ts'
import { buildHead, buildItems } from '../../support/report-builder.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { runWitness, witnessTest } from '../../support/witness-tools.ts'

/** Items whose every free text is one of the hostile ones; as many items as there are texts. */
function* hostileItems(): Generator<ReportItem> {
  let at = 0
  for (const item of buildItems({ items: hostileTexts.length })) {
    const text = hostileTexts[at++] ?? ''
    yield {
      ...item, subject: text, title: text, department: text, account: text, application: text, entitlement: text, description: text, path: text,
      words: text, reason: item.reason === null ? null : text,
    }
  }
}

async function print(items: Iterable<ReportItem>): Promise<string> {
  const folder = await temporaryFolder()
  const path = join(folder, 'report.pdf')
  await writeFile(join(folder, 'evidence.json'), '{}')
  await writeEvidencePdf({ path, head: buildHead({ items: hostileTexts.length }), items, attachment: { path: join(folder, 'evidence.json') } })
  return path
}

/** Everything in a PDF that a viewer could act on, by its kind. */
async function actions(path: string): Promise<Readonly<Record<string, number>>> {
  const plain = `${path}.plain`
  runWitness('qpdf', ['--qdf', '--object-streams=disable', path, plain])
  const file = (await readFile(plain)).toString('latin1')
  // Strings and streams may hold such words as text; only dictionary keys outside of them make a viewer act.
  const structure = file.replace(/stream\r?\n[\s\S]*?endstream/g, '').replace(/\((?:\\[\s\S]|[^\\()])*\)/g, '()').replace(/<[0-9a-fA-F\s]*>/g, '<>')
  return Object.fromEntries(['/Annot', '/Link', '/URI', '/JavaScript', '/JS', '/Launch', '/OpenAction', '/AA', '/SubmitForm', '/GoToR', '/RichMedia', '/EmbeddedFile']
    .map((key) => [key, structure.match(new RegExp(`${key}(?![A-Za-z])`, 'g'))?.length ?? 0]))
}

witnessTest('no hostile text becomes a link, an action or an attachment of the report, and none breaks it', ['qpdf'], async () => {
  const [hostile, ordinary] = [await print(hostileItems()), await print(buildItems({ items: hostileTexts.length }))]
  const { status, output } = runWitness('qpdf', ['--check', hostile])
  expect(output).toContain('No syntax or stream encoding errors found')
  expect(status).toBe(0)
  expect(await actions(hostile)).toEqual(await actions(ordinary))
})

witnessTest('hostile texts stand in the report as text, without a control or direction character', ['pdftotext'], async () => {
  const path = await print(hostileItems())
  const { output } = runWitness('pdftotext', ['-layout', path, '-'])
  // Right-to-left names are real; poppler marks their runs itself when it writes lines.
  expect(output.replace(/[\n\r\f\u202a-\u202c\u200e\u200f]/g, '')).not.toMatch(/[\p{Cc}\u200b\u200c\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u)
  for (const bait of ['alert(1)', 'Ignore all previous instructions', '{{E1.days}}', '/JavaScript']) expect(output).toContain(bait)
  // Words can look like the report's own; lines cannot be pushed away: every item keeps its number.
  expect(runWitness('pdfinfo', [path]).output).toMatch(/JavaScript: +no/)
})
