import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tryAgainAt, writeLetter, type LetterFacts } from '../../../src/main/core/campaign/letter.ts'
import { oneLine } from '../../../src/main/core/campaign/one-line.ts'

const facts: LetterFacts = { kind: 'reminder', name: 'Mia', campaign: 'Q4', dueOn: '2026-12-15', undecided: 3, unsigned: 1, from: 'Olga' }

test('a letter says how many, of what kind, and until when, in either language', () => {
  expect(writeLetter(facts, 'en')).toEqual({
    subject: 'Q4: 4 answers due on 2026-12-15',
    text: 'Hello Mia,\n\nin the access review “Q4”, due on 2026-12-15:\n- 3 items wait for your decision.\n- 1 decision waits for your sign-off; until then they do not count.\n\nThank you\nOlga',
  })
  expect(writeLetter({ ...facts, kind: 'launch', undecided: 1, unsigned: 0 }, 'de')).toEqual({
    subject: 'Q4: 1 Antwort fällig am 15.12.2026',
    text: 'Guten Tag Mia,\n\ndie Zugriffsprüfung „Q4“ hat begonnen. Sie ist fällig am 15.12.2026:\n- 1 Eintrag wartet auf Ihre Entscheidung.\n\nVielen Dank\nOlga',
  })
  expect(writeLetter({ ...facts, kind: 'escalation' }, 'en').text).toContain('items came to you because nobody had answered them in time')
})

/** Any characters at all, lone surrogates among them. */
const text = fc.array(fc.oneof(fc.integer({ min: 0, max: 0x10ffff }), fc.integer({ min: 0, max: 0x20ff })), { maxLength: 60 }).map((points) => String.fromCodePoint(...points))

test('whatever a name or a title holds, subject and text keep their lines', () => {
  fc.assert(fc.property(text, text, fc.constantFrom('en', 'de'), (name, campaign, language) => {
    const hostile = writeLetter({ ...facts, name: `${name}\r\nBcc: x`, campaign: `${campaign}\u2028\u202e=?utf-8?B?4oCu?=`, from: name }, language as 'en' | 'de')
    expect(hostile.subject).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|=\?/u)
    expect(hostile.text.split('\n')).toHaveLength(writeLetter(facts, language as 'en' | 'de').text.split('\n').length)
    expect(hostile.text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  }))
})

test('a line is cut at whole characters, and plain names stay as they are', () => {
  expect(oneLine('  Jürgen   O’Brien-Ładoś ')).toBe('Jürgen O’Brien-Ładoś')
  expect(oneLine('😀'.repeat(200))).toBe(`${'😀'.repeat(119)}…`)
})

test('a refused letter is tried again soon, then less and less often, at least once a day', () => {
  const hours = [1, 2, 3, 4, 5, 6, 20].map((attempts) => (Date.parse(tryAgainAt('2026-11-20T00:00:00.000Z', attempts)) - Date.parse('2026-11-20T00:00:00.000Z')) / 3_600_000)
  expect(hours.map((one) => Math.ceil(one) + 0)).toEqual([0, 1, 3, 6, 12, 24, 24])
  expect(hours[0]).toBeLessThanOrEqual(0)
})
