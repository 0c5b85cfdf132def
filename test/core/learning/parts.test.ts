import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binned, cutsOf } from '../../../src/main/core/learning/bins.ts'
import { combine } from '../../../src/main/core/learning/combine.ts'
import { buildCrosses, codesFor } from '../../../src/main/core/learning/crosses.ts'
import { decisionTable, independentColumns, recoded } from '../../../src/main/core/learning/decision-table.ts'
import { encode, encodingsFor, varieties } from '../../../src/main/core/learning/encodings.ts'
import { familiarityStep, FAMILIARITY_STEPS } from '../../../src/main/core/learning/familiarity.ts'
import { fitLogistic } from '../../../src/main/core/learning/logistic.ts'
import { areaUnderCurve, rankingFigures } from '../../../src/main/core/learning/metrics.ts'
import { stratifiedFolds } from '../../../src/main/core/learning/seeded.ts'
import { financeOnly, pastRequests } from './past-requests.ts'

describe('figures of a ranking', () => {
  test.each([
    { scores: [0.1, 0.2, 0.8, 0.9], approved: [0, 0, 1, 1], auc: 1, precision: 1 },
    { scores: [0.9, 0.8, 0.2, 0.1], approved: [0, 0, 1, 1], auc: 0, precision: (1 / 3 + 2 / 4) / 2 },
    { scores: [0.5, 0.5, 0.5, 0.5], approved: [0, 1, 1, 1], auc: 0.5, precision: 1 / 4 },
    { scores: [0.1, 0.4, 0.3, 0.8], approved: [0, 0, 1, 1], auc: 0.75, precision: (1 + 2 / 3) / 2 },
  ])('$scores against $approved', ({ scores, approved, auc, precision }) => {
    const figures = rankingFigures(Float64Array.from(scores), Uint8Array.from(approved))
    expect(figures.auc).toBeCloseTo(auc)
    expect(figures.averagePrecision).toBeCloseTo(precision)
  })

  test('area under the curve equals the share of pairs put in the right order, ties half', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.boolean()), { minLength: 2, maxLength: 40 }), (rows) => {
      const [good, bad] = [rows.filter(([, is]) => is), rows.filter(([, is]) => !is)]
      fc.pre(good.length > 0 && bad.length > 0)
      const pairs = good.flatMap(([a]) => bad.map(([b]) => (a > b ? 1 : a === b ? 0.5 : 0)))
      const area = areaUnderCurve(Float64Array.from(rows, ([score]) => score), Uint8Array.from(rows, ([, is]) => Number(is)))
      expect(area).toBeCloseTo(pairs.reduce<number>((sum, one) => sum + one, 0) / pairs.length)
    }))
  })

  test('a perfect guess has no calibration error, a boastful one has', () => {
    const approved = Uint8Array.from({ length: 1000 }, (_, row) => Number(row % 10 !== 0))
    expect(rankingFigures(new Float64Array(1000).fill(0.9), approved).calibrationError).toBeLessThan(1e-9)
    expect(rankingFigures(new Float64Array(1000).fill(1), approved).calibrationError).toBeCloseTo(0.1)
  })
})

describe('what a row may know of itself', () => {
  const table = pastRequests({ count: 300, seed: 8, denial: financeOnly })
  const { list, codes } = buildCrosses(table, independentColumns(table))
  const encodings = encodingsFor(list)
  const fold = stratifiedFolds(table.approved, 5, 1)

  test('turning one decision round changes no encoding of that row', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: table.count - 1 }), (row) => {
      const before = encodedWith(table.approved)
      const after = encodedWith(table.approved.map((label, at) => (at === row ? 1 - label : label)))
      for (const [at, column] of before.entries()) expect(after[at]?.[row]).toBe(column[row])
    }), { numRuns: 20 })
  })

  test('a row met only once has, in training, been met never', () => {
    const numbers = encodedWith(table.approved)
    for (const [at, { kind, cross }] of encodings.entries()) {
      if (kind !== 'seen') continue
      for (let row = 0; row < table.count; row++) {
        expect(numbers[at]?.[row]).toBe((list[cross]?.decided[codes[cross]?.[row] ?? -1] ?? 0) - 1)
      }
    }
  })

  function encodedWith(approved: Uint8Array): readonly Float64Array[] {
    const crosses = buildCrosses({ ...table, approved }, independentColumns(table)).list
    return encode({ crosses, encodings, varieties: varieties(crosses, codes, encodings), prior: 0.8 }, codes, { approved, fold, folds: 5 })
  }
})

