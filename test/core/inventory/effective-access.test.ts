import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  accessGraph, effectiveGrants, pathText, reachFinder, type DirectHold, type EffectiveGrant, type NestedHold,
} from '../../../src/main/core/inventory/effective-access.ts'
import { pathSteps } from '../../../src/shared/model/access-path.ts'

const plain = { grantedAt: null, expiresAt: null, isForDirectMembers: false }

function grantsOf(count: number, nested: readonly NestedHold[], direct: readonly DirectHold[]): readonly EffectiveGrant[] {
  return [...effectiveGrants(direct, reachFinder(accessGraph(count, nested)))]
}

const shown = (grants: readonly EffectiveGrant[]): readonly string[] => grants.map(({ entitlement, path }) => `${path.join('>')}>${entitlement}`).sort()

/** Every way without a repetition, the plainest way; then the shortest of those with the same start and end, the smallest first where they tie. */
function expanded(nested: readonly NestedHold[], direct: readonly DirectHold[]): readonly string[] {
  const best = new Map<string, readonly number[]>()
  const walk = (way: readonly number[]): void => {
    const key = `${way[0] ?? -1} ${way.at(-1) ?? -1}`
    const known = best.get(key)
    if (known === undefined || way.length < known.length || (way.length === known.length && compare(way, known) < 0)) best.set(key, way)
    for (const { holder, entitlement, isForDirectMembers } of nested) {
      if (holder === way.at(-1) && !way.includes(entitlement) && (!isForDirectMembers || way.length === 1)) walk([...way, entitlement])
    }
  }
  for (const { entitlement } of direct) walk([entitlement])
  return [...best.values()].map((way) => `${way.slice(0, -1).join('>')}>${way.at(-1) ?? ''}`).sort()
}

function compare(one: readonly number[], two: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== two[index])
  return at === -1 ? 0 : (one[at] ?? 0) - (two[at] ?? 0)
}

const holds = (count: number): fc.Arbitrary<readonly NestedHold[]> =>
  fc.uniqueArray(fc.tuple(fc.nat(count - 1), fc.nat(count - 1), fc.boolean()), { maxLength: 14, selector: ([a, b]) => a * 100 + b })
    .map((pairs) => pairs.map(([holder, entitlement, isForDirectMembers]) => ({ holder, entitlement, ...plain, isForDirectMembers })))

test('what the graph reaches is what a naive expansion of every way finds, cycles and all', () => {
  fc.assert(fc.property(holds(7), fc.uniqueArray(fc.nat(6), { maxLength: 4 }), (nested, own) => {
    const direct = own.map((entitlement) => ({ entitlement, ...plain }))
    expect(shown(grantsOf(7, nested, direct))).toEqual(expanded(nested, direct))
  }), { numRuns: 400 })
})

test('the order in which holds were read changes nothing', () => {
  fc.assert(fc.property(holds(6).chain((nested) => fc.tuple(fc.constant(nested), fc.shuffledSubarray([...nested], { minLength: nested.length }))), ([nested, shuffled]) => {
    const direct = [{ entitlement: 0, ...plain }]
    expect(grantsOf(6, shuffled, direct)).toEqual(grantsOf(6, nested, direct))
  }))
})

test('an application assigned to a group is for the group\'s own members, not for those of groups nested in it', () => {
  // 0: a team in 1: a department, which is assigned 2: an application.
  const nested = [{ holder: 0, entitlement: 1, ...plain }, { holder: 1, entitlement: 2, ...plain, isForDirectMembers: true }]
  expect(shown(grantsOf(3, nested, [{ entitlement: 0, grantedAt: null, expiresAt: null }]))).toEqual(['0>1', '>0'])
  expect(shown(grantsOf(3, nested, [{ entitlement: 1, grantedAt: null, expiresAt: null }]))).toEqual(['1>2', '>1'])
})

test('a right reached through two direct holdings is two grants, and one of several ways through the same holding is one', () => {
  const nested = [{ holder: 0, entitlement: 2 }, { holder: 1, entitlement: 2 }, { holder: 0, entitlement: 3 }, { holder: 3, entitlement: 2 }].map((one) => ({ ...one, ...plain }))
  const direct = [0, 1].map((entitlement) => ({ entitlement, ...plain }))
  expect(shown(grantsOf(4, nested, direct)).filter((line) => line.endsWith('>2'))).toEqual(['0>2', '1>2'])
})

test('a way is dated by its last piece if every piece is dated, and ends with the first that ends', () => {
  const nested = [
    { holder: 0, entitlement: 1, ...plain, grantedAt: '2025-05-01', expiresAt: '2027-01-01' }, { holder: 1, entitlement: 2, ...plain, expiresAt: '2026-01-01' },
  ]
  expect(grantsOf(3, nested, [{ entitlement: 0, grantedAt: '2024-01-01', expiresAt: null }])).toEqual([
    { entitlement: 0, grantedAt: '2024-01-01', expiresAt: null, path: [] }, { entitlement: 1, grantedAt: '2025-05-01', expiresAt: '2027-01-01', path: [0] },
    { entitlement: 2, grantedAt: null, expiresAt: '2026-01-01', path: [0, 1] },
  ])
})

test('a path is read back into its pieces', () => {
  expect(pathText([])).toBe('direct')
  expect(pathSteps(pathText(['group:a', 'app-role:b']))).toEqual(['group:a', 'app-role:b'])
  expect(pathSteps(pathText([]))).toEqual([])
})

test('holders of a twenty thousand group nest share what it reaches', () => {
  const groups = 20_000
  const nested = Array.from({ length: groups - 1 }, (_, index) => ({ holder: index + 1, entitlement: index >> 3, ...plain }))
  const reachOf = reachFinder(accessGraph(groups, nested))
  let grants = 0
  for (let account = 0; account < 10_000; account++) {
    const direct = Array.from({ length: 10 }, (_, at) => ({ entitlement: (account * 7 + at * 1_999) % groups, ...plain }))
    for (const _ of effectiveGrants(direct, reachOf)) grants++
  }
  expect(grants).toBeGreaterThan(400_000)
})
