import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PastDecision } from '../../../src/shared/model/learning.ts'
import { askHistory, type GrantHistory } from '../../../src/main/core/learning/grant-history.ts'
import { historyOf, missingDecisions, type OwnPastDecision } from '../../../src/main/core/learning/history.ts'
import { learn, learning, logOddsOf } from '../../../src/main/core/learning/learn.ts'
import { recognise, type HistoryNames } from '../../../src/main/core/learning/names.ts'
import { MOST_FROM_HISTORY, pastDecisionSignals } from '../../../src/main/core/learning/past-decision-signals.ts'
import { readModel, writeModel } from '../../../src/main/core/learning/stored-model.ts'
import { recommend } from '../../../src/main/core/recommendation/recommend.ts'
import { packets } from '../../support/packets.ts'
import { shippedWeights } from '../../support/population-builder.ts'
import { quickLearning } from './past-requests.ts'

const names: HistoryNames = {
  people: [
    { id: 1, email: 'anna@x.example', employeeId: '100', department: 'Finance', title: 'Accountant', managerId: 9 },
    { id: 2, email: 'ben@x.example', employeeId: '101', department: 'Sales', title: 'Agent', managerId: 9 },
    { id: 9, email: 'mo@x.example', employeeId: '900', department: 'Board', title: 'Head', managerId: null },
  ],
  accounts: [
    { id: 11, identityId: 1, nativeKey: 'anna', emailKey: null, employeeKey: null },
    { id: 12, identityId: 2, nativeKey: 'ben', emailKey: null, employeeKey: null },
    { id: 13, identityId: null, nativeKey: 'svc', emailKey: null, employeeKey: null },
    { id: 14, identityId: 2, nativeKey: 'shared', emailKey: null, employeeKey: null },
    { id: 15, identityId: 1, nativeKey: 'shared', emailKey: null, employeeKey: null },
  ],
  entitlements: [
    { id: 21, nativeId: 'PAY', name: 'Release payments' }, { id: 22, nativeId: 'READ', name: 'Read' },
    { id: 23, nativeId: 'A1', name: 'Same' }, { id: 24, nativeId: 'A2', name: 'Same' },
  ],
}
const known = recognise(names)

/** Payments are revoked outside Finance, mostly; reading is kept. */
const imported: readonly PastDecision[] = Array.from({ length: 240 }, (_, row) => {
  const isPay = row % 2 === 0
  const isFinance = row % 3 === 0
  return {
    row, account: row % 7 === 0 ? 'Anna' : `gone-${row % 40}`, entitlement: isPay ? 'pay' : 'Read', isKept: isPay ? isFinance === (row % 11 !== 0) : row % 23 !== 0,
    decidedOn: `2025-0${1 + (row % 9)}-01`, department: isFinance ? ' FINANCE' : 'Sales', title: null, manager: '900',
  }
})
const own = (change: Partial<OwnPastDecision>): OwnPastDecision => ({
  accountId: 11, entitlementId: 21, outcome: 'keep', decidedAt: '2026-01-02T00:00:00Z', isAdviceVisible: false, department: 'Finance', title: null,
  manager: 'mo@x.example', cameBack: false, ...change,
})
const history = historyOf(imported, [], known)
const model = learn(history.table, quickLearning)
const counted = readModel(writeModel({ model, history: history.table, decidedOn: history.decidedOn }))

describe('what there is to learn from', () => {
  test('people, accounts and rights are recognised by any of their keys, whatever the spelling', () => {
    expect(['ANNA', '100', 'anna@x.example '].map(known.holder)).toEqual(['person 1', 'person 1', 'person 1'])
    expect([known.holder('svc'), known.entitlement('pay'), known.entitlement('release payments'), known.manager('900')])
      .toEqual(['account 13', 'entitlement 21', 'entitlement 21', 'person 9'])
  })

  test('a key two share recognises neither', () => {
    expect([known.holder('shared'), known.entitlement('Same')]).toEqual(['shared', 'Same'])
  })

  test('own decisions teach only where the advice was not visible, or where the right came back', () => {
    const { totals, table } = historyOf([], [
      own({}), own({ isAdviceVisible: true }), own({ outcome: 'look-closer' }), own({ outcome: 'revoke' }),
      own({ outcome: 'revoke', isAdviceVisible: true, cameBack: true }),
    ], known)
    expect(totals).toMatchObject({ decisions: 3, kept: 2, revoked: 1, blind: 2, corrected: 1, adviceSeen: 1, undecided: 1 })
    expect([...table.approved]).toEqual([1, 0, 1])
  })

  test('spelling variants of a department are one value, and a column that never varies is none', () => {
    expect(history.table.names).toEqual(['entitlement', 'department', 'same grant'])
    expect(history.table.values[1]).toEqual(['FINANCE', 'Sales'])
  })

  test('what is missing is counted for each class', () => {
    expect([missingDecisions({ kept: 12, revoked: 300 }), missingDecisions({ kept: 20, revoked: 20 })])
      .toEqual([{ kept: 8, revoked: 0 }, { kept: 0, revoked: 0 }])
  })
})

describe('a stored model', () => {
  test('scores from its text as it did when it was learned, to a millionth of log-odds a number', () => {
    const [before, after] = [logOddsOf(model, history.table), logOddsOf(counted.model, history.table)]
    for (const [row, score] of before.entries()) expect(after[row]).toBeCloseTo(score, 3)
  })

  test('read and written again it is the same text', () => {
    expect(writeModel(counted)).toBe(writeModel(readModel(writeModel(counted))))
  })

  test('tells what it would have said about decisions held out, better than chance', () => {
    const steps = learning(history.table, quickLearning)
    for (;;) {
      const next = steps.next()
      if (next.done !== true) {
        expect(next.value).toBeGreaterThanOrEqual(0)
        expect(next.value).toBeLessThan(1)
        continue
      }
      const mean = (label: number): number => {
        const rows = [...history.table.approved.keys()].filter((row) => history.table.approved[row] === label)
        return rows.reduce((sum, row) => sum + (next.value.heldOut[row] as number), 0) / rows.length
      }
      expect(mean(1)).toBeGreaterThan(mean(0) + 1)
      return
    }
  })
})

