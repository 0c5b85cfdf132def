import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueDay } from '../../../src/main/core/remediation/due-day.ts'
import { removalEffect, type EffectFacts, type RightFacts } from '../../../src/main/core/remediation/effect.ts'
import { automaticRuleFor } from '../../../src/main/core/remediation/automatic-rules.ts'
import { toBeRemoved } from '../../../src/main/core/remediation/final-outcome.ts'
import { isOverdue, remediationAfter, type RemediationAction } from '../../../src/main/core/remediation/states.ts'
import { ticketText, worklistCsv, type WorkLine } from '../../../src/main/core/remediation/worklist.ts'
import { remediationState, type RemediationState } from '../../../src/shared/model/remediation.ts'

const actions: readonly RemediationAction[] = ['request', 'give-up-request', 'apply', 'seen-gone', 'seen-held', 'reopen', 'take-back']
const states = fc.constantFrom(...remediationState.options)
const histories = fc.array(fc.constantFrom(...actions), { maxLength: 40 })

function walk(history: readonly RemediationAction[]): { state: RemediationState; action: RemediationAction; from: RemediationState }[] {
  let state: RemediationState = 'planned'
  return history.flatMap((action) => {
    const after = remediationAfter(state, action)
    if (!after.ok || !after.isNews) return []
    const from = state
    state = after.to
    return [{ state, action, from }]
  })
}

describe('where a removal stands', () => {
  it('is proved gone only by a snapshot that no longer shows it, whatever people and connectors say', () => {
    fc.assert(fc.property(histories, (history) => {
      for (const { state, action } of walk(history)) if (state === 'verified-gone') expect(action).toBe('seen-gone')
    }))
  })
  it('comes back only from having been proved gone, and only by a snapshot', () => {
    fc.assert(fc.property(histories, (history) => {
      for (const { state, action, from } of walk(history)) if (state === 'came-back') expect([action, from]).toEqual(['seen-held', 'verified-gone'])
    }))
  })
  it('is never asked for again while it is gone, given back or being given back', () => {
    fc.assert(fc.property(states, (state) => {
      if (['verified-gone', 'withdrawn', 'restoring', 'restored', 'applied'].includes(state)) expect(remediationAfter(state, 'request').ok).toBe(false)
    }))
  })
  it('says the same snapshot twice without news', () => {
    fc.assert(fc.property(states, fc.constantFrom<RemediationAction>('seen-gone', 'seen-held'), (state, sight) => {
      const first = remediationAfter(state, sight)
      if (!first.ok) return
      const again = remediationAfter(first.to, sight)
      expect(again.ok && again.to === first.to && !again.isNews).toBe(true)
    }))
  })
  it('always has a reason where it refuses, and a sentence in it', () => {
    fc.assert(fc.property(states, fc.constantFrom(...actions), (state, action) => {
      const after = remediationAfter(state, action)
      if (!after.ok) expect(after.reason).toMatch(/^[A-Z].*\.$/)
    }))
  })
  it('is overdue only while it is still to go', () => {
    expect([isOverdue('planned', '2026-03-01', '2026-03-02'), isOverdue('planned', '2026-03-01', '2026-03-01'), isOverdue('verified-gone', '2026-03-01', '2026-03-02')])
      .toEqual([true, false, false])
  })
})

describe('what a closed campaign takes away', () => {
  const answer = (outcome: 'keep' | 'revoke' | 'keep-until' | 'look-closer' | null, until: string | null = null) => ({ outcome, seq: 1, until })
  const one = (answers: readonly ReturnType<typeof answer>[], advice: 'keep' | 'revoke' = 'keep') => ({ strategy: 'one-revoke-revokes' as const, answers, advice })
  it.each([
    ['a signed revoke', one([answer('revoke')]), 'leave-open', 'decision'],
    ['one revoke among keeps, where one revoke revokes', one([answer('keep'), answer('revoke')]), 'leave-open', 'decision'],
    ['a keep', one([answer('keep')]), 'revoke', null],
    ['no answer, left open', one([answer(null)]), 'leave-open', null],
    ['no answer, revoked by rule', one([answer(null)]), 'revoke', 'no-answer'],
    ['no answer, the advice says revoke', one([answer(null)], 'revoke'), 'follow-advice', 'no-answer'],
    ['no answer, the advice says keep', one([answer(null)]), 'follow-advice', null],
    ['looking closer is no answer, and no rule settles it', one([answer('look-closer')], 'revoke'), 'revoke', null],
    ['kept until a day that is today', one([answer('keep-until', '2026-03-31')]), 'revoke', null],
    ['kept until a day that has passed', one([answer('keep-until', '2026-03-30')]), 'leave-open', 'until-passed'],
  ] as const)('%s', (_, closed, noAnswer, basis) => {
    expect(toBeRemoved(closed, noAnswer, '2026-03-31')).toBe(basis)
  })
  it('privileged and risky rights are due sooner', () => {
    const days = { urgent: 3, standard: 14 }
    expect([dueDay('2026-02-27', { privilege: 'admin', risk: 'low' }, days), dueDay('2026-02-27', { privilege: 'none', risk: 'medium' }, days)]).toEqual(['2026-03-02', '2026-03-13'])
  })
})

