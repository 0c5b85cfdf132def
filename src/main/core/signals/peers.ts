import type { Companion } from './companion-rights.ts'
import type { Draft } from './draft.ts'
import type { GrantContext } from './grant-context.ts'
import { PEERS_NEEDED, percentOf, smoothedShare } from './peer-groups.ts'
import type { PeerShare } from './peer-groups.ts'
import type { SimilarPeople } from './similar-access.ts'
import type { WeightKey } from './weight-keys.ts'

/** How usual the right is among comparable people; or, honestly, that there is nobody to compare with. */
export function peerSignals(context: GrantContext): readonly Draft[] {
  if (!context.isPerson || context.identity < 0) return []
  const found = context.peers.compare(context.identity, context.entitlement)
  const similar = context.similarAccess().compare(context.identity, context.entitlement)
  // Where HR names colleagues, people with similar access are a second opinion; where it does not, they are the comparison.
  if ('basis' in found) return [prevalence(context, found), ...similarIdentities(context, similar)]
  if (similar.peers >= PEERS_NEEDED) return [prevalence(context, { basis: 'similar-access', group: 'similar access', peers: similar.peers, holders: similar.holders })]
  const facts = { largestGroup: Math.max(found.largest, similar.peers), needed: PEERS_NEEDED }
  return [{ kind: 'no-peer-group', facts, quality: 'missing', rows: [context.rows.identity], weighs: 'no-peer-group' }, ...companion(context)]
}

/** What is left to say of somebody with few rights, where nobody is a peer: with which of them this one goes. */
function companion(context: GrantContext): readonly Draft[] {
  const found = context.companions().companionOf(context.identity, context.entitlement)
  if (found === null) return []
  const { right, others, holders } = found
  const share = smoothedShare({ peers: others, holders })
  const everybody = percentOf({ peers: found.everybody.people, holders: found.everybody.holders })
  const { name, id } = context.population.entitlements
  return [{
    kind: 'companion-right', facts: { right: name[right] ?? '', rightId: id[right] as number, others, holders, everybody }, quality: 'inferred',
    rows: [context.rows.identity, context.rows.entitlement, `entitlement:${id[right]}`], weighs: `companion-right.${isTelling(found, share) ? band(share) : 'some'}`,
  }]
}

/** A small share still says that two rights belong together if it is this many times everybody's. */
const FAR_ABOVE = 3

/**
 * Does the share say anything? A right half of all people hold goes with everything: a large share tells only if it lies nearer to all than
 * to everybody's. And few of those with the one right holding the other is no evidence against it if of everybody far fewer do.
 */
function isTelling({ others, holders, everybody }: Companion, perMille: number): boolean {
  if (perMille < 250) return holders < 2 || holders * everybody.people < FAR_ABOVE * everybody.holders * others
  return perMille < 500 || perMille >= (smoothedShare({ peers: everybody.people, holders: everybody.holders }) + 1000) / 2
}

function similarIdentities(context: GrantContext, { closest }: SimilarPeople): readonly Draft[] {
  if (closest.people < PEERS_NEEDED) return []
  const percent = (100 * closest.holders) / closest.people
  return [{
    kind: 'similar-identities', facts: closest, quality: 'inferred', rows: [context.rows.identity, context.rows.entitlement],
    weighs: percent >= 80 ? 'similar-identities.nearly-all'
      : percent > 50 ? 'similar-identities.most'
      : percent >= 25 ? 'similar-identities.some'
      : closest.holders > 0 ? 'similar-identities.few' : 'similar-identities.none',
  }]
}

function prevalence(context: GrantContext, share: PeerShare): Draft {
  const { basis, group, peers, holders } = share
  // A department or a job title gathers people with different work, so its habits bind less.
  const nearness = basis === 'department' || basis === 'title' ? 'broad' : 'close'
  return {
    kind: 'peer-prevalence',
    facts: { basis, group, peers, holders, percent: percentOf(share) },
    quality: basis === 'similar-access' ? 'inferred' : 'observed',
    rows: [context.rows.identity, context.rows.entitlement],
    weighs: `peer-prevalence.${nearness}.${band(smoothedShare(share))}` satisfies WeightKey,
  }
}

function band(perMille: number): 'nearly-all' | 'most' | 'some' | 'few' | 'hardly' {
  if (perMille >= 800) return 'nearly-all'
  if (perMille >= 500) return 'most'
  if (perMille >= 250) return 'some'
  return perMille >= 100 ? 'few' : 'hardly'
}
