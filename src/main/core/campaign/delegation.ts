import { foldEmail } from './fold-email.ts'

/** Somebody stands in for somebody, both days included. Addresses folded. */
export interface StandIn {
  readonly person: string
  readonly delegate: string
  readonly fromOn: string
  readonly toOn: string
}

export function isRunning({ fromOn, toOn }: Pick<StandIn, 'fromOn' | 'toOn'>, day: string): boolean {
  return fromOn <= day && day <= toOn
}

/** Who acts for a person on a day, however many stand-ins are themselves away; null = nobody, or they stand in for one another in a circle. */
export function actingFor(person: string, standIns: readonly StandIn[], day: string): string | null {
  const seen = new Set([foldEmail(person)])
  let at = foldEmail(person)
  for (;;) {
    const next = standIns.find((one) => one.person === at && isRunning(one, day))?.delegate
    if (next === undefined) return seen.size === 1 ? null : at
    if (seen.has(next)) return null
    seen.add(next)
    at = next
  }
}

/** Why a delegation cannot be set up; null = it can. `others` are those not ended yet. */
export function delegationObstacle(wanted: StandIn, others: readonly StandIn[], today: string): string | null {
  if (wanted.person === wanted.delegate) return 'Nobody stands in for themself.'
  if (wanted.toOn < wanted.fromOn) return 'The last day is before the first.'
  if (wanted.toOn < today) return 'The last day has passed already.'
  const other = others.find((one) => one.person === wanted.person && one.fromOn <= wanted.toOn && wanted.fromOn <= one.toOn)
  if (other !== undefined) return `${other.delegate} stands in from ${other.fromOn} to ${other.toOn} already; end that first.`
  const back = others.find((one) => one.person === wanted.delegate && one.delegate === wanted.person && one.fromOn <= wanted.toOn && wanted.fromOn <= one.toOn)
  return back === undefined ? null : `${wanted.delegate} is away then, and ${wanted.person} stands in for them.`
}
