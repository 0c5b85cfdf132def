import { describe, expect, test } from 'vitest'
import { decisionTable, PROFILE, rowsOf } from '../../../src/main/core/learning/decision-table.ts'
import { chancesOf, crossValidated, learn, logOddsOf } from '../../../src/main/core/learning/learn.ts'
import { rankingFigures } from '../../../src/main/core/learning/metrics.ts'
import { financeOnly, pastRequests, quickLearning } from './past-requests.ts'

const history = pastRequests({ count: 1500, seed: 3, denial: financeOnly })
const model = learn(history, quickLearning)
const later = pastRequests({ count: 1500, seed: 4, denial: financeOnly })

describe('learning from past decisions', () => {
  test('finds what was usually denied, in requests it has not seen, and says a chance that comes true', () => {
    // Who knew the rule itself would reach 0.84: the rest is chance.
    const many = pastRequests({ count: 8000, seed: 99, denial: financeOnly })
    const figures = rankingFigures(chancesOf(model, many), many.approved)
    expect(figures.auc).toBeGreaterThan(0.82)
    expect(figures.calibrationError).toBeLessThan(0.05)
  })

  test('the same decisions and seed make the same model, to the last digit', () => {
    expect(logOddsOf(learn(history, quickLearning), later)).toEqual(logOddsOf(model, later))
  })

  test('the order in which the rows to be judged come changes nothing', () => {
    const backwards = Int32Array.from({ length: later.count }, (_, row) => later.count - 1 - row)
    expect(chancesOf(model, rowsOf(later, backwards)).reverse()).toEqual(chancesOf(model, later))
  })

  test('the outcome written beside a row to be judged is not looked at', () => {
    const flipped = { ...later, approved: later.approved.map((label) => 1 - label) }
    expect(chancesOf(model, flipped)).toEqual(chancesOf(model, later))
  })

  test('decisions thrown by dice teach nothing: no row gives its own outcome away', () => {
    const areas = [11, 12, 13].map((seed) => {
      const dice = pastRequests({ count: 1200, seed, denial: () => 0.3 })
      return rankingFigures(crossValidated(dice, 4, quickLearning).chances, dice.approved).auc
    })
    expect(Math.abs(areas.reduce((sum, area) => sum + area, 0) / areas.length - 0.5)).toBeLessThan(0.04)
  }, 60_000)

  test('people and rights nobody has decided on get an answer near the overall share, never an error', () => {
    const strangers = { ...later, values: later.values.map((texts) => texts.map((text) => `${text} of tomorrow`)) }
    const share = history.approved.reduce((sum, label) => sum + label, 0) / history.count
    for (const chance of chancesOf(model, strangers)) {
      expect(chance).toBeGreaterThan(0.2)
      expect(chance).toBeLessThan(1)
      expect(Math.abs(chance - share)).toBeLessThan(0.4)
    }
  })

  test('a short history that names nothing but the entitlement is enough, however odd its names', () => {
    const odd = decisionTable(['entitlement'])
    for (let row = 0; row < 200; row++) odd.add([['__proto__', '', '=1+1', '\u202egnp'][row % 4] ?? ''], row % 4 !== 2 || row % 20 === 2)
    const table = odd.finish()
    const chances = chancesOf(learn(table, quickLearning), table)
    expect(chances[2]).toBeLessThan(0.5)
    for (const row of [0, 1, 3]) expect(chances[row]).toBeGreaterThan(0.8)
  })

  test('too few of one kind is a refusal, not a model', () => {
    const spotless = pastRequests({ count: 500, seed: 5, denial: () => 0 })
    expect(() => learn(spotless, quickLearning)).toThrow('too few of one kind')
  })

  test('a column that would pass for the profile is refused', () => {
    const disguised = { ...history, names: history.names.with(-1, PROFILE) }
    expect(() => learn(disguised, quickLearning)).toThrow(PROFILE)
  })

  test('a request without the columns that were learned is refused by name', () => {
    expect(() => chancesOf(model, { ...later, names: ['entitlement', 'boss', 'department', 'departmentCode', 'floor'] })).toThrow('manager')
  })
})