describe('what the past says about a grant', () => {
  const ask = askHistory(counted)
  const anna = { entitlement: 'entitlement 21', department: 'finance', title: 'Accountant', manager: 'person 9', 'same grant': 'entitlement 21 · person 1' }

  test('its total is the model\'s score over what is usual, and the evidence adds up to it', () => {
    const { total, evidence } = ask(anna)
    expect(evidence.reduce((sum, { logOdds }) => sum + logOdds, 0)).toBeCloseTo(total, 9)
    const row = [...history.table.approved.keys()].find((at) => imported[at]?.account === 'Anna' && at % 6 === 0) as number
    expect(total).toBeCloseTo((logOddsOf(counted.model, history.table)[row] as number) - Math.log(counted.model.approved / (240 - counted.model.approved)), 9)
  })

  test('counts are those of the history: of this grant, of the right for others, of the department', () => {
    const same = (department: string | null) => imported.filter((one) => one.entitlement === 'pay' && (department === null || one.department === department))
    const found = new Map(ask(anna).evidence.map((one) => [one.basis, one]))
    const grant = same(null).filter(({ account }) => account === 'Anna')
    const keptOf = (rows: readonly PastDecision[]): number => rows.filter(({ isKept }) => isKept).length
    expect(found.get('same-grant')).toMatchObject({ kept: keptOf(grant), revoked: grant.length - keptOf(grant) })
    expect(found.get('entitlement')?.kept).toBe(keptOf(same(null)) - keptOf(grant))
    expect(found.get('department')).toMatchObject({ kept: keptOf(same(' FINANCE')), latest: '2025-07-01' })
  })

  test('whoever and whatever was never decided on has only what is combined', () => {
    expect(ask({ entitlement: 'entitlement 99', department: null, title: null, manager: null, 'same grant': 'entitlement 99 · person 77' }).evidence.map(({ basis }) => basis))
      .toEqual(['combined'])
  })
})

const evidence = fc.record({
  kept: fc.integer({ min: 0, max: 50 }), revoked: fc.integer({ min: 0, max: 50 }), latest: fc.constant('2025-01-01'),
  logOdds: fc.double({ min: -4, max: 4, noNaN: true }),
})
const histories: fc.Arbitrary<GrantHistory> = fc.tuple(evidence, evidence, evidence, evidence, evidence).map((all) => {
  const bases = ['same-grant', 'entitlement', 'department', 'manager', 'combined'] as const
  const told = all.map((one, at) => ({ ...one, basis: bases[at] ?? 'combined' }))
  return { total: told.reduce((sum, { logOdds }) => sum + logOdds, 0), evidence: told }
})

describe('signals from the past', () => {
  test('are whole thousandths that add up to the total, which stays within its bounds', () => {
    fc.assert(fc.property(histories, (past) => {
      const sum = pastDecisionSignals(past, 1).reduce((all, { weight }) => all + weight, 0)
      expect(sum).toBe(Math.round(Math.max(-2.5, Math.min(2.5, past.total)) * 1000) + 0)
      expect(Math.abs(sum)).toBeLessThanOrEqual(MOST_FROM_HISTORY)
    }))
  })

  test('name a basis only where its counts lean the way it weighs', () => {
    fc.assert(fc.property(histories, (past) => {
      const usual = past.evidence.find(({ basis }) => basis === 'combined')
      const share = ({ kept, revoked }: { kept: number; revoked: number }): number => kept / Math.max(1, kept + revoked)
      for (const one of pastDecisionSignals(past, 1)) {
        expect(one.weight).not.toBe(0)
        expect(one.direction).toBe(one.weight > 0 ? 'keep' : 'revoke')
        if (one.kind === 'past-decision' && one.facts.basis !== 'combined' && usual !== undefined) {
          expect(share(one.facts) >= share(usual)).toBe(one.weight > 0)
        }
      }
    }))
  })

  test('never soften a hard rule: leavers and orphans stay revoked, protected stays to be looked at, a conflict is never kept', () => {
    fc.assert(fc.property(packets, histories, ({ packet, recommendation }, past) => {
      const after = recommend({ ...packet, signals: [...packet.signals, ...pastDecisionSignals(past, 1)] }, shippedWeights)
      for (const rule of ['leaver-revoke', 'orphan-revoke', 'protected-look-closer', 'no-evidence-look-closer'] as const) {
        if (recommendation.rules.includes(rule)) expect([after.action, after.rules]).toEqual([recommendation.action, recommendation.rules])
      }
      if (recommendation.rules.includes('conflict-never-keep')) expect(after.action).not.toBe('keep')
    }), { numRuns: 2000 })
  })
})

describe('a person', () => {
  test('weighs only with the very right decided on: another right of theirs is told no differently', () => {
    const ask = askHistory(counted)
    const of = (person: string) => ask({ entitlement: 'entitlement 22', department: 'Sales', title: null, manager: null, 'same grant': `entitlement 22 · ${person}` })
    expect(of('person 2').total).toBe(of('nobody who was ever decided on').total)
    expect(counted.model.encoder.crosses.filter(({ columns }) => columns.includes(counted.model.names.indexOf('same grant'))).map(({ columns }) => columns.length)).toEqual([1])
  })
})
