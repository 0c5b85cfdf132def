import { z } from 'zod'
import { pageInput, procedure } from './base.ts'
import { conflictState, sodSeverity } from '../model/sod-rule.ts'
import { account, hrEvent, identity } from '../model/identity.ts'
import { entitlement } from '../model/entitlement.ts'
import { entitlementTrait } from '../model/live-source.ts'
import { decision } from '../model/decision.ts'
import { snapshot } from '../model/source.ts'
import { isoDate, isoMonth, isoTime } from '../model/time.ts'

/** An account as people know it: the source's name, and the login where the source's own id is nothing anybody would recognise. */
export const shownAccount = account.extend({ source: z.string(), login: z.string().nullable() })

const confirmation = z.object({ by: z.string(), at: isoTime })

/** `via`: what stands between account and right, each step by its name where it is itself an entitlement. */
export const access = z.object({
  grantId: z.int(), account: z.string(), source: z.string(), entitlement, path: z.string(), via: z.array(z.string()),
  grantedAt: z.string().nullable(), expiresAt: z.string().nullable(), lastUsed: z.string().nullable(),
})

/** Days with a successful sign-in. `application` null = any application, each day counted once. Months without an entry had none. */
const usageMonth = z.object({ month: isoMonth, application: z.string().nullable(), days: z.int() })

export const personConflict = z.object({
  rule: z.object({ id: z.string(), name: z.string(), severity: sodSeverity, description: z.string() }),
  left: z.array(z.string()), right: z.array(z.string()), state: conflictState,
  /** The right that makes up for it, or the day until which it is accepted. */
  because: z.string().nullable(),
})

export const pastDecision = decision.pick({ outcome: true, until: true, reasonCode: true, reasonText: true, decidedBy: true, decidedAt: true, isSignedOff: true })
  .extend({ itemId: z.int(), campaign: z.object({ id: z.int(), name: z.string() }), entitlementName: z.string(), application: z.string() })

export const personDetail = z.object({
  identity,
  manager: identity.nullable(),
  /** How many people have this one as their manager. */
  reports: z.int(),
  accounts: z.array(shownAccount.extend({ confirmed: confirmation.nullable() })),
  /** The first of `accessTotal`; `personAccess` has the others. */
  access: z.array(access),
  accessTotal: z.int(),
  /** Managers by name, where the employee id is known. */
  history: z.array(hrEvent.extend({ fromName: z.string().nullable(), toName: z.string().nullable() })),
  /** The last twelve months up to the day things are judged as of; `covered`: from when to when sign-ins were read. */
  usage: z.object({ months: z.array(usageMonth), covered: z.array(z.object({ from: isoTime, to: isoTime })) }),
  conflicts: z.array(personConflict),
  decisions: z.array(pastDecision),
})

export const entitlementDetail = z.object({
  entitlement,
  source: z.string(),
  traits: z.array(entitlementTrait),
  tags: z.array(z.string()),
  owner: identity.nullable(),
  /** Null where the description is the source's own, or there is none. */
  described: confirmation.nullable(),
  isCurrent: z.boolean(),
  holders: z.int(),
  /** Grants that come by way of something else. */
  indirect: z.int(),
})

export const holder = z.object({
  grantId: z.int(), account: shownAccount, identity: identity.nullable(), path: z.string(), via: z.array(z.string()),
  grantedAt: z.string().nullable(), expiresAt: z.string().nullable(), lastUsed: z.string().nullable(),
})

const entitlementRow = entitlement.extend({ source: z.string(), holders: z.int() })

export const inventoryContract = {
  /**
   * Up to two letters find what begins with them; from three letters on they are found anywhere, each word for itself. What begins
   * with the text comes first. `of` pages one group alone. `more`: there are others beyond this page.
   */
  search: procedure
    .input(pageInput.extend({ text: z.string().max(200).default(''), of: z.enum(['all', 'identities', 'entitlements', 'accounts']).default('all') }))
    .output(z.object({
      identities: z.array(identity), entitlements: z.array(entitlementRow), accounts: z.array(shownAccount),
      more: z.object({ identities: z.boolean(), entitlements: z.boolean(), accounts: z.boolean() }),
    })),
  person: procedure.input(z.object({ identityId: z.int() })).output(personDetail),
  personAccess: procedure.input(pageInput.extend({ identityId: z.int() })).output(z.object({ total: z.int(), access: z.array(access) })),
  entitlement: procedure.input(z.object({ entitlementId: z.int() })).output(entitlementDetail),
  /** By name up to 5,000 holders, beyond that in the order they were first seen; `text` narrows to holders that are found by it. */
  holders: procedure.input(pageInput.extend({ entitlementId: z.int(), text: z.string().max(200).default('') })).output(z.object({
    total: z.int(), isSorted: z.boolean(), holders: z.array(holder),
  })),
  /** How long ago the holders last used the right (or, where only that is known, its application), counted in accounts. */
  entitlementUsage: procedure.input(z.object({ entitlementId: z.int() })).output(z.object({
    holders: z.int(), within30Days: z.int(), within90Days: z.int(), within365Days: z.int(), longer: z.int(), notSeen: z.int(),
    /** From when on sign-ins of its source's accounts were read; null = never, so `notSeen` says nothing. */
    knownSince: isoDate.nullable(),
  })),
  orphans: procedure.input(pageInput).output(z.object({
    total: z.int(),
    accounts: z.array(shownAccount.extend({ grants: z.int(), suggestions: z.array(z.object({ identityId: z.int(), displayName: z.string(), why: z.string() })) })),
  })),
  confirmMatch: procedure.input(z.object({ accountId: z.int(), identityId: z.int() })).output(account),
  /** Takes the officer's word back; the account then belongs to whom its own ids say, or to nobody. */
  undoMatch: procedure.input(z.object({ accountId: z.int() })).output(account),
  confirmedMatches: procedure.input(pageInput).output(z.object({
    total: z.int(), matches: z.array(z.object({ account: shownAccount, identity: identity.nullable(), confirmed: confirmation })),
  })),
  /** Entitlements nobody has described, the riskiest first. */
  undescribed: procedure.input(pageInput).output(z.object({ total: z.int(), entitlements: z.array(entitlementRow) })),
  /** The officer's words; they stand until the source has its own. Null takes them back. */
  describe: procedure.input(z.object({ entitlementId: z.int(), description: z.string().trim().min(1).max(2_000).nullable() })).output(entitlementDetail),
  snapshots: procedure.output(z.array(snapshot)),
  /** A past snapshot, read back and its content hash recomputed. */
  snapshotRows: procedure.input(pageInput.extend({ snapshot: z.int() })).output(z.object({
    snapshot, recomputedHash: z.string(), rows: z.array(z.object({ account: z.string(), entitlement: z.string(), path: z.string() })),
  })),
}
