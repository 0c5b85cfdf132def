import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Signal, SignalKind, SignalOf } from '../../../src/shared/model/signal.ts'
import { useWeight } from '../../../src/main/core/signals/usage-compared.ts'
import { prepare, weighGrant } from '../../../src/main/core/signals/weigh.ts'
import { everyDays, organisation, quarterEnds, shippedWeights } from '../../support/population-builder.ts'

function find<K extends SignalKind>(signals: readonly Signal[], kind: K): SignalOf<K> | undefined {
  return signals.find((signal): signal is SignalOf<K> => signal.kind === kind)
}
const clerk = { department: 'Finance', title: 'Clerk' }
const weight = (key: string): number => shippedWeights.weights[key]?.value ?? NaN

/** Anna and eight colleagues who all hold PAY; each colleague signs in every so many days of the last half-year. */
function office(every = 5, spec: Parameters<ReturnType<typeof organisation>['person']>[1] = clerk) {
  const org = organisation().person('anna', spec).people('c', 8, clerk).grantAll('c', 8, 'PAY').watched('2025-01-01')
  for (let n = 1; n <= 8; n++) org.used(`c${n}`, 'ERP', everyDays('2025-01-06', '2026-06-29', every))
  return org
}

describe('own use is held against the middle of the others who hold the right', () => {
  it('counts the same days for all: the last half-year that was watched', () => {
    const { packet } = office().grant('anna', 'PAY').used('anna', 'ERP', everyDays('2026-06-01', '2026-06-10', 3)).weigh('anna', 'PAY')
    expect(find(packet.signals, 'usage-vs-peers')).toMatchObject({
      facts: { basis: 'department-and-title', peers: 8, ownDays: 4, windowDays: 180, medianDays: 35 }, weight: weight('usage-vs-peers.far-below'), quality: 'observed',
    })
  })

  it('takes all holders where too few of them have the same job', () => {
    const { packet } = office(5, { department: 'Sales', title: 'Agent' }).grant('anna', 'PAY').used('anna', 'ERP', everyDays('2026-01-06', '2026-06-29', 6)).weigh('anna', 'PAY')
    expect(find(packet.signals, 'usage-vs-peers')?.facts).toMatchObject({ basis: 'holders', peers: 8 })
    expect(find(packet.signals, 'usage-vs-peers')?.weight).toBe(weight('usage-vs-peers.as-others'))
  })

  it.each<[string, (org: ReturnType<typeof office>) => ReturnType<typeof office>]>([
    ['fewer than five others hold it', (org) => org.grant('anna', 'RARE')],
    ['the person is on leave', (org) => org.grant('anna', 'PAY')],
    ['the right is younger than the days compared', (org) => org.grant('anna', 'PAY', { grantedAt: '2026-05-01' })],
    ['the use of the right itself is on record', (org) => org.grant('anna', 'PAY', { lastUsed: '2026-06-01' })],
  ])('says nothing where %s', (what, given) => {
    const org = given(office(5, what.includes('leave') ? { ...clerk, status: 'on-leave' } : clerk))
    expect(find(org.weigh('anna', what.includes('fewer') ? 'RARE' : 'PAY').packet.signals, 'usage-vs-peers')).toBeUndefined()
  })

  it('says nothing where nobody watched for two months', () => {
    const org = organisation().person('anna', clerk).people('c', 8, clerk).grantAll('c', 8, 'PAY').grant('anna', 'PAY').watched('2026-05-15')
    for (let n = 1; n <= 8; n++) org.used(`c${n}`, 'ERP', ['2026-06-01'])
    expect(find(org.weigh('anna', 'PAY').packet.signals, 'usage-vs-peers')).toBeUndefined()
  })

  it('a log that ended long ago compares, marked as out of date and without weight', () => {
    const org = organisation().person('anna', clerk).people('c', 8, clerk).grantAll('c', 8, 'PAY').grant('anna', 'PAY').watched('2025-01-01', '2026-03-31')
    for (let n = 1; n <= 8; n++) org.used(`c${n}`, 'ERP', everyDays('2025-01-06', '2026-03-31', 5))
    expect(find(org.weigh('anna', 'PAY').packet.signals, 'usage-vs-peers')).toMatchObject({ quality: 'stale', weight: 0 })
  })

  it('a quarter-end user among daily users is not accused of using it less', () => {
    const { packet } = office(2).grant('anna', 'PAY').used('anna', 'ERP', quarterEnds([2025, 2026]).filter((day) => day < '2026-06-30')).weigh('anna', 'PAY')
    expect(find(packet.signals, 'usage-vs-peers')?.weight).toBe(weight('usage-vs-peers.own-rhythm'))
  })

  it.each([
    [0, 0, false, 'usage-vs-peers.others-idle'], [3, 0, false, 'usage-vs-peers.as-others'], [5, 10, false, 'usage-vs-peers.as-others'],
    [4, 10, false, 'usage-vs-peers.below'], [2, 10, false, 'usage-vs-peers.far-below'], [2, 10, true, 'usage-vs-peers.own-rhythm'],
    [0, 5, false, 'usage-vs-peers.below'], [0, 6, false, 'usage-vs-peers.far-below'], [180, 90, true, 'usage-vs-peers.as-others'],
  ])('%i days against %i, on time %s: %s', (own, median, isOnTime, key) => { expect(useWeight(own, median, isOnTime)).toBe(key) })

  it('leaves the person out of the middle, whatever the others do', () => {
    fc.assert(fc.property(fc.array(fc.nat(40), { minLength: 6, maxLength: 25 }), (days) => {
      const org = organisation().watched('2025-01-01')
      days.forEach((count, at) => {
        org.person(`p${at}`, clerk).grant(`p${at}`, 'PAY').used(`p${at}`, 'ERP', everyDays('2026-01-04', '2026-06-30', 2).slice(0, count))
      })
      // Somebody is seen, so that the log is known to name these accounts.
      org.person('seen', { department: 'X' }).used('seen', 'ERP', ['2026-06-01'])
      const population = org.build()
      const prepared = prepare(population, shippedWeights)
      for (let grant = 0; grant < population.grants.count; grant++) {
        const facts = find(weighGrant(prepared, grant).packet.signals, 'usage-vs-peers')?.facts
        const self = (population.grants.id[grant] as number) - 1
        const others = days.filter((_, at) => at !== self).sort((a, b) => a - b)
        expect(facts).toEqual({
          basis: 'department-and-title', peers: others.length, ownDays: days[self], medianDays: others[(others.length - 1) >> 1], windowDays: 180,
        })
      }
    }), { numRuns: 100 })
  })
})

