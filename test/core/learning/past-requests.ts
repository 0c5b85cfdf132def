import { decisionTable, type DecisionTable } from '../../../src/main/core/learning/decision-table.ts'
import { defaultLearning, type LearningOptions } from '../../../src/main/core/learning/learn.ts'
import { seeded } from '../../../src/main/core/learning/seeded.ts'

/** The product's settings with fewer and smaller steps, so that a test takes a second. */
export const quickLearning: LearningOptions = {
  ...defaultLearning,
  logistic: { ...defaultLearning.logistic, rounds: 3, passes: 3 },
  trees: { ...defaultLearning.trees, trees: 60, featureShare: 0.3 },
  forests: 2,
}

export const departments = ['Finance', 'Sales', 'Plant', 'IT', 'Legal', 'Research']

export interface RequestRules {
  readonly count: number
  readonly seed: number
  /** Chance that a request is denied. */
  readonly denial: (entitlement: number, department: number, manager: number) => number
}

/** Made-up requests: 20 entitlements, 24 managers who each lead in one of 6 departments, and a column that repeats the department. */
export function pastRequests({ count, seed, denial }: RequestRules): DecisionTable {
  const random = seeded(seed)
  const table = decisionTable(['entitlement', 'manager', 'department', 'departmentCode', 'floor'])
  for (let row = 0; row < count; row++) {
    const manager = Math.floor(random() * 24)
    const department = manager % 6
    const entitlement = Math.floor(random() ** 2 * 20)
    const floor = Math.floor(random() * 5)
    const isDenied = random() < denial(entitlement, department, manager)
    table.add([`right ${entitlement}`, `manager ${manager}`, departments[department] ?? '', `D${department}`, `floor ${floor}`], !isDenied)
  }
  return table.finish()
}

/** Entitlements 0–4 are usually denied outside Finance; everything else is nearly always approved. */
export const financeOnly: RequestRules['denial'] = (entitlement, department) => (entitlement < 5 && department !== 0 ? 0.6 : 0.04)
