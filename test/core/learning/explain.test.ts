import { describe, expect, test } from 'vitest'
import { PROFILE, type DecisionTable } from '../../../src/main/core/learning/decision-table.ts'
import { explain, learnedStatements } from '../../../src/main/core/learning/explain.ts'
import { learn, logOddsOf } from '../../../src/main/core/learning/learn.ts'
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