describe('a dormant account', () => {
  const seen = (days: readonly string[], spec = {}) => organisation().person('anna', spec).person('bert').grant('anna', 'PAY').grant('bert', 'PAY')
    .watched('2025-01-01').used('bert', 'ERP', everyDays('2025-01-06', '2026-06-29', 7)).used('anna', 'ERP', days)
  const dormant = (org: ReturnType<typeof organisation>) => find(org.weigh('anna', 'PAY').packet.signals, 'dormant-account')

  it.each<[string, readonly string[], object | null, string | null]>([
    ['signed in last month', ['2026-06-01'], null, null],
    ['one quarter silent', ['2026-03-15'], null, null],
    ['half a year silent', ['2025-12-15'], { lastSeen: '2025-12-15', since: '2025-12-15', days: 197 }, 'dormant-account.half-year'],
    ['a year silent', ['2025-05-15'], { lastSeen: '2025-05-15', since: '2025-05-15', days: 411 }, 'dormant-account.year'],
    ['never seen', [], { lastSeen: null, since: '2025-01-01', days: 545 }, 'dormant-account.year'],
  ])('%s', (_, days, facts, key) => {
    const found = dormant(seen(days))
    expect(found?.facts ?? null).toEqual(facts)
    if (key !== null) expect(found?.weight).toBe(weight(key))
  })

  it('on leave it weighs nothing', () => { expect(dormant(seen([], { status: 'on-leave' }))?.weight).toBe(0) })

  it('is not said where another right of the account lies in an application nobody watched', () => {
    expect(dormant(seen([]).right('FILE', { application: 'Files' }).grant('anna', 'FILE'))).toBeUndefined()
  })

  it('is not said of an account that got its first right lately', () => {
    const org = organisation().person('anna').person('bert').grant('anna', 'PAY', { grantedAt: '2026-03-01' }).grant('bert', 'PAY').watched('2025-01-01')
      .used('bert', 'ERP', everyDays('2025-01-06', '2026-06-29', 7))
    expect(dormant(org)).toBeUndefined()
  })

  it('recorded use of any of its rights wakes it', () => {
    expect(dormant(seen([]).grant('anna', 'READ', { lastUsed: '2026-06-01' }))).toBeUndefined()
  })

  it('the other account of the same person does not wake it', () => {
    const org = seen([]).account('anna-admin', 'anna').grant('anna-admin', 'ADMIN').used('anna-admin', 'ERP', ['2026-06-20'])
    expect(dormant(org)?.facts.lastSeen).toBeNull()
  })

  it('an account of a source whose logins the log never shows is not judged by it', () => {
    const org = seen(['2026-06-01']).account('a.other', 'anna', {}, 2).right('B').grant('a.other', 'B')
    expect(find(org.weigh('a.other', 'B').packet.signals, 'dormant-account')).toBeUndefined()
  })
})
