import { describe, expect, it } from 'vitest'
import { previewEffect, type EffectFacts, type EffectObject } from '../../../src/main/core/campaign/effect-preview.ts'

const object = (name: string, ...traits: EffectObject['traits']): EffectObject => ({ name, traits, isKnown: true })
const hold = (change: Partial<EffectFacts> = {}): EffectFacts => ({
  right: object('Payments'), via: [], otherWays: [], alsoLost: 0, alsoLostNames: [], othersThroughIt: 0, isStillHeld: true, cannotLeaveBuiltIn: false, ...change,
})

describe('what a revoke would really come to', () => {
  it('a direct hold is taken away at the source and hits nobody else', () => {
    expect(previewEffect(hold({ othersThroughIt: 40 }))).toMatchObject({ removes: 'right', from: 'Payments', way: 'at-source', othersIfCut: 0, staysThrough: [] })
  })

  it('a right that comes through groups is lost by leaving the first of them, and what hangs on it goes along', () => {
    const effect = previewEffect(hold({ via: [object('Finance'), object('AP')], alsoLost: 3, alsoLostNames: ['Drive'], othersThroughIt: 17 }))
    expect(effect).toMatchObject({ removes: 'membership', from: 'Finance', steps: ['Finance', 'AP'], alsoLost: 3, othersIfCut: 17 })
  })

  it('another way to the same right is named: it stays', () => {
    expect(previewEffect(hold({ otherWays: [null, 'Legacy'] })).staysThrough).toEqual([null, 'Legacy'])
  })

  it.each([
    [['dynamic'], 'by-rule'], [['assigned-by-rule'], 'by-rule'], [['on-premises-synced'], 'on-premises'], [['managed-by-application'], 'in-application'],
    [['mail-enabled'], 'in-mail-system'], [['role-assignable'], 'at-source'], [['mail-enabled', 'on-premises-synced'], 'on-premises'],
    [['dynamic', 'on-premises-synced'], 'by-rule'],
  ] as const)('a group that is %j is left %s', (traits, way) => {
    expect(previewEffect(hold({ via: [object('Group', ...traits)] })).way).toBe(way)
    expect(previewEffect(hold({ right: object('Group', ...traits) })).way).toBe(way)
  })

  it('only the group that is left counts, not those behind it', () => {
    expect(previewEffect(hold({ via: [object('Team'), object('Synced', 'on-premises-synced')] })).way).toBe('at-source')
  })

  it('everybody is in a built-in group, but a built-in role can be taken away', () => {
    expect(previewEffect(hold({ right: object('Everyone', 'built-in'), cannotLeaveBuiltIn: true })).way).toBe('not-at-all')
    expect(previewEffect(hold({ right: object('Reader', 'built-in') })).way).toBe('at-source')
  })

  it("a group only a file's path names is said to be unknown", () => {
    expect(previewEffect(hold({ via: [{ name: 'Finance', traits: [], isKnown: false }] })).way).toBe('unknown-group')
  })
})
