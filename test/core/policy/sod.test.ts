import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findConflicts, sodConflicts } from '../../../src/main/core/policy/sod.ts'
import { rightsOf } from '../../../src/main/core/signals/rights.ts'
import { organisation } from '../../support/population-builder.ts'

const rule = { left: ['PAY'], right: ['APPROVE', 'RELEASE'] }
const conflicts = (org: ReturnType<typeof organisation>) => {
  const population = org.build()
  return sodConflicts(population, findConflicts(population, rightsOf(population)))
}

describe('separation of duties', () => {
  it('finds both sides in one person, across accounts and sources, whatever the spelling of the ids', () => {
    const org = organisation().person('anna').account('anna-erp', 'anna', {}, 2)
      .right(' pay ').right('Approve').grant('anna', ' pay ').grant('anna-erp', 'Approve').rule(rule)
    expect(conflicts(org)).toEqual([{ ruleId: 'rule-1', identityId: 100, leftEntitlementId: 500, rightEntitlementId: 501 }])
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
      const expected = people.flatMap((held, at) => rules.flatMap((each, n) => each.left.flatMap((left) => each.right
        .filter(
          (right) => left !== right && held.includes(left) && held.includes(right),
        ).map((right) => `${at} ${n + 1} ${left} ${right}`))))
      const found = conflicts(org).map(
        (one) => [
          one.identityId - 100, one.ruleId.slice(5), names[one.leftEntitlementId - 500], names[one.rightEntitlementId - 500]
        ].join(' '),
      )
      expect(found.sort()).toEqual(expected.sort())
    }), { numRuns: 200 })
  })
})
