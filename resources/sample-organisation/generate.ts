import { createAccountBook } from './accounts.ts'
import { dayOf, monthsBefore } from './calendar.ts'
import { COMPANY } from './company.ts'
import { createEntitlements } from './entitlements.ts'
import { grantOrdinaryAccess, type Holdings } from './grants.ts'
import { storyCounts, writeHistory } from './hr-history.ts'
import type { Organisation } from './model.ts'
import { addOutsiders } from './outsiders.ts'
import { createWorkers } from './people.ts'
import { plantTruths } from './planted-truths.ts'
import { createRandom } from './random.ts'
import { addServiceAccounts } from './service-accounts.ts'
import { deriveTruth } from './truth.ts'
import { planUsage } from './usage.ts'

/** Below this a company is too small to hold one of every planted truth. */
export const LEAST_PEOPLE = 40
export const MOST_PEOPLE = 100_000

/** Months before the as-of day of which exports exist. */
const HR_MONTHS = [12, 9, 6, 3, 0]
const DIRECTORY_MONTHS = [6, 3, 0]

export type OrganisationRequest = {
  seed: number
  /** Employees today; contractors, guests and programs come on top in proportion. */
  people: number
  /** YYYY-MM-DD: the day the last exports are from. */
  asOf: string
}

/**
 * A believable company with planted truths. Pure: the same request always gives the same organisation, to the byte.
 * @throws RangeError when the request cannot be met.
 */
export function generateOrganisation({ seed, people, asOf }: OrganisationRequest): Organisation {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`The seed must be a whole number, not ${seed}`)
  if (!Number.isInteger(people) || people < LEAST_PEOPLE || people > MOST_PEOPLE) {
    throw new RangeError(`The sample organisation needs between ${LEAST_PEOPLE} and ${MOST_PEOPLE} people, not ${people}`)
  }
  const today = dayOf(asOf)
  const hrDays = HR_MONTHS.map((months) => monthsBefore(today, months))
  const { leftKeepingAccess, leftCleanly } = storyCounts(people)
  const former = leftKeepingAccess + leftCleanly
  const workers = createWorkers(createRandom(seed, 'people'), people, former, today)
  writeHistory({ random: createRandom(seed, 'history'), workers, asOf: today, hrDays }, people, workers.slice(-former))

  const entitlements = createEntitlements(createRandom(seed, 'entitlements'), people, workers)
  const book = createAccountBook(createRandom(seed, 'accounts'))
  const holdings: Holdings = { seed, asOf: today, workers, entitlements, book, grants: [] }
  grantOrdinaryAccess(holdings)
  plantTruths(holdings, people)
  addOutsiders(holdings, people)
  addServiceAccounts(holdings, people)
  const usage = planUsage(holdings)
  return {
    name: COMPANY,
    seed,
    people,
    asOf,
    hrDays,
    directoryDays: DIRECTORY_MONTHS.map((months) => monthsBefore(today, months)),
    workers,
    accounts: book.accounts,
    entitlements,
    grants: holdings.grants,
    usage,
    truth: deriveTruth(holdings, usage),
  }
}
