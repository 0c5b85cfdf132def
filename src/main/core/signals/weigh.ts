import type { EvidencePacket, Recommendation, SignalWeights } from '../../../shared/model/recommendation.ts'
import { findConflicts } from '../policy/sod.ts'
import type { ConflictIndex } from '../policy/sod.ts'
import { recommend } from '../recommendation/recommend.ts'
import { grantContext } from './grant-context.ts'
import type { Indexes } from './grant-context.ts'
import { companionRights } from './companion-rights.ts'
import { peerGroups } from './peer-groups.ts'
import { privileges, risks } from './population.ts'
import type { Population } from './population.ts'
import { rightsOf } from './rights.ts'
import { signalsFor } from './signals-for.ts'
import { similarAccess } from './similar-access.ts'
import { accountLife } from './dormant-accounts.ts'
import { useByRight } from './use-by-right.ts'
import { watchedDays } from './watched.ts'
import { weightLookup } from './weight-keys.ts'
import type { WeightKey } from './weight-keys.ts'

/** Raised whenever the same facts may lead to another packet or verdict; part of every packet's hash. */
export const ENGINE_VERSION = '3'

/** A population with its indexes, ready to weigh any grant by its place in `population.grants`. */
export interface Prepared extends Indexes {
  readonly conflicts: ConflictIndex
  readonly weights: SignalWeights
  readonly weightOf: (key: WeightKey) => number
}

/** Builds peer groups and conflicts once (seconds for a million grants). Throws if the weights lack a key. */
export function prepare(population: Population, weights: SignalWeights): Prepared {
  const rights = rightsOf(population)
  const watched = watchedDays(population)
  return {
    population,
    weights,
    weightOf: weightLookup(weights),
    peers: peerGroups(population, rights),
    similarAccess: atFirstNeed(() => similarAccess(population, rights)),
    companions: atFirstNeed(() => companionRights(population, rights)),
    watched,
    useByRight: atFirstNeed(() => useByRight(population, watched)),
    accountLife: atFirstNeed(() => accountLife(population, watched)),
    conflicts: findConflicts(population, rights),
  }
}

function atFirstNeed<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}

export interface Weighed {
  readonly packet: EvidencePacket
  readonly recommendation: Recommendation
}

/** Weighs one grant. Walking grants in order is fastest, because they are sorted by who holds them. */
export function weighGrant(prepared: Prepared, grant: number): Weighed {
  const { population, weights } = prepared
  const context = grantContext(prepared, grant)
  const { identities, accounts, entitlements, grants } = population
  const packet: EvidencePacket = {
    v: 1,
    asOf: population.asOf,
    subject: {
      alias: 'USER',
      kind: context.kind,
      identityId: context.identity < 0 ? null : (identities.id[context.identity] as number),
      accountId: accounts.id[context.account] as number,
      ...(population.protectedAccounts.has(context.account) ? { isProtected: true as const } : {}),
    },
    access: {
      alias: 'ENT',
      entitlementId: entitlements.id[context.entitlement] as number,
      grantId: grants.id[grant] as number,
      privilege: privileges[entitlements.privilege[context.entitlement] as number] ?? 'none',
      risk: risks[entitlements.risk[context.entitlement] as number] ?? 'medium',
      ...(population.protectedEntitlements.has(context.entitlement) ? { isProtected: true as const } : {}),
    },
    signals: [...signalsFor(context, prepared.weightOf)],
    engine: { version: ENGINE_VERSION, weights: weights.version },
  }
  return { packet, recommendation: recommend(packet, weights) }
}
