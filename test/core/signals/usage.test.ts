import { describe, expect, it } from 'vitest'
import type { Signal, SignalKind, SignalOf } from '../../../src/shared/model/signal.ts'
import { everyDays, organisation, quarterEnds } from '../../support/population-builder.ts'

function find<K extends SignalKind>(signals: readonly Signal[], kind: K): SignalOf<K> | undefined {
  return signals.find((signal): signal is SignalOf<K> => signal.kind === kind)
}

/** One clerk among others who use the application every week, so that the application is covered. */
function office(asOf = '2026-06-30') {
  return organisation(asOf).person('anna', { department: 'Finance', title: 'Clerk' }).people(
    'other', 8, { department: 'Finance', title: 'Clerk' },
  )
    .right('PAY').grantAll('other', 8, 'PAY').used('other1', 'ERP', everyDays('2025-01-07', asOf, 7))
}

describe('usage is judged against the own cadence and the window really covered', () => {
  it('daily use that goes on speaks for keeping', () => {
    const { packet, recommendation } = office().grant('anna', 'PAY').watched('2025-01-01').used(
      'anna', 'ERP', everyDays('2025-01-02', '2026-06-29', 2),
    ).weigh('anna', 'PAY')
    expect(find(packet.signals, 'last-use')?.facts).toEqual({ lastUsed: '2026-06-28', days: 2, of: 'application' })
    expect(find(packet.signals, 'usage-frequency')?.facts).toMatchObject({ rhythm: 'daily', isWithinRhythm: true })
    expect(recommendation).toMatchObject({ action: 'keep', confidence: 'high' })
  })

  it.each([['2026-06-19', 80], ['2026-05-20', 50], ['2026-06-28', 89]])('a quarter-end user is within rhythm on %s', (asOf, silence) => {
    const dates = quarterEnds([2025, 2026]).filter((date) => date <= '2026-03-31')
    const { packet, recommendation } = office(asOf).grant('anna', 'PAY').watched('2025-01-01', asOf)
      .used('anna', 'ERP', dates).weigh('anna', 'PAY')
    expect(find(packet.signals, 'last-use')?.facts.days).toBe(silence)
    expect(find(packet.signals, 'usage-frequency')?.facts).toMatchObject({ rhythm: 'quarterly', isWithinRhythm: true, activeMonths: 5 })
    expect(recommendation.action).toBe('keep')
  })

  it('a quarter-end user without peers who hold the right is still not revoked', () => {
    const dates = quarterEnds([2025, 2026]).filter((date) => date <= '2026-03-31')
    const { recommendation } = office().right('CLOSE').grant('anna', 'CLOSE').watched('2025-01-01')
      .used('anna', 'ERP', dates).weigh('anna', 'CLOSE')
    expect(recommendation.action).not.toBe('revoke')
  })

  it('a quarter-end user who missed two quarter-ends is out of rhythm', () => {
    const { packet } = office().grant('anna', 'PAY').watched('2025-01-01').used(
      'anna', 'ERP', quarterEnds([2025]).filter((date) => date < '2025-11'),
    ).weigh('anna', 'PAY')
    expect(find(packet.signals, 'usage-frequency')?.facts.isWithinRhythm).toBe(false)
    expect(find(packet.signals, 'last-use')?.direction).toBe('revoke')
  })

  it('says never used only if somebody was looking ever since the grant', () => {
    const { packet } = office().grant('anna', 'PAY', { grantedAt: '2025-09-01' }).watched('2025-01-01').weigh('anna', 'PAY')
    expect(find(packet.signals, 'never-used')?.facts).toEqual({ since: '2025-09-01', days: 302, of: 'application' })
  })

  it('says no use seen since the first day on record if the grant is older', () => {
    const { packet } = office().grant('anna', 'PAY', { grantedAt: '2023-09-01' }).watched('2026-03-02').weigh('anna', 'PAY')
    expect(find(packet.signals, 'never-used')).toBeUndefined()
    expect(find(packet.signals, 'data-gap')?.facts).toEqual({ about: 'usage', knownSince: '2026-03-02', days: 120 })
  })

  it('does not call a right given last week never used', () => {
    const { packet } = office().grant('anna', 'PAY', { grantedAt: '2026-06-20' }).watched('2025-01-01').weigh('anna', 'PAY')
    expect(find(packet.signals, 'never-used')).toBeUndefined()
    expect(find(packet.signals, 'data-gap')?.weight).toBe(0)
  })

  it('a gap between two windows ends the coverage there', () => {
    const { packet } = office().grant(
      'anna', 'PAY', { grantedAt: '2025-02-01' },
    ).watched('2025-01-01', '2025-06-30').watched('2026-01-01').weigh('anna', 'PAY')
    expect(find(packet.signals, 'data-gap')?.facts.knownSince).toBe('2026-01-01')
  })

  it('an application no log covers is a gap, not a silence', () => {
    const { packet } = office().right('HR', { application: 'Other' }).grant('anna', 'HR').watched('2025-01-01').weigh('anna', 'HR')
    expect(find(packet.signals, 'data-gap')).toMatchObject({ facts: { about: 'usage', knownSince: null }, quality: 'missing', weight: 0 })
  })

  it('a log whose names match nobody in the source accuses nobody', () => {
    const org = organisation().person('anna').person('bert').right('PAY').grant(
      'anna', 'PAY', { grantedAt: '2025-09-01' },
    ).watched('2025-01-01', '2026-06-30', 0)
    const { packet } = org.used('unknown-login', 'ERP', ['2026-05-05'], 0).weigh('anna', 'PAY')
    expect(find(packet.signals, 'data-gap')?.facts.knownSince).toBeNull()
    const matched = org.used('bert', 'ERP', ['2026-05-05'], 0).weigh('anna', 'PAY')
    expect(find(matched.packet.signals, 'never-used')).toBeDefined()
  })

  it('the record of the right itself beats the application', () => {
    const org = office().grant('anna', 'PAY', { lastUsed: '2025-11-01' }).watched('2025-01-01').used(
      'anna', 'ERP', everyDays('2026-01-01', '2026-06-29', 1),
    )
    const { packet } = org.weigh('anna', 'PAY')
    expect(find(packet.signals, 'last-use')).toMatchObject({ facts: { lastUsed: '2025-11-01', of: 'entitlement' }, direction: 'revoke' })
    expect(find(packet.signals, 'usage-frequency')?.weight).toBe(0)
  })

  it('use after the as-of date does not exist yet', () => {
    const { packet } = office().grant('anna', 'PAY').watched('2025-01-01').used(
      'anna', 'ERP', ['2026-06-10', '2026-07-04'],
    ).weigh('anna', 'PAY')
    expect(find(packet.signals, 'last-use')?.facts.lastUsed).toBe('2026-06-10')
  })

  it('use through another account of the same person counts', () => {
    const org = office().account('anna-adm', 'anna', {}, 2).grant('anna-adm', 'PAY').watched('2025-01-01').used(
      'anna', 'ERP', ['2026-06-10'],
    )
    expect(find(org.weigh('anna-adm', 'PAY').packet.signals, 'last-use')?.facts.lastUsed).toBe('2026-06-10')
  })

  it('a day seen twice counts once', () => {
    const org = office().account('anna2', 'anna').grant('anna', 'PAY').watched('2025-01-01').used(
      'anna', 'ERP', ['2026-06-10', '2026-06-11'],
    ).used('anna2', 'ERP', ['2026-06-10'])
    expect(
      find(org.weigh('anna', 'PAY').packet.signals, 'usage-frequency')?.facts,
    ).toMatchObject({ activeDays: 2, months: [{ month: '2026-06', days: 2 }] })
  })

  it('silence during leave counts for nothing', () => {
    const org = organisation().person('anna', { status: 'on-leave' }).person('bert').right('PAY').grant('anna', 'PAY').watched('2025-01-01')
      .used('bert', 'ERP', ['2026-06-01']).used('anna', 'ERP', everyDays('2025-01-02', '2025-10-01', 3))
    expect(
      org.weigh('anna', 'PAY').packet.signals.filter(
        (signal) => signal.kind === 'last-use' || signal.kind === 'usage-frequency',
      ).map((signal) => signal.weight),
    ).toEqual([0, 0])
  })

  it('a log that ended long ago makes old use stale, not idle', () => {
    const org = office().grant('anna', 'PAY').watched('2025-01-01', '2025-12-31').used('anna', 'ERP', ['2025-12-30'])
    expect(find(org.weigh('anna', 'PAY').packet.signals, 'last-use')).toMatchObject({ quality: 'stale', facts: { days: 182 } })
  })
})
