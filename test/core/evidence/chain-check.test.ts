import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkChain, startChainCheck } from '../../../src/main/core/evidence/chain-check.ts'
import { appendEvent, emptyChain, eventHash } from '../../../src/main/core/evidence/event-chain.ts'
import type { EventFields } from '../../../src/main/core/evidence/event-chain.ts'
import { stubLine } from '../../../src/main/core/evidence/event-stub.ts'
import { leafHash, merkleRoot } from '../../../src/main/core/evidence/merkle-tree.ts'
import { sha256 } from '../../support/sha256.ts'

type Moment = { ts?: string; boot?: string; mono?: number }

function chainOf(moments: readonly Moment[], body: (index: number) => string = (index) => `fact ${index}`): string[] {
  let head = emptyChain('log-1')
  return moments.map((moment, index) => {
    const fields: EventFields = {
      ts: new Date(Date.UTC(2026, 10, 22, 8, 0, index)).toISOString(), boot: 'boot-1', mono: index * 1000, actor: 'officer@example.com',
      kind: 'noted', body: { text: body(index) }, ...moment,
    }
    const appended = appendEvent(head, fields, sha256)
    head = appended.head
    return appended.line
  })
}

const lines = chainOf(Array.from({ length: 6 }, () => ({})))
const edited = (line: string): string => line.replace('fact', 'feat')

test('an untouched chain has no fault, and its root is that of the lines', () => {
  fc.assert(fc.property(fc.array(fc.string(), { maxLength: 30 }), (texts) => {
    const chain = chainOf(texts.map(() => ({})), (index) => texts[index]?.toWellFormed() ?? '')
    const result = checkChain(chain, sha256)
    expect(result).toMatchObject({ fault: undefined, findings: [], size: texts.length })
    expect(result.root).toEqual(merkleRoot(chain.map((line) => leafHash(Buffer.from(line), sha256)), sha256))
  }), { numRuns: 50 })
})

test('an event says what it is, and its hash is that of the stored line with the domain before it', () => {
  const appended = appendEvent(emptyChain('log-1'), {
    ts: '2026-11-22T08:00:00.000Z', boot: 'b', mono: 5, actor: 'a@example.com', kind: 'noted', body: { n: 1 },
  }, sha256)
  expect(appended.line).toBe('{"actor":"a@example.com","body":{"n":1},"boot":"b","kind":"noted","log":"log-1","mono":5,'
    + `"prev":"${'0'.repeat(64)}","seq":0,"ts":"2026-11-22T08:00:00.000Z","v":1}`)
  expect(appended.hash).toBe(Buffer.from(sha256(Buffer.from(`muster-event-v1\n${appended.line}`))).toString('hex'))
  expect(appended.head).toEqual({ log: 'log-1', size: 1, hash: eventHash(appended.line, sha256) })
})

test('a time that is not a moment in UTC is refused before it is recorded', () => {
  const fields = { ts: '2026-11-22 08:00', boot: 'b', mono: 0, actor: 'a', kind: 'k', body: {} }
  expect(() => appendEvent(emptyChain('l'), fields, sha256)).toThrow(/ISO 8601/)
})

test.each([
  ['edited', lines.with(2, edited(lines[2] as string)), { seq: 3, line: 4, reason: 'wrong-prev' }],
  ['deleted', lines.toSpliced(2, 1), { seq: 2, line: 3, reason: 'gap' }],
  ['doubled', lines.toSpliced(3, 0, lines[2] as string), { seq: 3, line: 4, reason: 'reordered' }],
  ['exchanged with the next', [...lines.slice(0, 2), lines[3], lines[2], ...lines.slice(4)] as string[], { seq: 2, line: 3,
    reason: 'reordered' }],
  ['written with spaces', lines.with(1, (lines[1] as string).replace('":', '": ')), { seq: 1, line: 2, reason: 'not-canonical' }],
  ['replaced by other JSON', lines.with(4, '{"a":1}'), { seq: 4, line: 5, reason: 'not-an-event' }],
  ['given a doubled key', lines.with(0, (lines[0] as string).replace('{', '{"actor":"x",')), { seq: 0, line: 1, reason: 'not-canonical' }],
  ['moved to another log', chainOf([{}, {}]).map((line, index) => (index === 1 ? line.replace('log-1', 'log-2') : line)), { seq: 1,
    line: 2, reason: 'other-log' }],
])('an event %s is found, with the place and the reason', (_name, tampered, fault) => {
  expect(checkChain(tampered, sha256).fault).toMatchObject(fault)
})

test('cutting the tail leaves no fault in the chain: only a checkpoint seen earlier shows it', () => {
  const full = checkChain(lines, sha256)
  const cut = checkChain(lines.slice(0, 4), sha256)
  expect(cut.fault).toBeUndefined()
  expect(cut.root).not.toEqual(full.root)
})

test('any single changed character is found, in the chain or in the root', () => {
  const clean = checkChain(lines, sha256)
  fc.assert(fc.property(fc.nat(lines.length - 1), fc.nat(), fc.integer({ min: 32, max: 126 }), (which, where, code) => {
    const line = lines[which] as string
    const at = where % line.length
    const changed = line.slice(0, at) + String.fromCharCode(code) + line.slice(at + 1)
    const result = checkChain(lines.with(which, changed), sha256)
    const isFound = result.fault !== undefined || Buffer.compare(result.root, clean.root) !== 0
    expect(isFound).toBe(changed !== line)
  }))
})

test('a stub stands for a hidden event: chain and root stay the same', () => {
  const hidden = lines.map((line, seq) => (seq === 0 || seq === 3 ? stubLine(seq, line, sha256) : line))
  expect(checkChain(hidden, sha256)).toMatchObject({ fault: undefined, root: checkChain(lines, sha256).root, head: checkChain(lines,
    sha256).head })
  const forged = hidden.with(3, stubLine(3, edited(lines[3] as string), sha256))
  expect(checkChain(forged, sha256).fault).toMatchObject({ seq: 4, reason: 'wrong-prev' })
})

test('the root on the way can be compared with a checkpoint seen at that size', () => {
  const check = startChainCheck(sha256)
  for (const line of lines.slice(0, 3)) check.add(line)
  expect(check.rootSoFar()).toEqual(checkChain(lines.slice(0, 3), sha256).root)
  expect(check.size()).toBe(3)
})

test('a clock turned back is told, between two starts and within one, and is no fault', () => {
  const between = chainOf([{}, { boot: 'boot-2', mono: 0, ts: '2026-11-22T07:00:00.000Z' }])
  expect(checkChain(between, sha256)).toMatchObject({ fault: undefined, findings: [{ seq: 1, reason: 'clock-went-back' }] })
  const within = chainOf([{}, { mono: 600_000 }])
  expect(checkChain(within, sha256)).toMatchObject({ fault: undefined, findings: [{ seq: 1, reason: 'clock-went-back' }] })
})

test('a laptop that slept, and a clock corrected by a second, are ordinary', () => {
  const slept = chainOf([{}, { ts: '2026-11-23T08:00:00.000Z', mono: 2000 }, { ts: '2026-11-23T07:59:59.000Z', mono: 3000 }])
  expect(checkChain(slept, sha256).findings).toEqual([])
})

test('an app start that had ended does not come back unnoticed', () => {
  const resumed = chainOf([{ boot: 'a' }, { boot: 'b', mono: 0 }, { boot: 'a', mono: 9000 }])
  expect(checkChain(resumed, sha256).findings).toMatchObject([{ seq: 2, reason: 'start-resumed' }])
})
