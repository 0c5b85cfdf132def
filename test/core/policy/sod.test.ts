import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rightsOn } from '../../../src/main/core/policy/rule-hits.ts'
import { findConflicts } from '../../../src/main/core/policy/sod.ts'
import { rightsOf } from '../../../src/main/core/signals/rights.ts'
import { organisation } from '../../support/population-builder.ts'

const rule = { left: ['PAY'], right: ['APPROVE', 'RELEASE'] }
const conflicts = (org: ReturnType<typeof organisation>) => {
  const population = org.build()
  const { entitlements, identities } = population
  const named = (right: number) => entitlements.nativeId[right]
  return findConflicts(population, rightsOf(population)).all.map(({ subject, hit, standing }) => ({
    rule: population.sodRules[hit.rule]?.id, identity: identities.id[subject], left: rightsOn(hit, 'left').map(named), right: rightsOn(hit, 'right').map(named),
    state: standing.state,
  }))
}

describe('separation of duties', () => {
  it('finds both sides in one person, across accounts and sources, whatever the spelling of the ids', () => {
    const org = organisation().person('anna').account('anna-erp', 'anna', {}, 2)
      .right(' pay ').right('Approve').grant('anna', ' pay ').grant('anna-erp', 'Approve').rule(rule)
    expect(conflicts(org)).toEqual([{ rule: 'rule-1', identity: 100, left: [' pay '], right: ['Approve'], state: 'open' }])
  })

  it('two people with one side each are no conflict', () => {
    expect(conflicts(organisation().person('anna').person('bert').grant('anna', 'PAY').grant('bert', 'APPROVE').rule(rule))).toEqual([])
  })

  it('one right on both sides does not conflict with itself', () => {
    expect(conflicts(organisation().person('anna').grant('anna', 'PAY').rule({ left: ['PAY'], right: ['PAY'] }))).toEqual([])
  })

  it('each right of the pair names the other, once per rule', () => {
    const org = organisation().person('anna').grant('anna', 'PAY').grant('anna', 'APPROVE').grant('anna', 'RELEASE').rule(rule)
    const named = (right: string) => org.weigh('anna', right).packet.signals.flatMap(
      (signal) => (signal.kind === 'sod-conflict' ? [signal.facts.otherEntitlement] : []),
    )
    expect([named('PAY'), named('APPROVE'), named('RELEASE')]).toEqual([['APPROVE'], ['PAY'], ['PAY']])
  })

  it('an account nobody owns is judged on its own', () => {
    const org = organisation().person('anna', { orphan: 'no-candidate' }).grant('anna', 'PAY').grant('anna', 'APPROVE').rule(rule)
    expect(org.weigh('anna', 'PAY').packet.signals.some((signal) => signal.kind === 'sod-conflict')).toBe(true)
  })

  it('agrees with checking every pair', () => {
    const names = ['A', 'B', 'C', 'D'] as const
    const side = fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 })
    fc.assert(fc.property(fc.array(fc.subarray([...names]), { minLength: 1, maxLength: 6 }), fc.array(
      fc.record({ left: side, right: side }), { maxLength: 4 },
    ), (people, rules) => {
      const org = organisation()
      for (const name of names) org.right(name)
      people.forEach((held, at) => {
        org.person(`p${at}`)
        for (const right of held) org.grant(`p${at}`, right)
      })
      for (const each of rules) org.rule(each)
      const expected = people.flatMap((held, at) => rules.flatMap((each, n) => {
        const pairs = each.left.flatMap((left) => each.right.filter((right) => left !== right && held.includes(left) && held.includes(right))
          .map((right) => [left, right] as const))
        const sideOf = (place: 0 | 1) => [...new Set(pairs.map((pair) => pair[place]))].sort()
        return pairs.length === 0 ? [] : [{ rule: `rule-${n + 1}`, identity: 100 + at, left: sideOf(0), right: sideOf(1), state: 'open' }]
      }))
      expect(conflicts(org)).toEqual(expected)
    }), { numRuns: 200 })
  })
})
