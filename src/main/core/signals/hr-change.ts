import { dateOf, NO_DAY } from './day.ts'
import type { Draft } from './draft.ts'
import type { GrantContext } from './grant-context.ts'
import { percentOf } from './peer-groups.ts'
import { movedAttributes } from './population.ts'
import type { MovedAttribute } from './population.ts'
import type { WeightKey } from './weight-keys.ts'

/** Share of the old group from which a right counts as belonging to the old job, and of the new one up to which it does not to the new. */
const USUAL_PERCENT = 50
const UNUSUAL_PERCENT = 20

type MoverDraft = Extract<Draft, { kind: 'mover' }>

/** Job changes after the grant was given, or at any time where nobody knows when it was given. */
export function hrChangeSignals(context: GrantContext): readonly Draft[] {
  if (!context.isPerson || context.identity < 0) return []
  const { hrEvents, grants, asOfDay } = context.population
  const granted = grants.granted[context.grant] as number
  const { start, rows } = hrEvents.byIdentity
  const movers: MoverDraft[] = []
  let managerChange: Draft | null = null
  for (let at = start[context.identity] as number; at < (start[context.identity + 1] as number); at++) {
    const event = rows[at] as number
    const day = hrEvents.day[event] as number
    if (granted !== NO_DAY && day <= granted) continue
    if (hrEvents.kind[event] === 'mover') {
      const mover = moverDraft(context, event, granted)
      if (mover !== null) movers.push(mover)
    } else if (hrEvents.kind[event] === 'manager-change') {
      managerChange = {
        kind: 'manager-change', facts: { on: dateOf(day), days: asOfDay - day }, quality: granted === NO_DAY ? 'inferred' : 'observed',
        rows: [`hr-event:${hrEvents.id[event]}`], weighs: 'manager-change',
      }
    }
  }
  // A move usually changes several attributes at once. One of them tells the story; counting all would count it twice.
  const telling = [...movers].sort((a, b) => tellingness(b) - tellingness(a))[0]
  return [telling, managerChange].filter((draft) => draft !== undefined && draft !== null)
}

function moverDraft(context: GrantContext, event: number, granted: number): MoverDraft | null {
  const { hrEvents, identities, labels, asOfDay } = context.population
  const attribute = movedAttributes[hrEvents.attribute[event] as number]
  const [from, to] = [hrEvents.from[event] as number, hrEvents.to[event] as number]
  if (attribute === undefined || from < 0 || to < 0) return null
  const current = identities[attribute][context.identity] as number
  // Moved away and back again: the old job is the present one.
  if (current === from) return null
  const oldShare = context.peers.shareWithin(attribute, from, context.identity, context.entitlement)
  const newShare = current < 0 ? null : context.peers.shareWithin(attribute, current, context.identity, context.entitlement)
  const oldPeersPercent = oldShare === null ? null : percentOf(oldShare)
  const newPeersPercent = newShare === null ? null : percentOf(newShare)
  const day = hrEvents.day[event] as number
  return {
    kind: 'mover',
    facts: {
      attribute, from: labels[from] ?? '', to: labels[to] ?? '', on: dateOf(day), days: asOfDay - day, oldPeersPercent, newPeersPercent,
    },
    quality: granted === NO_DAY ? 'inferred' : 'observed',
    rows: [`hr-event:${hrEvents.id[event]}`],
    weighs: moverWeight(attribute, oldPeersPercent, newPeersPercent),
  }
}

/**
 * Usual in the old job and unusual in the new one: left over. Everybody's rights are rare among all who work at one place, so a new
 * location tells only when the right was usual at the old one.
 */
export function moverWeight(attribute: MovedAttribute, oldPercent: number | null, newPercent: number | null): WeightKey {
  if (newPercent === null) return attribute === 'location' ? 'mover.place' : 'mover.unclear'
  if (newPercent >= USUAL_PERCENT) return 'mover.still-usual'
  if (oldPercent !== null && oldPercent >= USUAL_PERCENT && newPercent <= UNUSUAL_PERCENT) return 'mover.left-over'
  if (attribute === 'location') return 'mover.place'
  return newPercent <= UNUSUAL_PERCENT ? 'mover.unusual-now' : 'mover.unclear'
}

const order: readonly WeightKey[] = ['mover.place', 'mover.still-usual', 'mover.unclear', 'mover.unusual-now', 'mover.left-over']

/** Later moves win among equals, departments before titles before locations. */
function tellingness(draft: MoverDraft): number {
  return order.indexOf(draft.weighs) * 1e9 - movedAttributes.indexOf(draft.facts.attribute) * 1e6 - draft.facts.days
}
