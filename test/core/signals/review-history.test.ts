import { describe, expect, it } from 'vitest'
import type { Signal, SignalKind, SignalOf } from '../../../src/shared/model/signal.ts'
import type { ReviewRow } from '../../../src/main/core/signals/population-rows.ts'
import { organisation, shippedWeights } from '../../support/population-builder.ts'

function find<K extends SignalKind>(signals: readonly Signal[], kind: K): SignalOf<K> | undefined {
  return signals.find((signal): signal is SignalOf<K> => signal.kind === kind)
}

type Past = readonly [campaign: number, asOf: string, answer: ReviewRow['answer'], decidedOn?: string]

function weighed(past: readonly Past[]): readonly Signal[] {
  const org = organisation().person('anna').person('bert').grant('anna', 'PAY').grant('anna', 'READ').grant('bert', 'PAY')
  for (const one of past) org.reviewed('anna', 'PAY', ...one)
  return org.weigh('anna', 'PAY').packet.signals
}

const weight = (key: string): number => shippedWeights.weights[key]?.value ?? NaN

describe('what people decided about this very access before', () => {
  const table: readonly (readonly [string, readonly Past[], object | null, string | null, string | null])[] = [
    ['nothing', [], null, null, null],
    ['kept', [[1, '2026-03-31', 'kept', '2026-04-09']], { kept: 1, revoked: 0, latest: '2026-04-09' }, 'past-decision.kept', 'observed'],
    ['kept in two campaigns', [[1, '2025-12-31', 'kept'], [2, '2026-03-31', 'kept']], { kept: 2, revoked: 0, latest: '2026-03-31' }, 'past-decision.kept', 'observed'],
    ['kept through two paths in one campaign', [[1, '2026-03-31', 'kept'], [1, '2026-03-31', 'kept']], { kept: 1, revoked: 0, latest: '2026-03-31' }, 'past-decision.kept', 'observed'],
    ['revoked and still there', [[1, '2026-03-31', 'revoked']], { kept: 0, revoked: 1, latest: '2026-03-31' }, 'past-decision.revoked', 'observed'],
    ['kept, then revoked', [[1, '2025-12-31', 'kept'], [2, '2026-03-31', 'revoked']], { kept: 1, revoked: 1, latest: '2026-03-31' }, 'past-decision.mixed', 'observed'],
    ['kept three years ago', [[1, '2023-03-31', 'kept']], { kept: 1, revoked: 0, latest: '2023-03-31' }, 'past-decision.kept-long-ago', 'stale'],
    ['sent on, not decided', [[1, '2026-03-31', 'look-closer']], null, null, null],
    ['decided in a campaign that judged a later day', [[1, '2026-09-30', 'kept']], null, null, null],
  ]
  it.each(table)('%s', (_, past, facts, key, quality) => {
    const found = find(weighed(past), 'past-decision')
    expect(found?.facts ?? null).toEqual(facts === null ? null : { basis: 'same-grant', ...facts })
    expect(found?.quality ?? null).toBe(quality)
    if (key !== null) expect(found?.weight).toBe(weight(key))
  })

  it('decisions about another right or another account say nothing about this one', () => {
    const org = organisation().person('anna').person('bert').grant('anna', 'PAY').grant('anna', 'READ').grant('bert', 'PAY')
      .reviewed('anna', 'READ', 1, '2026-03-31', 'revoked').reviewed('bert', 'PAY', 1, '2026-03-31', 'revoked')
    expect(find(org.weigh('anna', 'PAY').packet.signals, 'past-decision')).toBeUndefined()
  })

  it('names the items it counted', () => {
    expect(find(weighed([[1, '2025-12-31', 'kept'], [2, '2026-03-31', 'kept']]), 'past-decision')?.rows).toEqual(['review-item:1', 'review-item:2'])
  })
})

describe('campaigns in a row that ended without an answer', () => {
  const table: readonly (readonly [string, readonly Past[], object | null, string | null])[] = [
    ['none', [[1, '2026-03-31', 'kept']], null, null],
    ['the last one', [[1, '2026-03-31', 'none']], { campaigns: 1, since: '2026-03-31' }, 'unreviewed-streak.once'],
    ['three', [[1, '2025-09-30', 'none'], [2, '2025-12-31', 'none'], [3, '2026-03-31', 'none']], { campaigns: 3, since: '2025-09-30' }, 'unreviewed-streak.repeated'],
    ['broken by an answer', [[1, '2025-09-30', 'none'], [2, '2025-12-31', 'kept'], [3, '2026-03-31', 'none']], { campaigns: 1, since: '2026-03-31' }, 'unreviewed-streak.once'],
    ['ended by an answer', [[1, '2025-12-31', 'none'], [2, '2026-03-31', 'look-closer']], null, null],
    ['one path answered, the other not', [[1, '2026-03-31', 'kept'], [1, '2026-03-31', 'none']], null, null],
  ]
  it.each(table)('%s', (_, past, facts, key) => {
    const found = find(weighed(past), 'unreviewed-streak')
    expect(found?.facts ?? null).toEqual(facts)
    if (key !== null) expect(found?.weight).toBe(weight(key))
  })
})