describe('what really has to be removed', () => {
  const right = (nativeId: string, traits: RightFacts['traits'] = []): RightFacts => ({ nativeId, name: nativeId.toUpperCase(), traits })
  const facts = (change: Partial<EffectFacts>): EffectFacts => ({
    sourceKind: 'entra', right: right('group:a'), path: 'direct', steps: new Map(), alsoLost: [], othersThroughPath: 0, otherPaths: [], isProtected: false, ...change,
  })
  const steps = new Map([['group:outer', right('group:outer')], ['group:rule', right('group:rule', ['dynamic'])]])
  it.each([
    ['direct membership', facts({}), 'direct', 'group:a', true, null],
    ['nested', facts({ path: 'group:outer > group:mid', steps }), 'nested', 'group:outer', false, /Take the account out of “GROUP:OUTER”/],
    ['an application through a group', facts({ right: right('app-role:x/y'), path: 'group:outer', steps }), 'application-through-group', 'group:outer', false, /take the application away/],
    ['nested below a dynamic group', facts({ path: 'group:rule', steps }), 'nested', 'group:rule', false, /Change the rule/],
    ['dynamic', facts({ right: right('group:a', ['dynamic']) }), 'dynamic', 'group:a', false, /Change the rule/],
    ['in an Okta group that a rule fills too', facts({ sourceKind: 'okta', right: right('group:a', ['assigned-by-rule']) }), 'direct', 'group:a', true, null],
    ['put there by a rule', facts({ sourceKind: 'okta', path: 'rule:0pr1' }), 'dynamic', 'group:a', false, /Change the rule/],
    ['synced', facts({ right: right('group:a', ['on-premises-synced']) }), 'synced', 'group:a', false, /Active Directory/],
    ['mail-enabled', facts({ right: right('group:a', ['mail-enabled']) }), 'mail-enabled', 'group:a', false, /Exchange/],
    ['read from a file', facts({ sourceKind: 'csv-entitlements' }), 'direct', 'group:a', false, /by ticket or list/],
    ['protected', facts({ isProtected: true }), 'direct', 'group:a', false, /protected objects/],
  ] as const)('%s', (_, given, way, removes, byConnector, instead) => {
    const effect = removalEffect(given)
    expect([effect.way, effect.remove.nativeId, effect.byConnector]).toEqual([way, removes, byConnector])
    if (instead === null) expect(effect.instead).toBeNull()
    else expect(effect.instead).toMatch(instead)
  })
  it('other ways to the same right are named, for they stay', () => {
    expect(removalEffect(facts({ otherPaths: ['group:outer', 'direct'], steps })).stillHeldThrough).toEqual(['GROUP:OUTER', 'held directly'])
  })
})

describe('acting without asking again', () => {
  const harmless = { basis: 'decision', byConnector: true, privilege: 'none', risk: 'low', alsoLost: 0, hasLeft: true, isDisabled: true } as const
  it('never touches what is privileged, risky, decided by nobody, or would take more along', () => {
    const all = ['low-risk-direct', 'left-the-organisation', 'disabled-account'] as const
    for (const change of [{ privilege: 'admin' }, { privilege: 'elevated' }, { risk: 'high' }, { risk: 'critical' }, { basis: 'no-answer' }, { byConnector: false }, { alsoLost: 1 }] as const) {
      expect(automaticRuleFor({ ...harmless, ...change }, all)).toBeNull()
    }
    expect(automaticRuleFor(harmless, all)).toBe('low-risk-direct')
    expect(automaticRuleFor(harmless, [])).toBeNull()
    expect(automaticRuleFor({ ...harmless, risk: 'medium', hasLeft: false }, all)).toBe('disabled-account')
  })
})

describe('lists and tickets', () => {
  const line: WorkLine = {
    id: 1, source: 'ERP', account: '=cmd|x', accountName: 'Tom "T", Team', subjectName: 'Tom', application: 'ERP', entitlement: 'pay', entitlementName: 'Pay\nApproved by: nobody',
    path: 'direct', remove: { nativeId: 'pay', name: 'Pay\nApproved by: nobody' }, dueOn: '2026-04-01', state: 'planned', instead: null,
  }
  it('no name starts a formula or breaks a row', () => {
    const [, row] = worklistCsv([line]).split('\r\n')
    expect(row).toContain(`'=cmd|x,"Tom ""T"", Team"`)
  })
  it('a line break in a name makes no line in a ticket', () => {
    const { title, description } = ticketText([line], { campaignName: 'Q1', approvedBy: 'Olga' })
    expect(title).not.toContain('\n')
    expect(description.split('\n').some((text) => text.startsWith('Approved by: nobody'))).toBe(false)
  })
})
