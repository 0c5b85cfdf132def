import { crossValidated, learn, chancesOf } from '../../src/main/core/learning/learn.ts'
import { areaUnderCurve, rankingFigures, type RankingFigures } from '../../src/main/core/learning/metrics.ts'
import { readDecisions } from './decisions-file.ts'
import { stopwatch } from './timing.ts'

export interface RankingInput {
  readonly train: string
  /** Null: cross-validation on the training file. */
  readonly test: string | null
  readonly folds: number
}

/**
 * Learns and scores through src/main/core/learning; nothing of that is in here. Average precision and recall are of the denied rows,
 * riskiest first.
 */
export function ranking({ train, test, folds }: RankingInput): Readonly<Record<string, unknown>> {
  const table = readDecisions(train)
  const clock = stopwatch()
  if (test === null) {
    const { chances, fold } = crossValidated(table, folds)
    const aucs = Array.from({ length: folds }, (_, held) => {
      const rows = [...fold.keys()].filter((row) => fold[row] === held)
      return areaUnderCurve(Float64Array.from(rows, (row) => chances[row] ?? 0), Uint8Array.from(rows, (row) => table.approved[row] ?? 0))
    })
    const meanFoldAuc = aucs.reduce((sum, auc) => sum + auc, 0) / folds
    const what = { method: 'cross-validation', folds, trainRows: table.count, testRows: table.count }
    return line(what, rankingFigures(chances, table.approved), { meanFoldAuc: rounded(meanFoldAuc), ...times(clock()) })
  }
  const unseen = readDecisions(test)
  const model = learn(table)
  const trained = clock()
  const chances = chancesOf(model, unseen)
  const what = { method: 'train and test', trainRows: table.count, testRows: unseen.count }
  return line(what, rankingFigures(chances, unseen.approved), { trainSeconds: rounded(trained.seconds), ...times(clock()) })
}

type Line = Readonly<Record<string, unknown>>

function line(what: Line, figures: RankingFigures, more: Line): Line {
  const { auc, averagePrecision, recallAt5, recallAt10, recallAt20, calibrationError } = figures
  return {
    bench: 'ranking', ...what, ranksFirst: 'denied', auc: rounded(auc), averagePrecision: rounded(averagePrecision),
    recallAt5: rounded(recallAt5), recallAt10: rounded(recallAt10), recallAt20: rounded(recallAt20),
    calibrationError: rounded(calibrationError), ...more,
  }
}

function times({ seconds, cpuSeconds }: { readonly seconds: number; readonly cpuSeconds: number }): Readonly<Record<string, number>> {
  return { seconds: rounded(seconds), cpuSeconds: rounded(cpuSeconds) }
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
