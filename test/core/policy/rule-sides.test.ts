import { describe, expect, it } from 'vitest'
import { hitsOf, partnerOf } from '../../../src/main/core/policy/rule-hits.ts'
import { ruleProblem } from '../../../src/main/core/policy/rule-problems.ts'
import { resolveRules, unknownRefs } from '../../../src/main/core/policy/rule-sides.ts'
import { whatIf } from '../../../src/main/core/policy/what-if.ts'
import { suggestTags } from '../../../src/main/core/policy/suggest-tags.ts'
import { sodRule, type SodRuleInput } from '../../../src/shared/model/sod-rule.ts'
import { organisation } from '../../support/population-builder.ts'

const rule = (change: Partial<SodRuleInput> & Pick<SodRuleInput, 'left' | 'right'>) =>
  sodRule.parse({ id: 'r', name: 'R', severity: 'high', description: '', ...change })
const entry = (id: number, nativeId: string, change: { source?: string; application?: string; tags?: readonly string[] } = {}) =>
  ({ id, nativeId, source: 'ERP', application: 'Books', tags: [], ...change })

describe('the sides of a rule', () => {
  it('take a bare list of ids as they were written before there were tags', () => {
    expect(rule({ left: ['A'], right: ['B'] })).toMatchObject({ left: { entitlements: [{ id: 'A', source: null }], tags: [] }, within: 'anywhere', compensating: null })
  })

  it('a side that names nothing is refused', () => {
    expect(sodRule.safeParse({ id: 'r', name: 'R', severity: 'high', description: '', left: [], right: ['B'] }).success).toBe(false)
  })

  it('tags cover rights of any source', () => {
    const resolved = resolveRules([rule({ left: { tags: ['create-supplier'] }, right: { tags: ['pay'] } })], [
      entry(1, 'V1', { tags: ['create-supplier'] }), entry(2, 'P1', { source: 'Bank', tags: ['pay'] }), entry(3, 'X'),
    ])
    expect(hitsOf(resolved, [1, 2, 3])).toHaveLength(1)
    expect(hitsOf(resolved, [1, 3])).toEqual([])
  })

  it('an id of one source does not mean another source\'s right of the same name', () => {
    const resolved = resolveRules([rule({ left: [{ id: 'ADMIN', source: 'Bank' }], right: ['LOG'] })], [
      entry(1, 'ADMIN'), entry(2, 'ADMIN', { source: 'Bank' }), entry(3, 'LOG'),
    ])
    expect(hitsOf(resolved, [1, 3])).toEqual([])
    expect(hitsOf(resolved, [2, 3])).toHaveLength(1)
  })

  it.each([
    ['anywhere', [1, 2], 1], ['source', [1, 2], 0], ['source', [1, 3], 1], ['application', [1, 3], 0], ['application', [1, 4], 1],
  ] as const)('within %s: rights %j meet %i times', (within, held, times) => {
    const resolved = resolveRules([rule({ within, left: { tags: ['user-admin'] }, right: { tags: ['audit-admin'] } })], [
      entry(1, 'UA', { tags: ['user-admin'] }), entry(2, 'LOG-B', { source: 'Bank', tags: ['audit-admin'] }),
      entry(3, 'LOG-C', { application: 'CRM', tags: ['audit-admin'] }), entry(4, 'LOG-D', { application: ' books', tags: ['audit-admin'] }),
    ])
    expect(hitsOf(resolved, held)).toHaveLength(times)
  })

  it('a partner is one the rule lets the right meet', () => {
    const resolved = resolveRules([rule({ within: 'source', left: { tags: ['l'] }, right: { tags: ['r'] } })], [
      entry(1, 'R1', { source: 'Bank', tags: ['r'] }), entry(2, 'L2', { tags: ['l'] }), entry(3, 'R3', { tags: ['r'] }), entry(4, 'L4', { source: 'HR', tags: ['l'] }),
    ])
    const hit = hitsOf(resolved, [1, 2, 3, 4])[0]
    expect(hit).toBeDefined()
    if (hit === undefined) return
    expect([1, 2, 3, 4].map((right) => partnerOf(resolved, hit, right))).toEqual([null, 3, 2, null])
  })

  it('a right that carries both tags conflicts with another one, not with itself', () => {
    const resolved = resolveRules([rule({ left: { tags: ['l'] }, right: { tags: ['r'] } })], [entry(1, 'BOTH', { tags: ['l', 'r'] }), entry(2, 'R', { tags: ['r'] })])
    expect(hitsOf(resolved, [1])).toEqual([])
    expect(hitsOf(resolved, [1, 2]).map((hit) => [partnerOf(resolved, hit, 1), partnerOf(resolved, hit, 2)])).toEqual([[2, 1]])
  })

  it('what nothing answers to is named', () => {
    expect(unknownRefs({ entitlements: [{ id: 'A', source: null }, { id: 'A', source: 'Bank' }, { id: 'B', source: null }], tags: ['t', 'u'] }, [entry(1, 'a', { tags: ['t'] })]))
      .toEqual({ entitlements: [{ id: 'A', source: 'Bank' }, { id: 'B', source: null }], tags: ['u'] })
  })

  it('rights that came through nested groups meet all the same', () => {
    const org = organisation().person('anna').grant('anna', 'PAY', { path: 'via Finance > Payments > Nested' }).grant('anna', 'APPROVE', { path: 'via Approvers > Team' })
      .rule({ left: ['PAY'], right: ['APPROVE'] })
    expect(org.weigh('anna', 'PAY').packet.signals.some((signal) => signal.kind === 'sod-conflict')).toBe(true)
  })
})