describe('combinations', () => {
  const text = fc.constantFrom('', 'a', 'b', '__proto__', 'toString', '=1+1', 'ä|b', 'a+b')
  test('rows find their own combinations again, and strangers find none', () => {
    fc.assert(fc.property(fc.array(fc.tuple(text, text, text, fc.boolean()), { minLength: 1, maxLength: 30 }), (rows) => {
      const builder = decisionTable(['x', 'y', 'z'])
      for (const [x, y, z, is] of rows) builder.add([x, y, z], is)
      const table = builder.finish()
      const { list, codes } = buildCrosses(table, [0, 1, 2])
      expect(codesFor(list, recoded(table, table.names, table.values))).toEqual(codes)
      for (const { decided, approved } of list) {
        expect(decided.reduce((sum, one) => sum + one, 0)).toBe(rows.length)
        expect(approved.reduce((sum, one) => sum + one, 0)).toBe(rows.filter(([, , , is]) => is).length)
      }
      const stranger = decisionTable(['x', 'y', 'z'])
      stranger.add(['stranger', 'stranger', 'stranger'], false)
      const one = stranger.finish()
      expect(codesFor(list, recoded(one, table.names, table.values)).every((found) => found[0] === -1)).toBe(true)
    }))
  })

  test('a row of the wrong width is refused', () => {
    expect(() => { decisionTable(['x', 'y']).add(['a'], true) }).toThrow('1 values for 2 columns')
  })
})

describe('the pieces', () => {
  test('every count has a step, and steps rise with counts', () => {
    for (let times = 0; times < 2000; times++) {
      const step = familiarityStep(times)
      expect(step).toBeLessThan(FAMILIARITY_STEPS)
      expect(step).toBeGreaterThanOrEqual(times === 0 ? 0 : familiarityStep(times - 1))
    }
  })

  test.each([
    [0, 0], [1, 1], [2, 2], [3, 3], [4, 3], [5, 4], [8, 4], [9, 5], [256, 9], [257, 10], [100_000, 10],
  ])('%i times is step %i', (times, step) => {
    expect(familiarityStep(times)).toBe(step)
  })

  test('larger numbers never fall into a lower bin', () => {
    fc.assert(fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 300 }), (values) => {
      const sorted = Float64Array.from(values).sort()
      const bins = binned(sorted, cutsOf(sorted))
      for (let at = 1; at < bins.length; at++) expect(bins[at]).toBeGreaterThanOrEqual(bins[at - 1] as number)
    }))
  })

  test('calibration keeps the order: no member counts against itself, even one that is always wrong', () => {
    const approved = Uint8Array.from({ length: 400 }, (_, row) => Number(row % 4 !== 0))
    const right = Float64Array.from(approved, (label, row) => label * 2 - 1 + Math.sin(row))
    const wrong = right.map((value) => -value)
    const { shares } = combine([right, wrong], approved)
    expect(shares[0]).toBeGreaterThan(0)
    expect(shares[1]).toBe(0)
  })

  test('a value that says nothing gets hardly any weight, one that decides gets much', () => {
    const count = 600
    const telling = Int32Array.from({ length: count }, (_, row) => row % 2)
    const idle = Int32Array.from({ length: count }, (_, row) => Math.floor(row / 2) % 3)
    const approved = telling.map((code, row) => (row % 20 === 3 ? 1 - code : code))
    const { weights } = fitLogistic(
      [{ codes: telling, size: 2 }, { codes: idle, size: 3 }], Uint8Array.from(approved), { rounds: 4, passes: 4, firstPenalty: 5 },
    )
    expect(weights[0]?.[1]).toBeGreaterThan(1)
    for (const weight of weights[1] ?? []) expect(Math.abs(weight)).toBeLessThan(0.1)
  })

  test('folds share approvals and denials evenly', () => {
    const approved = Uint8Array.from({ length: 1003 }, (_, row) => Number(row % 17 !== 0))
    const fold = stratifiedFolds(approved, 5, 3)
    for (let one = 0; one < 5; one++) {
      const denied = [...fold.keys()].filter((row) => fold[row] === one && approved[row] === 0)
      expect([11, 12]).toContain(denied.length)
    }
  })
})
