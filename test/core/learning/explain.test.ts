import { describe, expect, test } from 'vitest'
import { PROFILE, type DecisionTable } from '../../../src/main/core/learning/decision-table.ts'
import { explain, learnedStatements } from '../../../src/main/core/learning/explain.ts'
import { learn, logOddsOf } from '../../../src/main/core/learning/learn.ts'
import { sentenceOf } from '../../../src/main/core/learning/sentences.ts'
import { financeOnly, pastRequests, quickLearning } from './past-requests.ts'

const history = pastRequests({ count: 1500, seed: 3, denial: financeOnly })
const model = learn(history, quickLearning)
const later = pastRequests({ count: 100, seed: 4, denial: financeOnly })

function valueOf(table: DecisionTable, name: string, row: number): string | undefined {
  const column = table.names.indexOf(name)
  return table.values[column]?.[table.columns[column]?.[row] ?? -1]
}

describe('taking a score apart', () => {
  test('base and contributions add up to the score, for every row', () => {
    const scores = logOddsOf(model, later)
    for (let row = 0; row < later.count; row++) {
      const { base, contributions } = explain(model, later, row)
      expect(contributions.reduce((sum, { logOdds }) => sum + logOdds, base)).toBeCloseTo(scores[row] ?? Number.NaN, 9)
    }
  })

  test('the counts in a sentence are those of the history', () => {
    for (const { parts, decided, approved } of explain(model, later, 0).contributions) {
      const rows = [...history.approved.keys()].filter((row) =>
        parts.every(({ name, value }) =>
          value === null
            ? model.attributes.every((one) => valueOf(history, one, row) === valueOf(later, one, 0))
            : valueOf(history, name, row) === value),
      )
      expect([decided, approved]).toEqual([rows.length, rows.filter((row) => history.approved[row] === 1).length])
    }
  })

  test('a code that only repeats the department is not told as evidence of its own', () => {
    expect(model.encoder.crosses.some(({ columns }) => columns.includes(3))).toBe(false)
  })

  test('no combination is told twice, and none names an attribute beside the profile that holds it', () => {
    const told = explain(model, later, 0).contributions.map(({ parts }) => parts.map(({ name }) => name))
    expect(new Set(told.map((names) => names.join(' × '))).size).toBe(told.length)
    const profiles = told.filter((names) => names.includes(PROFILE)).toSorted((a, b) => a.length - b.length)
    expect(profiles).toEqual([[PROFILE], ['entitlement', PROFILE]])
  })

  test('what was learned as a whole starts with combinations that were often decided', () => {
    const statements = learnedStatements(model, 20)
    expect(statements).toHaveLength(20)
    for (const { decided, approved, parts } of statements) {
      expect(decided).toBeGreaterThanOrEqual(5)
      expect(approved).toBeLessThanOrEqual(decided)
      expect(parts.every(({ value }) => value !== '')).toBe(true)
    }
    expect(statements.some(({ parts }) => parts.some(({ name }) => name === 'entitlement'))).toBe(true)
  })
})

describe('sentences', () => {
  const parts = [{ name: 'entitlement', value: 'Payments' }, { name: 'department', value: 'Finance' }]
  test.each([
    [{ decided: 15, approved: 14, logOdds: 0.8 }, '14 of 15 earlier requests were approved, which taken with the rest speaks for it.'],
    [{ decided: 1, approved: 0, logOdds: -0.4 }, 'the only earlier request was denied, which taken with the rest speaks against it.'],
    [{ decided: 0, approved: 0, logOdds: -0.1 }, 'never decided before, which taken with the rest speaks against it.'],
    [{ decided: 9, approved: 8, logOdds: 0.001 }, '8 of 9 earlier requests were approved, which taken with the rest hardly matters here.'],
  ])('%j: %s', (counts, sentence) => {
    expect(sentenceOf({ parts, ...counts })).toBe(`entitlement “Payments”, department “Finance”: ${sentence}`)
  })

  test('the profile is told without a value', () => {
    expect(sentenceOf({ parts: [{ name: 'all attributes alike', value: null }], decided: 3, approved: 1, logOdds: -1 })).toBe(
      'all attributes alike: 1 of 3 earlier requests were approved, which taken with the rest speaks against it.',
    )
  })

  test('a value nobody knows is called unknown', () => {
    expect(sentenceOf({ parts: [{ name: 'manager', value: '' }], decided: 2, approved: 2, logOdds: 1 })).toContain('manager unknown')
  })
})
