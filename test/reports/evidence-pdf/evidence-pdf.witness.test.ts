import { Buffer } from 'node:buffer'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { writeEvidencePdf } from '../../../src/main/reports/evidence-pdf/write-evidence-pdf.ts'
import { count } from '../../../src/main/reports/evidence-pdf/wording.ts'
import { rootPaths } from '../../../src/main/reports/signing/key-files.ts'
import { addSignatureField } from '../../../src/main/reports/signing/pdf-signature-field.ts'
import { signPdf } from '../../../src/main/reports/signing/sign-pdf.ts'
import { buildHead, buildItems, buildReport } from '../../support/report-builder.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createTestOrganisation } from '../../support/test-keys.ts'
import { runWitness, witnessTest } from '../../support/witness-tools.ts'

async function makeReport(items: number): Promise<{ folder: string; path: string; evidence: Buffer; pages: number }> {
  const folder = await temporaryFolder()
  const path = join(folder, 'report.pdf')
  const evidence = Buffer.from(JSON.stringify(buildReport({ items })))
  await writeFile(join(folder, 'evidence.json'), evidence)
  const { pages } = await writeEvidencePdf({ path, head: buildHead({ items }), items: buildItems({ items }),
    attachment: { path: join(folder, 'evidence.json') } })
  return { folder, path, evidence, pages }
}

for (const items of [0, 10, 2000]) {
  witnessTest(`qpdf finds nothing wrong with a report of ${items} items`, ['qpdf'], async () => {
    const { path } = await makeReport(items)
    const { status, output } = runWitness('qpdf', ['--check', path])
    expect(output).toContain('No syntax or stream encoding errors found')
    expect(status).toBe(0)
  })
}

witnessTest('pdfinfo sees a tagged A4 document with its title and all its pages', ['pdfinfo'], async () => {
  const { path, pages } = await makeReport(10)
  const { output } = runWitness('pdfinfo', [path])
  expect(output).toMatch(/Title: +Quarterly access review, fourth quarter 2026: access certification evidence, version 1/)
  expect(output).toMatch(/Tagged: +yes/)
  expect(output).toMatch(/A4/)
  expect(output).toMatch(new RegExp(`Pages: +${pages}`))
})

witnessTest('pdftotext finds every figure of the control totals and every failed check', ['pdftotext'], async () => {
  const { folder, path, pages } = await makeReport(2000)
  // Through a file: the text of 2,000 items is more than a pipe's buffer here holds.
  runWitness('pdftotext', ['-layout', path, join(folder, 'report.txt')])
  const output = await readFile(join(folder, 'report.txt'), 'utf8')
  const head = buildHead({ items: 2000 })
  const { controlTotals: totals } = head
  const figures = [totals.rowsRead, totals.imported, totals.rejected, totals.merged, totals.population.population,
    totals.population.inReview,
    ...totals.population.excluded.map(({ grants }) => grants), ...Object.values(totals.progress), head.privilegedGrants,
      head.leaversWithAccess,
    head.orphanAccounts, head.checkpoint.size, ...head.populationByKind.flatMap(({ identities, grants }) => [identities, grants])]
  for (const figure of figures) expect(output).toMatch(new RegExp(`(?<![\\d,])${count(figure)}(?![\\d,])`))
  const oneLine = output.replace(/\s+/g, ' ')
  for (const { title, passed } of head.checks) if (!passed) expect(oneLine).toContain(`FAILED: ${title}`)
  for (const { sha256, contentHash } of head.extracts) for (const hash of [sha256, contentHash ?? '']) expect(output).toContain(hash)
  expect(oneLine).toContain(`Page ${pages} of ${pages}`)
  for (const { packet } of buildItems({ items: 2000 })) expect(output).toContain(packet.slice(0, 12))
})

witnessTest('pdftotext reads right-to-left and CJK names in reading order', ['pdftotext'], async () => {
  const { path } = await makeReport(400)
  const { output } = runWitness('pdftotext', ['-layout', path, '-'])
  const used = new Set([...buildItems({ items: 400 })].map(({ subject }) => subject))
  // Poppler puts direction marks around right-to-left words.
  const plain = output.replace(/[\u202a-\u202e\u200e\u200f]/g, '')
  for (const name of ['שרה כהן', '王小明', '김민준', '佐藤 健']) if (used.has(name)) expect(plain).toContain(name)
})

witnessTest('pdffonts says that every font is embedded, cut to what is used, and readable as text', ['pdffonts'], async () => {
  const { path } = await makeReport(400)
  const rows = runWitness('pdffonts', [path]).output.trim().split('\n').slice(2)
  expect(rows.length).toBeGreaterThanOrEqual(3)
  for (const row of rows) expect(row).toMatch(/^[A-Z]{6}\+.* yes yes yes +\d+ +0$/)
})

witnessTest('pdfdetach gives back the identical evidence.json', ['pdfdetach'], async () => {
  const { folder, path, evidence } = await makeReport(2000)
  expect(runWitness('pdfdetach', ['-list', path]).output).toContain('evidence.json')
  const target = join(folder, 'detached.json')
  runWitness('pdfdetach', ['-save', '1', '-o', target, path])
  expect((await readFile(target)).equals(evidence)).toBe(true)
})

witnessTest('the report can be signed as it is: valid, trusted, total document signed', ['pdfsig', 'certutil', 'qpdf'], async () => {
  const folder = await temporaryFolder()
  const { officer, keysFolder } = await createTestOrganisation(folder)
  const path = join(folder, 'report.pdf')
  await writeEvidencePdf({
    path, head: buildHead({ items: 130 }), items: buildItems({ items: 130 }), attachment: { bytes: Buffer.from('{}') },
    addSignatureField: (doc) => addSignatureField(doc, { name: 'Olivia Frank', reason: 'Sealed evidence', at: new Date('2026-11-22T05:32:10Z') }),
  })
  expect(await signPdf(path, officer)).toMatchObject({ ok: true })
  const nss = join(folder, 'nss')
  await mkdir(nss)
  runWitness('certutil', ['-N', '-d', `sql:${nss}`, '--empty-password'])
  runWitness('certutil', ['-A', '-d', `sql:${nss}`, '-n', 'root', '-t', 'CT,CT,CT', '-i', rootPaths(keysFolder).certificate])
  const { output } = runWitness('pdfsig', ['-nssdir', nss, path])
  for (const words of ['Signature is Valid.', 'Certificate is Trusted.', 'Total document signed']) expect(output).toContain(words)
  expect(runWitness('qpdf', ['--check', path])).toMatchObject({ status: 0 })
})
