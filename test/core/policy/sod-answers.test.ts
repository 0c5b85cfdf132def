import { describe, expect, it } from 'vitest'
import type { Recommendation } from '../../../src/shared/model/recommendation.ts'
import { organisation } from '../../support/population-builder.ts'

const pay = { left: ['PAY'], right: ['APPROVE'] }
/** Anna uses both rights daily and so does everybody in her job: without a conflict the advice would be to keep. */
const anna = () => {
  const org = organisation().people('p', 12, { department: 'AP', title: 'Clerk' }).right('PAY').right('APPROVE').right('REVIEWED')
  const days = Array.from({ length: 27 }, (_, n) => `2026-06-${String(n + 1).padStart(2, '0')}`)
  for (let n = 1; n <= 12; n++) org.grant(`p${n}`, 'PAY').grant(`p${n}`, 'APPROVE').used(`p${n}`, 'ERP', days)
  return org.watched('2024-01-01')
}
const conflictOf = (org: ReturnType<typeof organisation>) =>
  org.weigh('p1', 'PAY').packet.signals.find((signal) => signal.kind === 'sod-conflict')
const adviceOn = (org: ReturnType<typeof organisation>): Recommendation => org.weigh('p1', 'PAY').recommendation

describe('a conflict that somebody answers for', () => {
  it('is kept without one, never kept with an open one', () => {
    expect(adviceOn(anna())).toMatchObject({ action: 'keep', rules: [] })
    expect(adviceOn(anna().rule(pay))).toMatchObject({ action: 'look-closer', rules: ['conflict-never-keep'] })
  })

  it('may be kept where a compensating right is held, never with high confidence, and says which right it is', () => {
    const org = anna().grant('p1', 'REVIEWED').rule({ ...pay, compensating: ['REVIEWED'] })
    expect(conflictOf(org)?.facts).toMatchObject({ isMitigated: true, mitigatedBy: 'REVIEWED' })
    expect(adviceOn(org)).toMatchObject({ action: 'keep', confidence: 'medium', rules: ['answered-conflict-caps-keep'] })
  })

  it('counts as open where somebody else holds the compensating right', () => {
    expect(adviceOn(anna().grant('p2', 'REVIEWED').rule({ ...pay, compensating: ['REVIEWED'] })).action).toBe('look-closer')
  })

  it('is not mitigated by a right that is part of it', () => {
    const org = anna().right('BOTH', { tags: ['approve', 'safe'] }).grant('p1', 'BOTH').rule({ left: ['PAY'], right: { tags: ['approve'] }, compensating: { tags: ['safe'] } })
    expect(conflictOf(org)?.facts).toMatchObject({ isMitigated: false })
  })

  it('may be kept while an exemption runs, its last day included, and not a day longer', () => {
    const until = (day: string) => anna().rule(pay).exempt('p1', 'rule-1', day)
    expect(conflictOf(until('2026-06-30'))?.facts).toMatchObject({ isMitigated: false, exemptUntil: '2026-06-30' })
    expect(adviceOn(until('2026-06-30'))).toMatchObject({ action: 'keep', rules: ['answered-conflict-caps-keep'] })
    expect(conflictOf(until('2026-06-29'))?.facts).not.toHaveProperty('exemptUntil')
    expect(adviceOn(until('2026-06-29'))).toMatchObject({ action: 'look-closer', rules: ['conflict-never-keep'] })
  })

  it('is open again if only one of two broken rules is exempt', () => {
    expect(adviceOn(anna().rule(pay).rule({ left: ['PAY'], right: ['APPROVE'] }).exempt('p1', 'rule-1', '2027-01-01')).action).toBe('look-closer')
  })

  it('covers that person and no colleague', () => {
    expect(anna().rule(pay).exempt('p2', 'rule-1', '2027-01-01').weigh('p1', 'PAY').recommendation.action).toBe('look-closer')
  })
})

describe('protected objects', () => {
  it('a protected account is looked at even if it belongs to nobody', () => {
    const org = organisation().person('break-glass', { orphan: 'no-candidate' }).grant('break-glass', 'PAY')
    expect(org.weigh('break-glass', 'PAY').recommendation.action).toBe('revoke')
    org.protect('account', 'break-glass')
    expect(org.weigh('break-glass', 'PAY')).toMatchObject({ packet: { subject: { isProtected: true } }, recommendation: { action: 'look-closer', rules: ['protected-look-closer'] } })
  })

  it('a protected right is looked at, except with people who left', () => {
    const org = anna().protect('entitlement', 'PAY')
    expect(org.weigh('p1', 'PAY').recommendation).toMatchObject({ action: 'look-closer', rules: ['protected-look-closer'] })
    const leaver = organisation().person('lea', { status: 'inactive', terminationDate: '2026-05-31' }).event('lea', { kind: 'leaver', attribute: null, from: null, to: null, effectiveOn: '2026-05-31' })
      .grant('lea', 'PAY').protect('entitlement', 'PAY')
    expect(leaver.weigh('lea', 'PAY').recommendation).toMatchObject({ action: 'revoke', rules: ['leaver-revoke'] })
  })
})
