import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { decisionTable, type DecisionTable } from '../../src/main/core/learning/decision-table.ts'

const DECISION = 'ACTION'
const ENTITLEMENT = 'RESOURCE'

/** Decisions as the Amazon Employee Access Challenge wrote them: ACTION (1 approved, 0 denied), RESOURCE, attributes of the person. */
export function readDecisions(file: string): DecisionTable {
  const [header = [], ...lines] = parse(readFileSync(file), { bom: true, skip_empty_lines: true, trim: true })
  const decision = header.indexOf(DECISION)
  if (decision < 0 || !header.includes(ENTITLEMENT)) {
    throw new Error(`${file} needs the columns ${DECISION} and ${ENTITLEMENT}, and has ${header.join(', ')}`)
  }
  const names = [ENTITLEMENT, ...header.filter((name) => name !== DECISION && name !== ENTITLEMENT)]
  const places = names.map((name) => header.indexOf(name))
  const table = decisionTable(names)
  for (const [at, line] of lines.entries()) {
    const action = line[decision]
    if (action !== '0' && action !== '1') throw new Error(`${file}, row ${at + 2}: ${DECISION} is neither 0 nor 1`)
    table.add(places.map((place) => line[place] ?? ''), action === '1')
  }
  return table.finish()
}
