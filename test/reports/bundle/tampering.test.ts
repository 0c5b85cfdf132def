// Every way of tampering is tried on a copy of a clean bundle, after the clean bundle itself has passed both verifiers.
import { appendFileSync, cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { signContent } from '../../../src/main/reports/signing/sign-cms.ts'
import type { Signer } from '../../../src/main/reports/signing/signer.ts'
import { stubLine } from '../../../src/main/core/evidence/event-stub.ts'
import type { ReportHead } from '../../../src/shared/model/evidence-report.ts'
import { enrolReviewers, noteOver, sampleLog, streamOf, writeSampleBundle } from '../../support/sample-bundle.ts'
import type { Doctored, Enrolled } from '../../support/sample-bundle.ts'
import { startLog } from '../../support/sample-campaign.ts'
import type { EventLog } from '../../support/sample-campaign.ts'
import { sha256, sha256Hex } from '../../support/sha256.ts'
import { createTestOrganisation } from '../../support/test-keys.ts'
import type { TestOrganisation } from '../../support/test-keys.ts'
import { failed, outcomes, verifyBoth } from '../../support/verify-both.ts'

let scratch: string
let ours: TestOrganisation
let reviewers: Enrolled[]
let clean: { path: string; log: EventLog }
let rootPem: string
/** The checkpoint a reviewer was given at the end, and one from the middle of the campaign. */
let seen: string[]

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'muster-test-'))
  ours = await createTestOrganisation(join(scratch, 'ours'))
  rootPem = ours.root.pem
  reviewers = await enrolReviewers(ours)
  clean = await writeSampleBundle(scratch, ours, reviewers)
  seen = [noteOver(clean.log), noteOver(clean.log, 9)]
  return () => {
    rmSync(scratch, { recursive: true, force: true })
  }
})

let copies = 0
function copyOfClean(): string {
  const copy = join(scratch, `copy-${++copies}.muster`)
  cpSync(clean.path, copy, { recursive: true })
  return copy
}

function edit(bundle: string, file: string, change: (text: string) => string): void {
  const path = join(bundle, file)
  const before = readFileSync(path, 'utf8')
  const after = change(before)
  expect(after, 'the test must change something').not.toBe(before)
  writeFileSync(path, after)
}

const editLines = (bundle: string, change: (lines: string[]) => string[]): void => {
  edit(bundle, 'events.jsonl', (text) => `${change(text.trimEnd().split('\n')).join('\n')}\n`)
}

