import type { EntitlementTrait, LiveSourceKind } from '../../../shared/model/live-source.ts'
import type { HoldingWay, RemediationEffect } from '../../../shared/model/remediation.ts'
import { pathSteps } from '../../../shared/model/access-path.ts'
import type { SourceKind } from '../../../shared/model/source.ts'

/** A right as far as removing it is concerned. */
export interface RightFacts {
  readonly nativeId: string
  readonly name: string
  readonly traits: readonly EntitlementTrait[]
}

/** What the inventory knows about one grant and what hangs on it, at the source's newest snapshot. */
export interface EffectFacts {
  readonly sourceKind: SourceKind
  readonly right: RightFacts
  /** As the grant has it: `direct`, ids of the entitlements in between, or a file's own words. */
  readonly path: string
  /** The steps of the path the inventory knows, by native id. */
  readonly steps: ReadonlyMap<string, RightFacts>
  /** Names of other rights the account holds through what would be removed. */
  readonly alsoLost: readonly string[]
  readonly othersThroughPath: number
  /** Paths of the account's other grants of the same right that do not go with it. */
  readonly otherPaths: readonly string[]
  readonly isProtected: boolean
}

const liveWithRemoval: ReadonlySet<SourceKind> = new Set<LiveSourceKind>(['entra', 'okta'])
const namesShown = 10
/** Ids live sources give to assignments of applications. */
const applicationRight = /^app(-role)?:/

/** How a live source says that the account holds the right itself, given by a rule or another directory. */
const givenBy = /^(rule:.*|synced)$/

/** The groups in between; none where the account holds the right itself, however it was given. */
function between(path: string): readonly string[] {
  return givenBy.test(path) ? [] : pathSteps(path)
}

/** What the account itself holds: the right, or the first group on the way to it. */
export function heldDirectly(right: RightFacts, path: string, steps: ReadonlyMap<string, RightFacts>): RightFacts {
  const first = between(path)[0]
  return first === undefined ? right : (steps.get(first) ?? { nativeId: first, name: first, traits: [] })
}

export function holdingWay(right: RightFacts, path: string, steps: ReadonlyMap<string, RightFacts>): HoldingWay {
  if (givenBy.test(path)) return path === 'synced' ? 'synced' : 'dynamic'
  if (between(path).length > 0) return applicationRight.test(right.nativeId) ? 'application-through-group' : 'nested'
  const { traits } = heldDirectly(right, path, steps)
  // A rule that fills an Okta group need not have put this account there: whether it did, only Okta can tell, and is asked.
  if (traits.includes('dynamic')) return 'dynamic'
  if (traits.includes('on-premises-synced')) return 'synced'
  if (traits.includes('mail-enabled')) return 'mail-enabled'
  if (traits.includes('managed-by-application')) return 'managed-elsewhere'
  return traits.includes('built-in') ? 'built-in' : 'direct'
}

/** What really has to be removed, by whom, and what else that hits: said before anybody acts. */
export function removalEffect(facts: EffectFacts): RemediationEffect {
  const { right, path, steps } = facts
  const held = heldDirectly(right, path, steps)
  const way = holdingWay(right, path, steps)
  const said = facts.isProtected
    ? { reason: 'The account or the right is protected.', instead: 'Take it off the list of protected objects first, if it really is to go.' }
    : obstacle(way, held, steps) ?? fileObstacle(facts.sourceKind)
  return {
    way, remove: { nativeId: held.nativeId, name: held.name }, byConnector: said === null, reason: said?.reason ?? null, instead: said?.instead ?? null,
    alsoLost: { count: facts.alsoLost.length, names: facts.alsoLost.slice(0, namesShown) }, othersThroughPath: facts.othersThroughPath,
    stillHeldThrough: facts.otherPaths.map((other) => pathNames(other, steps)),
  }
}

interface Said { readonly reason: string; readonly instead: string }

/** Why the connector cannot take it away as it stands; null = it can. */
function obstacle(way: HoldingWay, held: RightFacts, steps: ReadonlyMap<string, RightFacts>): Said | null {
  if (way !== 'nested' && way !== 'application-through-group') return ownObstacle(way, held)
  // The group the account is in may itself be one nobody is simply taken out of.
  const inner = ownObstacle(holdingWay(held, 'direct', steps), held)
  const through = way === 'nested' ? `It comes through “${held.name}”, of which the account is a member.` : `The application comes through the group “${held.name}”.`
  if (inner !== null) return { reason: `${through} ${inner.reason}`, instead: inner.instead }
  const other = way === 'nested' ? '.' : ', or take the application away from that group, which hits everybody in it.'
  return { reason: through, instead: `Take the account out of “${held.name}”${other}` }
}

function ownObstacle(way: HoldingWay, { name }: RightFacts): Said | null {
  switch (way) {
    case 'dynamic': return { reason: `A rule decides who is in “${name}”.`, instead: 'Change the rule, or the attribute of the person that it looks at.' }
    case 'synced': return { reason: `“${name}” comes from the local directory and is overwritten from there.`, instead: 'Remove the person from the group in Active Directory.' }
    case 'mail-enabled': return { reason: `The members of “${name}” are kept by the mail system.`, instead: 'Remove the person in the Exchange admin centre.' }
    case 'managed-elsewhere': return { reason: `The members of “${name}” are managed by the application it was imported from.`, instead: 'Remove the membership there.' }
    case 'built-in': return { reason: `“${name}” holds everybody who has an account.`, instead: 'Disable the account if it is no longer needed.' }
    default: return null
  }
}

function fileObstacle(kind: SourceKind): Said | null {
  return liveWithRemoval.has(kind) ? null : { reason: 'This source is read from a file; Muster cannot change it.', instead: 'Have it removed in the application, by ticket or list.' }
}

function pathNames(path: string, steps: ReadonlyMap<string, RightFacts>): string {
  if (givenBy.test(path)) return path === 'synced' ? 'from the local directory' : 'given by a rule'
  const names = between(path).map((step) => steps.get(step)?.name ?? step)
  return names.length === 0 ? 'held directly' : names.join(' › ')
}
