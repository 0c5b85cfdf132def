import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ReportHead } from '../../../src/shared/model/evidence-report.ts'
import { writeEvidencePdf } from '../../../src/main/reports/evidence-pdf/write-evidence-pdf.ts'
import { readFrameworks } from '../../../src/main/reports/bundle/read-frameworks.ts'
import { readPdf } from '../../support/pdf-reader.ts'
import { buildHead, buildItems } from '../../support/report-builder.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

async function wordsOf(head: ReportHead, items = 10): Promise<string> {
  const path = join(await temporaryFolder(), 'report.pdf')
  await writeEvidencePdf({ path, head, items: buildItems({ items }), attachment: { bytes: Buffer.from('{}') } })
  return readPdf(await readFile(path)).pages.join(' ').replace(/\s+/g, ' ')
}

test('what was tested, handed on, asked, accepted, drawn and kept is on paper, a failed test as FAILED', async () => {
  const words = await wordsOf(buildHead({ items: 10 }))
  for (const fact of [
    'Headcount report of HR of 31 October', 'FAILED: −7', '7 made after the extract', 'On leave until January', 'Is the export still used by the audit team?',
    'not answered', 'Quarter-end closing', 'Only two people in the branch', 'draw of 21 November: 4 8 15 16', '3, 9, 16', 'seven years by policy', '2033-12-31',
    'Hugo Wiśniewski', 'svc-old-backup', 'legacy-hr', 'left out by the scope fixed before launch', 'qwen3:4b', 'CC6.3', 'No removal was planned',
  ]) expect(words).toContain(fact)
})

test('where there is nothing to tell the report says so, and a version names the one it supersedes and why', async () => {
  const head = buildHead({ items: 10 })
  const { facts } = head
  if (facts === undefined) throw new Error('the builder writes facts')
  const at = { seq: 1, at: '2026-11-22T05:00:00.000Z', by: 'olivia.frank@northwind.example' }
  const words = await wordsOf({
    ...head, campaign: { ...head.campaign, version: 2 },
    facts: {
      ...facts, store: { ...facts.store, leavers: [], conflicts: [], exemptions: [] },
      log: {
        ...facts.log, tests: [], samples: [], custody: [], amendments: [{ ...at, supersedes: 1, reason: 'The removals are proved now' }],
        sealed: [{ ...at, version: 1, reportSha256: 'ab'.repeat(32), evidenceSha256: 'cd'.repeat(32), hasExceptions: false }],
      },
    },
  })
  for (const fact of ['None was entered. That the lists are complete rests on', 'No item showed a conflict.', 'Nothing was entered: where the evidence lies',
    'It supersedes version 1: The removals are proved now']) expect(words).toContain(fact)
  expect(words.replaceAll(' ', '')).toContain('ab'.repeat(32))
})

test('a report of the first release, without facts, is printed as it was', async () => {
  const { facts: _, ...before } = buildHead({ items: 10 })
  const words = await wordsOf(before)
  expect(words).not.toContain('At a glance')
  expect(words).toContain('12 Items reviewed')
})

test('the mappings that come with the product name the clauses auditors ask for, each with a section that answers it', () => {
  const all = readFrameworks(new URL('../../../resources/frameworks/', import.meta.url).pathname)
  const refs = all.flatMap(({ clauses }) => clauses.map(({ ref }) => ref))
  for (const ref of ['CC6.1', 'CC6.2', 'CC6.3', 'A.5.18', '7.2.4', '164.308(a)(4)', 'Access review']) expect(refs).toContain(ref)
  for (const { answeredBy } of all.flatMap(({ clauses }) => clauses)) {
    expect(answeredBy.length).toBeGreaterThan(0)
    for (const section of answeredBy) expect(Number(section)).toBeLessThanOrEqual(13)
  }
})
