import { Buffer } from 'node:buffer'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ReportHead, ReportItem } from '../../../src/shared/model/evidence-report.ts'
import { evidenceReport } from '../../../src/shared/model/evidence-report.ts'
import { writeEvidencePdf } from '../../../src/main/reports/evidence-pdf/write-evidence-pdf.ts'
import type { EvidencePdfInput } from '../../../src/main/reports/evidence-pdf/write-evidence-pdf.ts'
import { BYTE_RANGE_MARKER, addSignatureField } from '../../../src/main/reports/signing/pdf-signature-field.ts'
import { readPdf } from '../../support/pdf-reader.ts'
import type { ReadPdf } from '../../support/pdf-reader.ts'
import { buildHead, buildItems, buildReport } from '../../support/report-builder.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

type Made = { readonly pdf: ReadPdf; readonly bytes: Buffer; readonly pages: number }

async function make(head: ReportHead, items: EvidencePdfInput['items'], more: Partial<EvidencePdfInput> = {}): Promise<Made> {
  const path = join(await temporaryFolder(), 'report.pdf')
  const { pages } = await writeEvidencePdf({ path, head, items, attachment: { bytes: Buffer.from('{}') }, ...more })
  const bytes = await readFile(path)
  return { pdf: readPdf(bytes), bytes, pages }
}

const flat = (text: string): string => text.replace(/\s+/g, ' ')

test('the builder makes reports the model accepts', () => {
  expect(evidenceReport.safeParse(buildReport({ items: 25 })).success).toBe(true)
})

test.each([0, 10, 2000])('a report of %i items says on every page which of how many it is', async (items) => {
  const { pdf, pages } = await make(buildHead({ items }), buildItems({ items }))
  expect(pdf.pages).toHaveLength(pages)
  pdf.pages.forEach((text, index) => expect(flat(text)).toContain(`Page ${index + 1} of ${pages}`))
})

test('the first page alone says what, who, how much, what came of it and whether it adds up', async () => {
  const head = buildHead({ items: 2000 })
  const { pdf } = await make(head, buildItems({ items: 2000 }))
  const [first = ''] = pdf.pages.map(flat)
  for (const figure of [head.campaign.spec.name, '34 reviewers', '2,000 items', '4,227', '4,137', '2,137', '1,400', '300',
    'adds up, difference 0',
    'Sealed with 3 exceptions', ...head.exceptions, 'FAILED: Every item has a decision', '31 of 34 reviewers', 'Time claimed, not proven',
      '5321', head.checkpoint.root]) {
    expect(first).toContain(figure)
  }
  const print = head.workspace.rootFingerprint
  expect(first.replaceAll(' ', '')).toContain(print)
  expect(pdf.pages[1]).toContain('At a glance')
  expect(pdf.pages[2]).toContain('1 Control and scope')
})

test('every failed check is printed as FAILED, with what was found', async () => {
  const head = buildHead({ items: 2000 })
  const many = Array.from({ length: 30 }, (_, index) => ({ code: `extra-${index}`, title: `Extra check ${index}`, passed: false,
    detail: `Found ${index} things.` }))
  const { pdf } = await make({ ...head, checks: [...head.checks, ...many] }, [])
  const text = flat(pdf.text)
  for (const { title, passed } of [...head.checks, ...many]) expect(text).toContain(`${passed ? 'passed' : 'FAILED'} ${title}`)
  for (const { detail } of many) expect(text).toContain(detail)
  expect(text).toContain('FAILED: Extra check 2')
})

test('a population that does not add up is said so on the first page', async () => {
  const head = buildHead({ items: 10 })
  const broken = { ...head, controlTotals: { ...head.controlTotals, rejected: head.controlTotals.rejected + 4 } }
  const { pdf } = await make(broken, buildItems({ items: 10 }))
  const first = flat(pdf.pages[0] ?? '')
  expect(first).toContain('DOES NOT ADD UP difference −4')
  expect(first).toContain('Control totals do not add up.')
  expect(first).not.toContain('no exceptions')
})

test('every item is there: access, advice, decision, reason and proof', async () => {
  const { head, items } = (({ items: list, ...rest }) => ({ head: rest, items: list }))(buildReport({ items: 120 }))
  const { pdf } = await make(head, items)
  const text = flat(pdf.text)
  for (const item of items) {
    expect(text).toContain(`item ${item.item}`)
    expect(text).toContain(item.packet.slice(0, 12))
  }
  const decided = items.filter(({ outcome }) => outcome !== 'undecided').length
  expect(text.match(/signed off/g)?.length).toBeGreaterThanOrEqual(decided)
  for (const word of ['Kept', 'Revoked', 'Keep until 2027-03-31', 'Look closer', 'Undecided', 'Against the advice',
    'Hidden until the choice.', 'by the reviewer']) {
    expect(text).toContain(word)
  }
})