describe('what if', () => {
  const resolved = resolveRules(
    [rule({ id: 'pay', left: ['PAY'], right: ['APPROVE'], compensating: ['WATCH'] }), rule({ id: 'ship', left: ['SHIP'], right: ['COUNT'] })],
    [entry(1, 'PAY'), entry(2, 'APPROVE'), entry(3, 'WATCH'), entry(4, 'SHIP'), entry(5, 'COUNT')],
  )
  const rules = (held: readonly number[], gets: readonly number[], loses: readonly number[], exempt: string | null = null) => {
    const outlook = whatIf(resolved, held, { gets, loses }, () => exempt)
    const named = (list: readonly { hit: { rule: number }; standing: { state: string } }[]) => list.map(({ hit, standing }) => `${resolved.rules[hit.rule]?.id} ${standing.state}`)
    return {
      appears: named(outlook.appears), ends: named(outlook.ends), stays: named(outlook.stays),
      changes: outlook.changes.map(({ before, after }) => `${before.standing.state} > ${after.standing.state}`),
    }
  }
  const nothing = { appears: [], ends: [], stays: [], changes: [] }

  it.each([
    ['a right that completes a pair', [1], [2], [], { ...nothing, appears: ['pay open'] }],
    ['a right that breaks a pair up', [1, 2, 4, 5], [], [2], { ...nothing, ends: ['pay open'], stays: ['ship open'] }],
    ['exchanging one conflict for another', [1, 2, 4], [5], [1], { ...nothing, appears: ['ship open'], ends: ['pay open'] }],
    ['a safeguard that comes', [1, 2], [3], [], { ...nothing, changes: ['open > mitigated'] }],
    ['a safeguard that goes', [1, 2, 3], [], [3], { ...nothing, changes: ['mitigated > open'] }],
    ['a right that is held already', [1, 2], [2], [], { ...nothing, stays: ['pay open'] }],
    ['one that is got and lost at once', [1], [2], [2], { ...nothing, appears: ['pay open'] }],
    ['nothing', [], [], [], nothing],
  ] as const)('%s', (_, held, gets, loses, expected) => {
    expect(rules(held, gets, loses)).toEqual(expected)
  })

  it('an exemption covers the conflict that would come, too', () => {
    expect(rules([1], [2], [], '2026-12-31').appears).toEqual(['pay exempt'])
  })
})

describe('a set of rules is refused', () => {
  it.each([
    ['two of one name', [rule({ left: ['A'], right: ['B'] }), rule({ left: ['C'], right: ['D'] })], /Two rules are called "r"/],
    ['one right on both sides, however it is spelled', [rule({ left: ['Pay'], right: [' pay'] })], /"pay" on both sides/],
    ['one tag on both sides', [rule({ left: { tags: ['pay'] }, right: { tags: ['pay'] } })], /"pay" on both sides/],
    ['a safeguard that is part of the conflict', [rule({ left: ['A'], right: ['B'], compensating: ['B'] })], /makes up for the conflict/],
  ])('%s', (_, rules, words) => {
    expect(ruleProblem(rules)).toMatch(words)
  })
})

describe('suggested tags', () => {
  const look = (name: string, nativeId = 'x', tags: readonly string[] = []) =>
    suggestTags([{ tag: 'create-supplier', patterns: ['vendor|supplier maint|create|add'] }], [{ id: 1, name, nativeId, tags }]).length
  it.each([
    ['Maintain vendors', 'x', 1], ['Vendor maintenance', 'x', 1], ['AP', 'LL_AP_VendorMaint', 1], ['Create suppliers', 'x', 1], ['Read vendors', 'x', 0],
    ['Adventurer creates', 'x', 0], ['Vendor add', 'x', 1], ['Vendor address', 'x', 0],
  ])('%s (%s): %i', (name, nativeId, times) => {
    expect(look(name, nativeId)).toBe(times)
  })
  it('what carries the tag already is not suggested again', () => {
    expect(look('Create suppliers', 'x', ['create-supplier'])).toBe(0)
  })
})
