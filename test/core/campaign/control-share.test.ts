import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hidesAdvice } from '../../../src/main/core/campaign/control-share.ts'

const ordinary = { privilege: 'none', risk: 'low', action: 'keep' } as const
const hashOf = (n: number): string => createHash('sha256').update(String(n)).digest('hex')
const anyHash = fc.nat().map(hashOf)

test('advice on administrators and critical rights is hidden whatever the share', () => {
  fc.assert(
    fc.property(anyHash, fc.nat(100), (hash, share) => {
      expect(hidesAdvice({ ...ordinary, privilege: 'admin' }, hash, share)).toBe(true)
      expect(hidesAdvice({ ...ordinary, risk: 'critical' }, hash, share)).toBe(true)
    }),
  )
})

test('a share of 0 hides none of the rest and a share of 100 hides all', () => {
  fc.assert(
    fc.property(anyHash, (hash) => {
      expect(hidesAdvice(ordinary, hash, 0)).toBe(false)
      expect(hidesAdvice(ordinary, hash, 100)).toBe(true)
    }),
  )
})

test('a larger share keeps hidden what a smaller one hides', () => {
  fc.assert(
    fc.property(anyHash, fc.nat(100), fc.nat(100), (hash, one, other) => {
      if (hidesAdvice(ordinary, hash, Math.min(one, other))) expect(hidesAdvice(ordinary, hash, Math.max(one, other))).toBe(true)
    }),
  )
})

test('the draw looks at the packet alone, so that advice is not hidden more often on one kind of answer', () => {
  fc.assert(
    fc.property(anyHash, fc.nat(100), (hash, share) => {
      const drawn = (['keep', 'revoke', 'look-closer'] as const).map((action) => hidesAdvice({ ...ordinary, action }, hash, share))
      expect(new Set(drawn).size).toBe(1)
    }),
  )
})

test.each([5, 20, 50])('about %d in a hundred are drawn', (share) => {
  const total = 20_000
  const drawn = Array.from({ length: total }, (_, n) => hidesAdvice(ordinary, hashOf(n), share)).filter(Boolean).length
  expect(Math.abs(drawn / total - share / 100)).toBeLessThan(0.012)
})