test('a report without exceptions says so, and one without items is still whole', async () => {
  const head = { ...buildHead({ items: 0 }), exceptions: [] }
  const { pdf } = await make(head, [])
  expect(flat(pdf.pages[0] ?? '')).toContain('Sealed, no exceptions All 8 checks passed.')
  expect(flat(pdf.text)).toContain('there were no items to decide')
})

test('evidence.json comes back byte for byte, from memory and from a file', async () => {
  const bytes = Buffer.from(JSON.stringify(buildReport({ items: 500 })))
  const path = join(await temporaryFolder(), 'evidence.json')
  await writeFile(path, bytes)
  const head = buildHead({ items: 0 })
  for (const attachment of [{ bytes }, { path }]) {
    const { pdf } = await make(head, [], { attachment })
    expect(pdf.attachment().equals(bytes)).toBe(true)
    expect(pdf.catalog).toContain('/AF [')
  }
})

test('the file says what it is: PDF/A-3b, tagged, with language, title and bookmarks', async () => {
  const head = buildHead({ items: 130 })
  const { pdf, bytes } = await make(head, buildItems({ items: 130 }))
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('%PDF-1.7')
  expect(pdf.metadata).toContain('<pdfaid:part>3</pdfaid:part>')
  expect(pdf.metadata).toContain('<pdfaid:conformance>B</pdfaid:conformance>')
  expect(pdf.catalog).toContain('/Lang (en)')
  expect(pdf.catalog).toContain('/StructTreeRoot')
  // Reviewer headings repeat the section's level; each item is one table row of four cells.
  expect(pdf.tags.get('TD')).toBeGreaterThanOrEqual(130 * 4)
  expect(pdf.tags.get('H1')).toBe(15)
  expect(pdf.bookmarks.filter((title) => /^\d/.test(title))).toHaveLength(13)
  expect(pdf.bookmarks).toContain(head.reviewers[0]?.name)
})

test('the same report gives the same bytes', async () => {
  const first = await make(buildHead({ items: 40 }), buildItems({ items: 40 }))
  const second = await make(buildHead({ items: 40 }), buildItems({ items: 40 }))
  expect(first.bytes.equals(second.bytes)).toBe(true)
})

test('hostile names cannot break a page, hide a decision or show as boxes', async () => {
  const [item] = [...buildItems({ items: 1 })]
  if (item === undefined) throw new Error('no item')
  const hostile: ReportItem[] = [
    { ...item, subject: 'Q'.repeat(10_000), title: 'word '.repeat(3000), entitlement: '\u202Enimda'.repeat(900),
      description: '\n'.repeat(9000), words: 'x'.repeat(50_000) },
    { ...item, item: 2, subject: 'ก้อง ไทย', subjectEmail: 'kong@northwind.example', reason: '👍🏽 ok \u0000\u001b', reasonCode: 'other' },
    { ...item, item: 3, subject: '\u200b\u200b', subjectEmail: null, account: 'acc-77', path: 'via ' + 'A > '.repeat(500) },
    { ...item, item: 4, subject: '(\\) [<>] TJ ET EMC', subjectEmail: null },
  ]
  const { pdf } = await make(buildHead({ items: 4 }), hostile)
  const text = flat(pdf.text)
  for (const number of [1, 2, 3, 4]) expect(text).toContain(`item ${number} `)
  expect(text).toContain('kong@northwind.example *')
  expect(text).toContain('acc-77 *')
  expect(text).toContain('(\\) [<>] TJ ET EMC')
  expect(text).not.toMatch(/[\u0000\u001b\u202e\u200b]/)
  expect(text).toContain('� ok')
})

test('right-to-left, Greek, Cyrillic and CJK names are drawn with letters, not replaced', async () => {
  const [item] = [...buildItems({ items: 1 })]
  if (item === undefined) throw new Error('no item')
  const names = ['Ирина Шевченко', 'Παναγιώτης', 'Nguyễn Văn Thành', '王小明', '佐藤 健', '김민준']
  const { pdf } = await make(buildHead({ items: 8 }), [...names, 'שרה כהן',
    'محمد'].map((subject, index) => ({ ...item, item: index + 1, subject, account: `a${index}` })))
  for (const name of names) expect(pdf.text).toContain(name)
  // Right-to-left words are drawn from right to left: the page's own order is the reverse of the reading order.
  expect(pdf.text).toContain([...'שרה כהן'].reverse().join(''))
  expect(pdf.text).not.toContain('*\n')
})

