import type { IdentityKind } from '../../../shared/model/identity.ts'
import { identityKinds, statuses, subjectOf } from './population.ts'
import type { Population } from './population.ts'
import type { PeerGroups } from './peer-groups.ts'
import { isPersonKind } from './rights.ts'
import type { CompanionRights } from './companion-rights.ts'
import type { SimilarAccess } from './similar-access.ts'
import type { AccountLife } from './dormant-accounts.ts'
import type { UseByRight } from './use-by-right.ts'
import type { Watched } from './watched.ts'
import type { ConflictIndex } from '../policy/sod.ts'

/** What is computed once for a population, so that one grant costs a few look-ups. */
export interface Indexes {
  readonly population: Population
  readonly peers: PeerGroups
  /** Made at first need: whoever weighs one item pays only for what it asks. */
  readonly similarAccess: () => SimilarAccess
  /** Made at first need: only those without peers ask. */
  readonly companions: () => CompanionRights
  readonly watched: Watched
  /** Both made at first need: they matter only where sign-ins are on record. */
  readonly useByRight: () => UseByRight
  readonly accountLife: () => AccountLife
  readonly conflicts: ConflictIndex
}

/** One grant and who holds it, as indexes into the population's columns. */
export interface GrantContext extends Indexes {
  readonly grant: number
  readonly account: number
  readonly identity: number
  readonly subject: number
  readonly entitlement: number
  readonly kind: IdentityKind
  /** Services and shared logins are never judged as people. */
  readonly isPerson: boolean
  readonly isOnLeave: boolean
  readonly rows: { readonly grant: string; readonly account: string; readonly identity: string; readonly entitlement: string }
}

export function grantContext(indexes: Indexes, grant: number): GrantContext {
  const { grants, accounts, identities, entitlements } = indexes.population
  const account = grants.account[grant] as number
  const identity = accounts.identity[account] as number
  const entitlement = grants.entitlement[grant] as number
  const kind = kindOf(accounts.kind[account] as number, identity < 0 ? -1 : (identities.kind[identity] as number))
  return {
    ...indexes,
    grant, account, identity, entitlement, kind,
    subject: subjectOf(indexes.population, account),
    isPerson: kind !== 'service' && kind !== 'shared',
    isOnLeave: identity >= 0 && statuses[identities.status[identity] as number] === 'on-leave',
    rows: {
      grant: `grant:${grants.id[grant]}`,
      account: `account:${accounts.id[account]}`,
      identity: `identity:${identity < 0 ? '' : identities.id[identity]}`,
      entitlement: `entitlement:${entitlements.id[entitlement]}`,
    },
  }
}

/** A service login stays a service even if it is linked to the person who looks after it; else the person says what they are. */
function kindOf(account: number, identity: number): IdentityKind {
  if (!isPersonKind(account)) return identityKinds[account] as IdentityKind
  const known = identity < 0 ? 'unknown' : (identityKinds[identity] as IdentityKind)
  return known === 'unknown' ? (identityKinds[account] ?? 'unknown') : known
}