/** What somebody does who holds a key: brings the list of files up to date and signs it. */
async function reseal(bundle: string, signer: Signer, change: (manifest: Record<string,
  unknown>) => void = () => undefined): Promise<void> {
  const path = join(bundle, 'manifest.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { files: { path: string; bytes: number; sha256: string }[] }
  manifest.files = manifest.files.flatMap((file) => {
    const content = readIfThere(join(bundle, file.path))
    return content === undefined ? [] : [{ path: file.path, bytes: content.length, sha256: sha256Hex(content) }]
  })
  change(manifest as unknown as Record<string, unknown>)
  const text = JSON.stringify(manifest)
  writeFileSync(path, text)
  writeFileSync(join(bundle, 'manifest.p7s'), await signContent(text, signer))
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

test('the clean bundle passes every check, with earlier checkpoints and without', async () => {
  const checks = await verifyBoth(clean.path, { rootPem, seen })
  expect(checks.filter(({ outcome }) => outcome !== 'passed').map(({ code, detail }) => [code, detail])).toEqual([
    ['time', 'time claimed, not proven: no time authority stamped this bundle'],
  ])
  expect(outcomes(await verifyBoth(clean.path, { rootPem }))).toMatchObject({ seen: 'not-checked', events: 'passed' })
})

describe('by somebody without a key', () => {
  test.each<[string, (bundle: string) => void, string[]]>([
    ['a row edited in items.csv', (bundle) => edit(bundle, 'items.csv', (text) => text.replace('revoke', 'keep')), ['files', 'items-csv']],
    ['an outcome edited in evidence.json', (bundle) => edit(bundle, 'evidence.json', (text) => text.replace('"outcome":"revoke"',
      '"outcome":"keep"')),
      ['files', 'items', 'items-csv', 'report-evidence', 'trail']],
    ['a total edited in evidence.json', (bundle) => edit(bundle, 'evidence.json', (text) => text.replace('"revoked":', '"revoked":1')),
      ['files', 'totals', 'report-evidence', 'report-print']],
    ['the comma between two rows of evidence.json left out', (bundle) => edit(bundle, 'evidence.json', (text) => text.replace('},\n', '}\n')),
      ['files', 'totals', 'items', 'items-csv', 'trail', 'report-evidence']],
    ['evidence.json cut off', (bundle) => edit(bundle, 'evidence.json', (text) => text.slice(0, 40)), ['files', 'totals',
      'report-evidence']],
    ['an event edited', (bundle) => edit(bundle, 'events.jsonl', (text) => text.replace('"openMs":2000', '"openMs":9000')),
      ['files', 'events', 'checkpoint', 'seen']],
    ['an event deleted', (bundle) => editLines(bundle, (lines) => lines.toSpliced(8, 1)),
      ['files', 'events', 'checkpoint', 'seen']],
    ['an event inserted', (bundle) => editLines(bundle, (lines) => lines.toSpliced(6, 0, lines[6] ?? '')),
      ['files', 'events', 'checkpoint', 'seen']],
    ['two events exchanged', (bundle) => editLines(bundle, (lines) => [...lines.slice(0, 8), lines[9] ?? '', lines[8] ?? '',
      ...lines.slice(10)]),
      ['files', 'events', 'checkpoint', 'seen']],
    ['the end of the log cut off', (bundle) => editLines(bundle, (lines) => lines.slice(0, -1)), ['files', 'checkpoint', 'totals', 'seen']],
    ['an event\'s line that is not UTF-8', (bundle) => {
      const path = join(bundle, 'events.jsonl')
      const bytes = readFileSync(path)
      bytes[bytes.indexOf('Example')] = 0xff
      writeFileSync(path, bytes)
    }, ['files', 'events', 'checkpoint', 'seen']],
    ['a checkpoint exchanged for an earlier one', (bundle) => writeFileSync(join(bundle, 'checkpoint'), seen[1] ?? ''),
      ['files', 'checkpoint', 'checkpoint-signature']],
    ['a byte of the PDF flipped', (bundle) => {
      const path = join(bundle, 'report.pdf')
      const bytes = readFileSync(path)
      bytes[200] = (bytes[200] ?? 0) ^ 1
      writeFileSync(path, bytes)
    }, ['files', 'report-signature']],
    ['a revision appended to the PDF', (bundle) => appendFileSync(join(bundle, 'report.pdf'), '\n1 0 obj\n<<>>\nendobj\n%%EOF\n'),
      ['files', 'report-signature', 'report-evidence', 'report-print']],
    ['a raw extract dropped', (bundle) => {
      for (const name of readdirSync(join(bundle, 'raw'))) rmSync(join(bundle, 'raw', name))
    }, ['files', 'raw']],
    ['two sign-offs exchanged', (bundle) => {
      const [one, two] = readdirSync(join(bundle, 'signoffs')).map((name) => join(bundle, 'signoffs', name))
      renameSync(one ?? '', join(bundle, 'aside'))
      renameSync(two ?? '', one ?? '')
      renameSync(join(bundle, 'aside'), two ?? '')
    }, ['files', 'sign-offs']],
    ['a file added', (bundle) => writeFileSync(join(bundle, 'note.txt'), 'more'), ['unlisted']],
    ['a file added in a folder of its own', (bundle) => cpSync(join(bundle, 'certs'), join(bundle, 'more'), { recursive: true }),
      ['unlisted']],
    ['a file exchanged for a link to its like', (bundle) => {
      renameSync(join(bundle, 'VERIFY.txt'), `${bundle}.aside`)
      symlinkSync(`${bundle}.aside`, join(bundle, 'VERIFY.txt'))
    }, ['files']],
    ['the list of files edited', (bundle) => edit(bundle, 'manifest.json', (text) => text.replace('"Q4 access review"',
      '"Q4 access renew"')),
      ['manifest-signature', 'report-signature']],
    ['a listed path that leads outside', (bundle) => edit(bundle, 'manifest.json', (text) => text.replace('"VERIFY.txt"',
      '"../VERIFY.txt"')), ['manifest']],
    ['the signature of the list removed', (bundle) => rmSync(join(bundle, 'manifest.p7s')), ['manifest-signature', 'report-signature']],
    ['the events removed', (bundle) => rmSync(join(bundle, 'events.jsonl')), ['files', 'events']],
    ['the report removed', (bundle) => rmSync(join(bundle, 'report.pdf')), ['files', 'report-signature', 'report-print']],
    ['the list of files removed', (bundle) => rmSync(join(bundle, 'manifest.json')), ['manifest']],
  ])('%s is found', async (_name, tamper, expected) => {
    const bundle = copyOfClean()
    expect(failed(await verifyBoth(bundle, { rootPem, seen }))).toEqual([])
    tamper(bundle)
    expect(failed(await verifyBoth(bundle, { rootPem, seen })).sort()).toEqual([...expected].sort())
  })
})

describe('by the officer, who holds a good key', () => {
  async function doctoredBundle(doctored: Doctored): Promise<string> {
    const folder = mkdtempSync(join(scratch, 'doctored-'))
    return (await writeSampleBundle(folder, ours, reviewers, { doctored })).path
  }

  test('a row edited before everything was exported and signed again', async () => {
    const bundle = await doctoredBundle({ items: (items) => items.map((item) => (item.item === 5 ? { ...item, outcome: 'keep' } : item)) })
    expect(failed(await verifyBoth(bundle, { rootPem, seen }))).toEqual(['items', 'trail'])
  })

  test('a row left out, and one doubled in its place', async () => {
    const bundle = await doctoredBundle({ items: (items) => [...items.slice(1), ...items.slice(1, 2)] })
    expect(failed(await verifyBoth(bundle, { rootPem, seen }))).toEqual(['items'])
  })

  test('figures improved in the report', async () => {
    const bundle = await doctoredBundle({ head: (head) => ({ ...head, selfReviews: head.selfReviews + 1 }) })
    expect(failed(await verifyBoth(bundle, { rootPem, seen }))).toEqual(['totals', 'exceptions'])
  })

  const facts = (change: (told: NonNullable<ReportHead['facts']>['log']) => Partial<NonNullable<ReportHead['facts']>['log']>) => (head: ReportHead): ReportHead => (
    head.facts === undefined ? head : { ...head, facts: { ...head.facts, log: { ...head.facts.log, ...change(head.facts.log) } } }
  )

  test.each<[string, Doctored]>([
    ['a test of the population left out of the report', { head: facts(() => ({ tests: [] })) }],
    ['the count of a test improved', { head: facts(({ tests }) => ({ tests: tests.map((one) => ({ ...one, expected: one.expected + 1 })) })) }],
    ['pace made to look slower', { head: facts(({ pace }) => ({ pace: pace.map((one) => ({ ...one, decisions: one.decisions + 1 })) })) }],
    ['a note of custody changed', { head: facts(({ custody }) => ({ custody: custody.map((one) => ({ ...one, where: 'vault' })) })) }],
  ])('%s', async (_name, doctored) => {
    expect(failed(await verifyBoth(clean.path, { rootPem, seen }))).toEqual([])
    expect(failed(await verifyBoth(await doctoredBundle(doctored), { rootPem, seen }))).toEqual(['trail'])
  })

  test('a sample that its seed does not draw', async () => {
    const log = rewrite(clean.log, (event) => (
      event.kind === 'sample-drawn' ? { ...event, body: { ...event.body, items: [1, 2, 3] } } : event
    ))
    const checks = await verifyBoth(await doctoredBundle({ log }), { rootPem })
    expect(failed(checks)).toEqual(['trail'])
    expect(checks.find(({ code }) => code === 'trail')?.detail).toContain('drawing again with its seed gives other items')
  })

  test('undecided items kept quiet about', async () => {
    const log = sampleLog(reviewers, { leaveOpen: [4] })
    const honest = await doctoredBundle({ log })
    expect(failed(await verifyBoth(honest, { rootPem }))).toEqual([])
    const bundle = await doctoredBundle({ log: sampleLog(reviewers, { leaveOpen: [4] }), head: (head) => ({ ...head, exceptions: [] }) })
    expect(failed(await verifyBoth(bundle, { rootPem }))).toEqual(['exceptions'])
  })

  test('the whole log written anew with another decision: the reviewer\'s signature and the seen checkpoints speak against it',
    async () => {
    const log = rewrite(clean.log, (event) => (
      event.kind === 'decision-made' && event.body['item'] === 3 ? { ...event, body: { ...event.body, outcome: 'revoke' } } : event
    ))
    const signatureOf = (eventSeq: number): Buffer => readFileSync(join(clean.path, `signoffs/${eventSeq}.p7s`))
    const keepSignatures = ({ eventSeq }: { eventSeq: number }) => ({ eventSeq, cms: signatureOf(eventSeq) })
    const bundle = await doctoredBundle({ log, input: (input) => ({ ...input, signOffs: input.signOffs.map(keepSignatures) }) })
    expect(failed(await verifyBoth(bundle, { rootPem, seen }))).toEqual(['seen', 'campaign', 'sign-offs'])
  })

  test('the end of the log cut off and sealed again: only a checkpoint seen earlier shows it', async () => {
    const log = rewrite(clean.log, (event) => (event.seq === clean.log.events.length - 1 ? undefined : event))
    const bundle = await doctoredBundle({ log })
    const without = await verifyBoth(bundle, { rootPem })
    expect(failed(without)).toEqual([])
    expect(outcomes(without)['seen']).toBe('not-checked')
    expect(failed(await verifyBoth(bundle, { rootPem, seen }))).toEqual(['seen'])
    expect(failed(await verifyBoth(bundle, { rootPem, seen: seen.slice(1) }))).toEqual([])
  })

  test('an event of the campaign hidden as if it belonged to another', async () => {
    const undo = clean.log.events.findIndex(({ line }) => line.includes('"decision-undone"'))
    const bundle = copyOfClean()
    editLines(bundle, (lines) => lines.with(undo, stubLine(undo, clean.log.events[undo]?.line ?? '', sha256)))
    await reseal(bundle, ours.officer)
    expect(failed(await verifyBoth(bundle, { rootPem, seen }))).toEqual(['campaign', 'totals', 'items', 'trail'])
  })

  test('evidence.json changed in a field no event knows, but not in the PDF', async () => {
    const bundle = copyOfClean()
    edit(bundle, 'evidence.json', (text) => text.replaceAll('Used last week.', 'Used today.'))
    edit(bundle, 'items.csv', (text) => text.replaceAll('Used last week.', 'Used today.'))
    await reseal(bundle, ours.officer)
    expect(failed(await verifyBoth(bundle, { rootPem, seen }))).toEqual(['report-evidence'])
  })

  test('a raw extract dropped from the list too, or exchanged', async () => {
    const dropped = copyOfClean()
    rmSync(join(dropped, 'raw'), { recursive: true })
    await reseal(dropped, ours.officer, (manifest) => { manifest['raw'] = [] })
    expect(failed(await verifyBoth(dropped, { rootPem, seen }))).toEqual(['raw'])
    const exchanged = copyOfClean()
    const [name = ''] = readdirSync(join(exchanged, 'raw'))
    writeFileSync(join(exchanged, 'raw', name), 'other rows')
    await reseal(exchanged, ours.officer)
    expect(failed(await verifyBoth(exchanged, { rootPem, seen }))).toEqual(['raw'])
  })

  test('an extract kept elsewhere is told as not checked', async () => {
    const bundle = await doctoredBundle({ input: (input) => ({ ...input, rawFiles: input.rawFiles.map((raw) => ({ ...raw,
      path: null })) }) })
    const checks = await verifyBoth(bundle, { rootPem, seen })
    expect(failed(checks)).toEqual([])
    expect(outcomes(checks)['raw']).toBe('not-checked')
  })
})

describe('by others with keys', () => {
  test('everything written and signed anew by a look-alike organisation', async () => {
    const folder = mkdtempSync(join(scratch, 'look-alike-'))
    const theirs = await createTestOrganisation(folder)
    const bundle = (await writeSampleBundle(folder, theirs, await enrolReviewers(theirs))).path
    expect(failed(await verifyBoth(bundle, { rootPem: theirs.root.pem }))).toEqual([])
    const found = failed(await verifyBoth(bundle, { rootPem, seen }))
    expect(found).toEqual(['root', 'checkpoint-signature', 'seen', 'sign-offs', 'report-signature'])
  })

  test('a reviewer cannot seal a bundle with a reviewer\'s key', async () => {
    const folder = mkdtempSync(join(scratch, 'reviewer-'))
    const [anna] = reviewers
    if (anna === undefined) throw new Error('no reviewer')
    const bundle = (await writeSampleBundle(folder, { ...ours, officer: anna.signer }, reviewers)).path
    expect(failed(await verifyBoth(bundle, { rootPem, seen }))).toEqual(['root'])
  })

  test('a reviewer\'s key under the list of an officer\'s bundle', async () => {
    const bundle = copyOfClean()
    await reseal(bundle, reviewers[0]?.signer ?? ours.officer)
    expect(failed(await verifyBoth(bundle, { rootPem, seen }))).toEqual(['root', 'report-signature'])
  })

  test('a sign-off made by another reviewer', async () => {
    const bundle = await (async () => {
      const swapped = reviewers.map((one, index) => ({ ...one, signer: reviewers[1 - index]?.signer ?? one.signer }))
      const folder = mkdtempSync(join(scratch, 'swapped-'))
      return (await writeSampleBundle(folder, ours, swapped)).path
    })()
    expect(failed(await verifyBoth(bundle, { rootPem, seen }))).toEqual(['sign-offs'])
  })
})

test('a checkpoint of another log, and a file that is no checkpoint, do not pass as seen', async () => {
  const other = startLog('another.example/log')
  other.add('system', { kind: 'workspace-created', body: { name: 'Other', rootFingerprint: sha256Hex('root') } })
  expect(failed(await verifyBoth(clean.path, { rootPem, seen: [noteOver(other)] }))).toEqual(['seen'])
  expect(failed(await verifyBoth(clean.path, { rootPem, seen: ['nonsense'] }))).toEqual(['seen'])
})

test('any flipped byte in any file fails at least one check, in both verifiers', async () => {
  const names = readdirSync(clean.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => relative(clean.path, join(entry.parentPath, entry.name))).sort()
  const bundle = copyOfClean()
  await fc.assert(fc.asyncProperty(fc.constantFrom(...names), fc.nat(), fc.integer({ min: 1, max: 255 }), async (name, where, flip) => {
    const path = join(bundle, name)
    const before = readFileSync(path)
    const at = where % before.length
    try {
      writeFileSync(path, before.with(at, (before[at] ?? 0) ^ flip))
      // Damaged syntax may be unreadable to one reader and wrong to the other; elsewhere they agree check by check.
      const onlyVerdict = /\.(p7s|pdf|json)$/.test(name)
      expect(failed(await verifyBoth(bundle, { rootPem, seen, onlyVerdict }))).not.toEqual([])
    } finally {
      writeFileSync(path, before)
    }
  }), { numRuns: Number(process.env['MUSTER_FLIPS'] ?? 60) })
})

type Told = { seq: number; actor: string; kind: string; body: Record<string, unknown> }

/** The same log with some events changed (undefined: left out), chained anew. */
function rewrite(log: EventLog, change: (event: Told) => Told | undefined): EventLog {
  const anew = startLog()
  for (const { line } of log.events) {
    const event = change(JSON.parse(line) as Told)
    if (event !== undefined) anew.add(event.actor, { kind: event.kind, body: event.body } as unknown as Parameters<EventLog['add']>[1])
  }
  return anew
}

test('what is streamed is what is written', async () => {
  const values: number[] = []
  for await (const value of streamOf([1, 2, 3])) values.push(value)
  expect(values).toEqual([1, 2, 3])
})
