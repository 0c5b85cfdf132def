import { z } from 'zod'
import { isoDate, isoMonth } from './time.ts'

export const direction = z.enum(['keep', 'revoke', 'none'])
/** observed: the source said so · inferred: we concluded it · stale: true once, old now · missing: nobody knows. */
export const quality = z.enum(['observed', 'inferred', 'stale', 'missing'])

const base = {
  /** E1, E2, … in the packet's order; what a sentence cites. */
  id: z.string().regex(/^E[1-9]\d*$/),
  direction,
  /** Signed log-odds in thousandths: positive speaks for keeping, negative for revoking. Integer, so that hashes are stable. */
  weight: z.int(),
  quality,
  /** Rows of the store the facts came from, such as `grant:812`, `usage:anna@…`, `hr-event:44`. */
  rows: z.array(z.string()),
}

const days = z.int().min(0)

/**
 * One weighed piece of evidence. The kinds below are a closed list; each owns its facts, and `src/main/core/signals/` has one file per
 * family.
 */
export const signal = z.discriminatedUnion('kind', [
  /** The last successful use seen, of the entitlement's application or of the right itself. */
  z.object({ ...base, kind: z.literal('last-use'), facts: z.object({ lastUsed: isoDate, days, of: z.enum(['application', 'entitlement']) }) }),
  /** Nothing seen in a window that covers the whole time since the grant. */
  z.object({ ...base, kind: z.literal('never-used'), facts: z.object({ since: isoDate, days, of: z.enum(['application', 'entitlement']) }) }),
  /** How often and in what rhythm: months with use out of months covered; the account's own typical gap. */
  z.object({
    ...base,
    kind: z.literal('usage-frequency'),
    facts: z.object({
      rhythm: z.enum(['daily', 'weekly', 'monthly', 'quarterly', 'seldom']),
      activeDays: z.int(),
      activeMonths: z.int(),
      coveredMonths: z.int(),
      typicalGapDays: z.int(),
      isWithinRhythm: z.boolean(),
      months: z.array(z.object({ month: isoMonth, days: z.int() })),
    }),
  }),
  /**
   * Days with use of the application in the same window: the subject's own, and the median of other people who hold the same right and
   * were watched as long. `peers` counts those others.
   */
  z.object({
    ...base,
    kind: z.literal('usage-vs-peers'),
    facts: z.object({
      basis: z.enum(['department-and-title', 'holders']),
      peers: z.int().min(1),
      ownDays: days,
      medianDays: days,
      windowDays: z.int().min(1),
    }),
  }),
  /** No sign-in of the account anywhere since `lastSeen` (null: none in the whole covered window, which begins on `since`). */
  z.object({ ...base, kind: z.literal('dormant-account'), facts: z.object({ lastSeen: isoDate.nullable(), since: isoDate, days }) }),
  /** Share of comparable people who hold the same right, the grant under test left out. */
  z.object({
    ...base,
    kind: z.literal('peer-prevalence'),
    facts: z.object({
      basis: z.enum(['department-and-title', 'department', 'title', 'manager', 'similar-access']),
      group: z.string(),
      peers: z.int(),
      holders: z.int(),
      percent: z.int().min(0).max(100),
    }),
  }),
  /** The people whose other access is most like the subject's, and how many of them hold this right. `likeness`: of the least alike. */
  z.object({
    ...base,
    kind: z.literal('similar-identities'),
    facts: z.object({ people: z.int().min(1), holders: z.int().min(0), likeness: z.int().min(0).max(100) }),
  }),
  z.object({ ...base, kind: z.literal('no-peer-group'), facts: z.object({ largestGroup: z.int(), needed: z.int() }) }),
  /**
   * Where there is no peer group and the subject has few rights: of the others who hold another right of the subject, how many hold this one too. `right` is the one, of
   * all the subject's rights, with which this one goes most often. `everybody`: per cent of all other people who hold it, whatever else they do.
   */
  z.object({
    ...base,
    kind: z.literal('companion-right'),
    facts: z.object({ right: z.string(), rightId: z.int(), others: z.int().min(1), holders: z.int().min(0), everybody: z.int().min(0).max(100) }),
  }),
  /** Changed department, title or location after the grant was given (or without knowing when it was). */
  z.object({
    ...base,
    kind: z.literal('mover'),
    facts: z.object({
      attribute: z.enum(['department', 'title', 'location']),
      from: z.string(),
      to: z.string(),
      on: isoDate,
      days,
      /** Share of the old and of the new peer group that holds this right: old high and new low = left over from the old job. */
      oldPeersPercent: z.int().nullable(),
      newPeersPercent: z.int().nullable(),
    }),
  }),
  z.object({ ...base, kind: z.literal('manager-change'), facts: z.object({ on: isoDate, days }) }),
  z.object({
    ...base,
    kind: z.literal('leaver'),
    facts: z.object({ how: z.enum(['status', 'disappeared']), on: isoDate, days }),
  }),
  z.object({ ...base, kind: z.literal('account-disabled'), facts: z.object({ isEnabled: z.literal(false) }) }),
  z.object({
    ...base,
    kind: z.literal('orphan-account'),
    facts: z.object({ reason: z.enum(['no-candidate', 'two-candidates']) }),
  }),
  z.object({ ...base, kind: z.literal('privilege'), facts: z.object({ privilege: z.enum(['elevated', 'admin']) }) }),
  z.object({ ...base, kind: z.literal('risk'), facts: z.object({ risk: z.enum(['high', 'critical']) }) }),
  z.object({
    ...base,
    kind: z.literal('sod-conflict'),
    facts: z.object({ ruleId: z.string(), ruleName: z.string(), severity: z.enum(['medium', 'high', 'critical']), otherEntitlement: z.string(), otherEntitlementId: z.int(),
      /** Absent in packets frozen before there were safeguards and exemptions: then neither was. `mitigatedBy`: the right that makes up for it. */
      isMitigated: z.boolean().exactOptional(), mitigatedBy: z.string().exactOptional(),
      /** Accepted for this person up to and including this day. */
      exemptUntil: isoDate.exactOptional(),
    }),
  }),
  /**
   * What people decided before, signed off: on this very grant, or (learned) on the same right where the named attribute was the same.
   * `latest`: day of the last of these decisions, null where the history gives no days.
   */
  z.object({
    ...base,
    kind: z.literal('past-decision'),
    facts: z.object({
      basis: z.enum(['same-grant', 'entitlement', 'department', 'title', 'department-and-title', 'manager', 'combined']),
      kept: z.int().min(0),
      revoked: z.int().min(0),
      latest: isoDate.nullable(),
    }),
  }),
  /** The last campaigns in a row that had this grant in review and ended without an answer; `since`: the day the first of them judged. */
  z.object({ ...base, kind: z.literal('unreviewed-streak'), facts: z.object({ campaigns: z.int().min(1), since: isoDate }) }),
  z.object({ ...base, kind: z.literal('new-grant'), facts: z.object({ since: isoDate, days }) }),
  z.object({ ...base, kind: z.literal('grant-age'), facts: z.object({ since: isoDate, days }) }),
  z.object({ ...base, kind: z.literal('grant-path'), facts: z.object({ path: z.string(), isDirect: z.boolean() }) }),
  z.object({ ...base, kind: z.literal('expiring'), facts: z.object({ on: isoDate, days: z.int(), isPast: z.boolean() }) }),
  z.object({ ...base, kind: z.literal('service-account'), facts: z.object({ kind: z.enum(['service', 'shared']) }) }),
  z.object({ ...base, kind: z.literal('outsider'), facts: z.object({ kind: z.enum(['guest', 'contractor']) }) }),
  /** What is not known, and from when on it is: "no use seen since 2026-03-02, the first day we have" is not "never used". */
  z.object({
    ...base,
    kind: z.literal('data-gap'),
    facts: z.object({ about: z.enum(['usage', 'hr', 'granted-at']), knownSince: isoDate.nullable(), days: days.nullable() }),
  }),
])

export type Signal = z.infer<typeof signal>
export type SignalKind = Signal['kind']
export type SignalOf<K extends SignalKind> = Extract<Signal, { kind: K }>
export type Direction = z.infer<typeof direction>
export type Quality = z.infer<typeof quality>
