import { expect, test } from 'vitest'
import { controlEquations } from '../../../src/main/reports/evidence-pdf/control-equations.ts'
import { buildHead } from '../../support/report-builder.ts'

test('each sum is computed from the printed figures', () => {
  const equations = controlEquations(buildHead({ items: 2000 }))
  expect(equations.map(({ total }) => total.label)).toEqual(['rows read', 'grants in the snapshots', 'in review'])
  expect(equations.map(({ difference }) => difference)).toEqual([0, 0, 0])
})

test('a campaign that claims zero difference is not believed', () => {
  const head = buildHead({ items: 2000 })
  const missing = { ...head, controlTotals: { ...head.controlTotals, merged: head.controlTotals.merged - 3, difference: 0 } }
  expect(controlEquations(missing).map(({ difference }) => difference)).toEqual([3, 0, 0])
})