test('a long reason is printed to its last word', async () => {
  const [item] = [...buildItems({ items: 1 })]
  if (item === undefined) throw new Error('no item')
  const reason = `${'The team confirmed in writing that the work has moved. '.repeat(35)}Last word.`
  const { pdf } = await make(buildHead({ items: 1 }), [{ ...item, reason, outcome: 'revoke' }])
  expect(flat(pdf.text)).toContain(`Reason given: “${reason}”`)
})

test('a person whose items run over the page is named again on the next', async () => {
  const { pdf } = await make(buildHead({ items: 40, itemsPerPerson: 40 }), buildItems({ items: 40, itemsPerPerson: 40, seed: 3 }))
  const itemPages = pdf.pages.filter((text) => text.includes('Record') && text.includes('item '))
  expect(itemPages.length).toBeGreaterThan(2)
  for (const text of itemPages.slice(1)) expect(text).toContain('continued')
})

test('no heading stands alone at the foot of a page', async () => {
  const { pdf } = await make(buildHead({ items: 600, itemsPerReviewer: 7 }), buildItems({ items: 600, itemsPerReviewer: 7 }))
  let headings = 0
  for (const text of pdf.pages.slice(1)) {
    const lines = text.split('\n')
    const reviewer = lines.findLastIndex((line) => line.startsWith('Reviewer: '))
    // The last person's name on a page comes before "4 items"; an item must follow.
    const person = lines.findLastIndex((line) => /^\d+ items?$/.test(line))
    if (reviewer >= 0) {
      headings++
      expect(lines.slice(reviewer).some((line) => /^item \d/.test(line))).toBe(true)
    }
    if (person >= 0) expect(lines.slice(person).some((line) => /^item \d/.test(line))).toBe(true)
  }
  expect(headings).toBeGreaterThan(40)
})

test('nobody can be named so that the signature goes to the wrong place', async () => {
  const [item] = [...buildItems({ items: 1 })]
  if (item === undefined) throw new Error('no item')
  const name = BYTE_RANGE_MARKER
  const head = buildHead({ items: 1 })
  const named = {
    ...head, reviewers: head.reviewers.map((reviewer) => ({ ...reviewer, name })),
    campaign: { ...head.campaign, sealedBy: name, spec: { ...head.campaign.spec, name, control: { ...head.campaign.spec.control, id: name } } },
  }
  const { bytes, pdf } = await make(named, [{ ...item, subject: name, entitlement: name }], {
    addSignatureField: (doc) => addSignatureField(doc, { name: 'Officer', reason: 'Sealed', at: new Date('2026-11-22T05:32:10Z') }),
  })
  expect(bytes.toString('latin1').split(BYTE_RANGE_MARKER)).toHaveLength(2)
  expect(pdf.bookmarks).toContain(name)
})

test('the signature field is added last, before the end', async () => {
  let seen = ''
  await make(buildHead({ items: 1 }), buildItems({ items: 1 }), { addSignatureField: (doc) => { seen = typeof doc.initForm } })
  expect(seen).toBe('function')
})

test('it can be stopped, and says how far it is', async () => {
  const stop = new AbortController()
  const steps: number[] = []
  const path = join(await temporaryFolder(), 'report.pdf')
  const run = writeEvidencePdf({
    path, head: buildHead({ items: 400 }), items: buildItems({ items: 400 }), attachment: { bytes: Buffer.from('{}') }, signal: stop.signal,
    onProgress: ({ items }) => {
      steps.push(items)
      if (items >= 100) stop.abort(new Error('enough'))
    },
  })
  await expect(run).rejects.toThrow('enough')
  expect(steps.at(-1)).toBe(100)
})

test('a disk that cannot be written and items that fail are reported, not swallowed', async () => {
  const folder = await temporaryFolder()
  const head = buildHead({ items: 3 })
  const attachment = { bytes: Buffer.from('{}') }
  await expect(writeEvidencePdf({ path: join(folder, 'none', 'report.pdf'), head, items: [], attachment })).rejects.toThrow('ENOENT')
  async function* broken(): AsyncGenerator<ReportItem> {
    yield* buildItems({ items: 2 })
    await Promise.resolve()
    throw new Error('row 3 cannot be read')
  }
  await expect(writeEvidencePdf({ path: join(folder, 'a.pdf'), head, items: broken(), attachment })).rejects.toThrow('row 3 cannot be read')
  await expect(writeEvidencePdf({ path: join(folder, 'b.pdf'), head, items: [],
    attachment: { path: join(folder, 'gone.json') } })).rejects.toThrow('ENOENT')
})
