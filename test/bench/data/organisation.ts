// A made-up organisation of any size, the same for the same size: teams of 25 who share most of their rights, as teams do. Plain
// integer columns, so that making it costs nothing next to what is measured.
import { mixed } from '../../../src/main/core/signals/pair-counts.ts'

const RIGHTS_PER_PERSON = 20
/** The first rights come from the team's common stock, the rest are a person's own. */
const TEAM_RIGHTS = 14
const TEAM_SIZE = 25

export interface Organisation {
  readonly people: number
  readonly entitlements: number
  readonly applications: number
  /** One per grant: person, entitlement, days before the as-of day. */
  readonly person: Int32Array
  readonly entitlement: Int32Array
  readonly age: Int32Array
}

export interface OrganisationOptions {
  /** Rows in no order at all instead of by account: what an export by group looks like to an import that stores by account. */
  readonly isScrambled?: boolean
  /** Share of rows whose entitlement was swapped for another one since. */
  readonly changedPercent?: number
}

/** `grants` in all, 20 a person, held over one entitlement for every 50 grants: 1,000,000 make 50,000 accounts and 20,000 entitlements. */
export function organisation(grants: number, options: OrganisationOptions = {}): Organisation {
  const people = Math.ceil(grants / RIGHTS_PER_PERSON)
  const entitlements = Math.max(100, Math.floor(grants / 50))
  const columns = { person: new Int32Array(grants), entitlement: new Int32Array(grants), age: new Int32Array(grants) }
  const changed = options.changedPercent ?? 0
  // Odd and large: multiplying by it visits every row once for any size it has no factor in common with.
  const stride = strideFor(grants)
  for (let person = 0; person < people; person++) {
    const held = new Set<number>()
    for (let slot = 0; slot < RIGHTS_PER_PERSON; slot++) {
      const row = person * RIGHTS_PER_PERSON + slot
      if (row >= grants) break
      let right = slot < TEAM_RIGHTS ? mixed(teamOf(person), slot) % entitlements : mixed(person, slot + 1_000) % entitlements
      while (held.has(right)) right = (right + 1) % entitlements
      if (mixed(row, 77) % 1_000 < changed * 10) {
        right = (right + 7) % entitlements
        while (held.has(right)) right = (right + 1) % entitlements
      }
      held.add(right)
      const at = options.isScrambled === true ? (row * stride) % grants : row
      columns.person[at] = person
      columns.entitlement[at] = right
      columns.age[at] = mixed(row, 5) % 1_500
    }
  }
  return { people, entitlements, applications: Math.max(4, Math.min(40, Math.floor(entitlements / 50))), ...columns }
}

export function teamOf(person: number): number {
  return Math.floor(person / TEAM_SIZE)
}

export function teamLead(team: number): number {
  return team * TEAM_SIZE
}

export const accountName = (person: number): string => `u${String(person).padStart(6, '0')}`
export const emailOf = (person: number): string => `person.${person}@example.com`
export const applicationOf = (entitlement: number, applications: number): string => `App ${entitlement % applications}`
export const entitlementName = (entitlement: number): string => `APP-${String(entitlement).padStart(5, '0')}-ROLE`

function strideFor(rows: number): number {
  const commonFactor = (a: number, b: number): number => (b === 0 ? a : commonFactor(b, a % b))
  let stride = 611_953
  while (commonFactor(stride, rows) !== 1) stride += 2
  return stride
}
