import type { ConflictState } from '../../../shared/model/sod-rule.ts'
import type { ResolvedRules } from './rule-sides.ts'

/** The rights of one subject that meet under one rule, both sides ascending. */
export interface Meeting { readonly left: readonly number[]; readonly right: readonly number[] }

/** One rule that one subject breaks. */
export interface RuleHit {
  /** Place of the rule among the resolved ones. */
  readonly rule: number
  /** By group: an application or source of its own where the rule asks for it, else a single one. */
  readonly meetings: ReadonlyMap<number, Meeting>
  /** The compensating right that is held; the lowest, so that the answer never depends on reading order. */
  readonly mitigatedBy: number | null
}

/** What a conflict counts for. A safeguard that is in place outranks an exemption: nothing has to be accepted then. */
export type ConflictStanding =
  | { readonly state: Extract<ConflictState, 'open'> }
  | { readonly state: Extract<ConflictState, 'mitigated'>; readonly by: number }
  | { readonly state: Extract<ConflictState, 'exempt'>; readonly until: string }

export function standingOf(hit: RuleHit, exemptUntil: string | null): ConflictStanding {
  if (hit.mitigatedBy !== null) return { state: 'mitigated', by: hit.mitigatedBy }
  return exemptUntil === null ? { state: 'open' } : { state: 'exempt', until: exemptUntil }
}

/**
 * Every rule that somebody holding these rights breaks, in the rules' order. However the rights came (directly, through nested groups,
 * by another account) does not matter. `held` may repeat a right. Cost: one step per right and place it stands in.
 */
export function hitsOf(resolved: ResolvedRules, held: Iterable<number>): readonly RuleHit[] {
  let sides: Map<number, { left: Set<number>; right: Set<number>; compensating: Set<number> }> | undefined
  for (const right of held) {
    for (const { rule, side } of resolved.placesOf.get(right) ?? []) {
      sides ??= new Map()
      let sets = sides.get(rule)
      if (sets === undefined) {
        sets = { left: new Set(), right: new Set(), compensating: new Set() }
        sides.set(rule, sets)
      }
      sets[side].add(right)
    }
  }
  if (sides === undefined) return []
  const hits: RuleHit[] = []
  for (const [rule, { left, right, compensating }] of [...sides].sort(([a], [b]) => a - b)) {
    if (left.size === 0 || right.size === 0) continue
    const meetings = meetingsOf(resolved, rule, left, right)
    if (meetings.size === 0) continue
    // A right that is part of the conflict cannot be what makes up for it.
    const safeguards = [...compensating].filter((one) => !left.has(one) && !right.has(one)).sort((a, b) => a - b)
    hits.push({ rule, meetings, mitigatedBy: safeguards[0] ?? null })
  }
  return hits
}

/** The right on the other side that this one meets: the lowest. Null if this right is no part of the conflict. */
export function partnerOf(resolved: ResolvedRules, hit: RuleHit, entitlement: number): number | null {
  const places = (resolved.placesOf.get(entitlement) ?? []).filter(({ rule }) => rule === hit.rule)
  const meeting = meetingOf(resolved, hit, entitlement)
  if (meeting === undefined) return null
  const candidates = places.flatMap(({ side }) => {
    const others = side === 'left' ? meeting.right : side === 'right' ? meeting.left : []
    const other = others[0] === entitlement ? others[1] : others[0]
    return other === undefined ? [] : [other]
  })
  return candidates.length === 0 ? null : Math.min(...candidates)
}

/** All rights of one side that take part, ascending. */
export function rightsOn(hit: RuleHit, side: 'left' | 'right'): readonly number[] {
  return [...new Set([...hit.meetings.values()].flatMap((meeting) => meeting[side]))].sort((a, b) => a - b)
}

function meetingOf(resolved: ResolvedRules, hit: RuleHit, entitlement: number): Meeting | undefined {
  return hit.meetings.get(resolved.groupOf(hit.rule, entitlement))
}

function meetingsOf(resolved: ResolvedRules, rule: number, left: ReadonlySet<number>, right: ReadonlySet<number>): ReadonlyMap<number, Meeting> {
  const byGroup = new Map<number, { left: number[]; right: number[] }>()
  for (const [rights, side] of [[left, 'left'], [right, 'right']] as const) {
    for (const one of rights) {
      const group = resolved.groupOf(rule, one)
      const there = byGroup.get(group) ?? { left: [], right: [] }
      byGroup.set(group, there)
      there[side].push(one)
    }
  }
  const meetings = new Map<number, Meeting>()
  for (const [group, sides] of byGroup) {
    const ascending = { left: sides.left.sort((a, b) => a - b), right: sides.right.sort((a, b) => a - b) }
    // One right standing on both sides meets nothing by itself.
    const meeting = { left: meetingOthers(ascending.left, ascending.right), right: meetingOthers(ascending.right, ascending.left) }
    if (meeting.left.length > 0 && meeting.right.length > 0) meetings.set(group, meeting)
  }
  return meetings
}

function meetingOthers(rights: readonly number[], others: readonly number[]): readonly number[] {
  return others.length === 1 ? rights.filter((one) => one !== others[0]) : others.length === 0 ? [] : rights
}
