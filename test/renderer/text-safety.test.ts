import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, daysBetween } from '../../src/renderer/components/format.ts'
import { parseHash, toHash } from '../../src/renderer/components/hash-route.ts'
import { initials } from '../../src/renderer/components/person-name.ts'
import { plainText } from '../../src/renderer/components/plain-text.ts'
import { toFailure } from '../../src/renderer/api/failure.ts'
import { isPortMessage } from '../../src/renderer/api/port.ts'
import { tokenInFragment } from '../../src/renderer/api/session-token.ts'

describe('text somebody else wrote', () => {
  it('loses every character that could turn its surroundings around', () => {
    expect(plainText('Ana\u202Etreversed\u2066 x\u200B')).toBe('Ana treversed x')
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(plainText(text)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/)
    }))
  })
  it.each([['Ana Duarte', 'AD'], ['svc-erp-batch', 'SB'], ['', ''], ['李 小龙', '李小'],
    ['Oluwaseun Adébáyò-Whittington', 'OW'], ['Yann Chevalier (Quillfeather Design)', 'YC'], ['(Kelpworks)', 'K'], ['Ana Duarte [extern]', 'AD']])('%s has the mark %s', (name, mark) => expect(initials(name)).toBe(mark))
})

describe('the way to the engine', () => {
  it('takes the token out of the fragment and leaves the rest', () => {
    expect(tokenInFragment('#token=a%2Bb')).toEqual({ token: 'a+b', rest: '' })
    expect(tokenInFragment('#token=abc&/review/1')).toEqual({ token: 'abc', rest: '/review/1' })
    expect(tokenInFragment('#/review/1')).toBeNull()
  })
  it('takes a port only from this window and this origin', () => {
    const self = { location: { origin: 'app://muster' } } as Window
    const good = { source: self, origin: 'app://muster', data: 'muster:port', ports: [{} as MessagePort] }
    expect(isPortMessage(good, self)).toBe(true)
    expect(isPortMessage({ ...good, source: {} as Window }, self)).toBe(false)
    expect(isPortMessage({ ...good, origin: 'https://elsewhere.example' }, self)).toBe(false)
    expect(isPortMessage({ ...good, data: 'other' }, self)).toBe(false)
    expect(isPortMessage({ ...good, ports: [] }, self)).toBe(false)
  })
  it('calls a silent engine silent', () => expect(toFailure(new TypeError('Failed to fetch')).kind).toBe('NO_ANSWER'))
})

describe('places and days', () => {
  it('an address survives the way through the fragment', () => {
    fc.assert(fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }), (parts) => {
      expect(parseHash(toHash(...parts))).toEqual(parts)
    }))
  })
  it('counts calendar days, not hours', () => expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2))
  it('a month later never skips a month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2026-11-22', 3)).toBe('2027-02-22')
  })
})
