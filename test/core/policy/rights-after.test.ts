import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rightsAfter, type Hold } from '../../../src/main/core/policy/rights-after.ts'

const finance = { right: 1, source: 1, nativeId: 'g-finance', name: 'Finance' }
const hold = (right: number, ...steps: string[]): Hold => ({ right, source: 1, steps })

describe('what is left after losing rights', () => {
  it('what was held only through a group goes with it, at any depth', () => {
    const after = rightsAfter([hold(1), hold(2, 'g-finance'), hold(3, 'g-finance', 'g-pay'), hold(4)], [finance])
    expect([[...after.lost], after.lostAlong]).toEqual([[1, 2, 3], [2, 3]])
  })

  it('what is held another way as well stays', () => {
    const after = rightsAfter([hold(1), hold(2, 'g-finance'), hold(2), hold(3, 'g-finance'), hold(3, 'g-audit')], [finance])
    expect([...after.lost]).toEqual([1])
  })

  it('a right that itself came through a group goes alone, with what hangs on it; the group stays', () => {
    const after = rightsAfter([hold(1), hold(2, 'g-finance'), hold(3, 'g-finance', 'g-pay')], [{ right: 2, source: 1, nativeId: 'g-pay', name: 'Payers' }])
    expect([...after.lost]).toEqual([2, 3])
  })

  it('a path may name its groups as a file does', () => {
    expect([...rightsAfter([hold(1), hold(2, 'Finance', 'Payers'), hold(3, 'Audit')], [finance]).lost]).toEqual([1, 2])
  })

  it('the same id in another source is another group', () => {
    expect([...rightsAfter([hold(1), { right: 9, source: 2, steps: ['g-finance'] }], [finance]).lost]).toEqual([1])
  })

  it('losing nothing loses nothing, and losing more never leaves more', () => {
    const holds = fc.array(fc.record({ right: fc.integer({ min: 0, max: 5 }), source: fc.constant(1), steps: fc.array(fc.integer({ min: 0, max: 5 }).map(String), { maxLength: 3 }) }))
    const loses = fc.array(fc.integer({ min: 0, max: 5 }).map((right) => ({ right, source: 1, nativeId: String(right), name: `n${right}` })), { maxLength: 3 })
    fc.assert(fc.property(holds, loses, loses, (held, some, more) => {
      expect(rightsAfter(held, []).lost.size).toBe(0)
      const [few, many] = [rightsAfter(held, some).lost, rightsAfter(held, [...some, ...more]).lost]
      expect([...few].every((one) => many.has(one))).toBe(true)
    }))
  })
})
