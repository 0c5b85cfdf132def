/** What Okta last said about one family of endpoints; times in milliseconds of Okta's own clock. */
interface Budget {
  readonly limit: number
  readonly remaining: number
  readonly resetAt: number
}

/** This share of a family's budget is left to whoever else asks this organisation: single sign-on hooks, other integrations. */
const LEFT_TO_OTHERS = 0.1

/** Okta's clock may be some tenths of a second behind the one that made the header. */
const SAFETY_MS = 1_000

interface HeaderBag {
  readonly get: (name: string) => string | null
}

/**
 * Okta counts requests per family of endpoints (`/api/v1/users`, `/api/v1/users/{id}` …) and says in `X-Rate-Limit-Limit`, `-Remaining` and
 * `-Reset` (epoch seconds) how much of the minute is left. Source: Okta developer guide, "Rate limits overview". Retry-After is not sent.
 */
export function createRateLimits(localNow: () => number) {
  const families = new Map<string, Budget>()
  /** Okta's clock minus ours: Reset is told in Okta's time, and ours may be minutes off. */
  let clockOffset = 0
  const sourceNow = (): number => localNow() + clockOffset

  return {
    sourceNow,

    note(path: string, headers: HeaderBag): void {
      const date = Date.parse(headers.get('date') ?? '')
      if (Number.isFinite(date)) clockOffset = date - localNow()
      const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => wholeNumber(headers.get(`x-rate-limit-${name}`)))
      if (limit == null || remaining == null || reset == null) return
      families.set(familyOf(path), { limit, remaining, resetAt: reset * 1_000 })
    },

    /** Milliseconds to wait before asking, so that the limit is not reached at all. */
    waitBefore(path: string): number {
      const budget = families.get(familyOf(path))
      if (budget === undefined || budget.resetAt <= sourceNow()) return 0
      if (budget.remaining > Math.floor(budget.limit * LEFT_TO_OTHERS)) return 0
      return budget.resetAt - sourceNow() + SAFETY_MS
    },

    /** Milliseconds until the family that was just refused may ask again; null where Okta did not say. */
    waitAfterRefusal(path: string, headers: HeaderBag): number | null {
      this.note(path, headers)
      if (wholeNumber(headers.get('x-rate-limit-reset')) === null) return null
      const budget = families.get(familyOf(path))
      return budget === undefined ? null : Math.max(0, budget.resetAt - sourceNow()) + SAFETY_MS
    },
  }
}

/** A doubled header arrives as `60, 60`: read the first. Anything that is not a whole number is no statement. */
function wholeNumber(text: string | null): number | null {
  const first = text?.split(',')[0]?.trim() ?? ''
  return /^\d{1,12}$/.test(first) ? Number(first) : null
}

/** `/api/v1/groups/00g1/users` and `/api/v1/groups/00g2/roles` share a budget, `/api/v1/groups` has its own. */
export function familyOf(path: string): string {
  const [, , , first = '', second] = path.split('/')
  if (first === 'iam') return `/iam/${second ?? ''}`
  if (second === undefined || second === '') return `/${first}`
  return second === 'rules' ? `/${first}/rules` : `/${first}/{id}`
}
