import { closeSync, openSync, writeSync } from 'node:fs'
import { accountName, applicationOf, emailOf, entitlementName, teamLead, teamOf, type Organisation } from './organisation.ts'

/** The day all made-up files are judged as of. */
export const asOf = '2026-03-31'

/** Three columns, as the plainest export has them. */
export function writeLeanGrants(path: string, made: Organisation): number {
  return writeCsv(path, 'account,entitlement,granted_at', function* () {
    for (let row = 0; row < made.person.length; row++) {
      yield `${accountName(made.person[row] as number)},${entitlementName(made.entitlement[row] as number)},${dayBefore(made.age[row] as number)}`
    }
  })
}

/** The same grants with everything that can be weighed about them. */
export function writeRichGrants(path: string, made: Organisation): number {
  const header = 'account,email,entitlement,entitlement_name,application,privilege,risk,owner,granted_at'
  return writeCsv(path, header, function* () {
    for (let row = 0; row < made.person.length; row++) {
      const person = made.person[row] as number
      const right = made.entitlement[row] as number
      const privilege = right % 50 === 0 ? 'admin' : right % 10 === 0 ? 'elevated' : 'none'
      const risk = right % 50 === 0 ? 'critical' : right % 10 === 0 ? 'high' : right % 3 === 0 ? 'medium' : 'low'
      const owner = right % 2 === 0 ? emailOf(right % made.people) : ''
      yield [
        accountName(person), emailOf(person), entitlementName(right), `Role ${right}`, applicationOf(right, made.applications), privilege, risk, owner,
        dayBefore(made.age[row] as number),
      ].join(',')
    }
  })
}

/** One person for every account; one in a hundred has left. */
export function writePeople(path: string, made: Organisation): number {
  return writeCsv(path, 'employee_id,status,full_name,email,department,job_title,manager_id,location,hire_date,termination_date', function* () {
    for (let person = 0; person < made.people; person++) {
      const team = teamOf(person)
      const lead = teamLead(team)
      const manager = person === lead ? (team === 0 ? '' : teamLead(Math.floor(team / 8))) : lead
      const hasLeft = person % 100 === 99
      yield [
        1_000_000 + person, hasLeft ? 'inactive' : 'active', `Person ${person}`, emailOf(person), `Department ${Math.floor(team / 8)}`, `Title ${team % 8}`,
        manager === '' ? '' : 1_000_000 + manager, `Site ${team % 12}`, '2019-04-01', hasLeft ? '2026-02-28' : '',
      ].join(',')
    }
  })
}

/** Half a year in which nine people of ten signed in once a month to two of their applications. */
export function writeSignIns(path: string, made: Organisation): number {
  return writeCsv(path, 'account,application,time,result', function* () {
    for (const month of ['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03']) {
      for (let row = 0; row < made.person.length; row += 10) {
        const person = made.person[row] as number
        if (person % 10 === 9) continue
        const day = String((person % 27) + 1).padStart(2, '0')
        yield `${accountName(person)},${applicationOf(made.entitlement[row] as number, made.applications)},${month}-${day}T08:30:00Z,success`
      }
    }
  })
}

/** Returns the bytes written. */
function writeCsv(path: string, header: string, rows: () => Generator<string>): number {
  const file = openSync(path, 'w')
  let bytes = 0
  let block = `${header}\n`
  try {
    for (const row of rows()) {
      block += `${row}\n`
      if (block.length < 1 << 20) continue
      bytes += writeSync(file, block)
      block = ''
    }
    return bytes + writeSync(file, block)
  } finally {
    closeSync(file)
  }
}

const days = new Map<number, string>()

export function dayBefore(age: number): string {
  const known = days.get(age)
  if (known !== undefined) return known
  const day = new Date(Date.UTC(2026, 2, 31 - age)).toISOString().slice(0, 10)
  days.set(age, day)
  return day
}
