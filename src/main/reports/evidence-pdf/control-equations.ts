import type { ReportHead } from '../../../shared/model/evidence-report.ts'

export type Term = { readonly label: string; readonly value: number }
/** `total` = the sum of `terms`, plus `difference`, which is 0 when it adds up. */
export type Equation = { readonly total: Term; readonly terms: readonly Term[]; readonly difference: number }

/**
 * The control totals as sums anybody can redo, from the files down to the decisions. Differences are computed here, from the figures that
 * are printed, and never copied from the campaign's own statement.
 */
export function controlEquations(head: ReportHead): readonly Equation[] {
  const { rowsRead, imported, rejected, merged, population, progress } = head.controlTotals
  const excluded = population.excluded.reduce((sum, { grants }) => sum + grants, 0)
  return [
    equation('rows read', rowsRead, [['imported', imported], ['rejected', rejected], ['merged', merged]]),
    // A row of a file is not a grant: sign-ins and people are rows, too, and one row may name several rights. So the sum starts anew.
    equation('grants in the snapshots', population.population, [['in review', population.inReview], ['excluded', excluded]]),
    equation('in review', population.inReview, [
      ['kept', progress.kept], ['revoked', progress.revoked], ['keep until', progress.keptUntil], ['look closer', progress.lookCloser],
      ['undecided', progress.undecided],
    ]),
  ]
}

function equation(label: string, value: number, terms: readonly (readonly [string, number])[]): Equation {
  return {
    total: { label, value },
    terms: terms.map(([name, part]) => ({ label: name, value: part })),
    difference: value - terms.reduce((sum, [, part]) => sum + part, 0),
  }
}
