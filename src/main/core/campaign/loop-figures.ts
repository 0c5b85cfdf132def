// What became of a campaign's revokes, and how soon, from the log alone.
import type { EvidenceEvent } from '../../../shared/model/evidence.ts'
import type { ItemStanding } from '../evidence/item-standing.ts'

/** `gone`: proved by a later snapshot as of now; `back`: gone once and held again. Withdrawn and given-back ones are in `planned` alone. */
export interface RemovalFigures {
  readonly planned: number
  readonly gone: number
  readonly back: number
  /** Median whole hours from the sign-off (or the plan, where no decision stands behind it) to the first proof; null where nothing is proved. */
  readonly medianHours: number | null
}

export interface LoopFigures {
  /** False: the event is about something else. */
  readonly add: (event: EvidenceEvent, items: ReadonlyMap<number, ItemStanding>) => boolean
  readonly signedOff: (seq: number, at: string) => void
  /** Items whose right answer is known. */
  readonly planted: () => ReadonlyMap<number, 'keep' | 'revoke'>
  readonly removals: () => RemovalFigures
}

const hourMs = 3_600_000

/** Feed the campaign's events in order, sign-offs with when they were made. */
export function startLoopFigures(): LoopFigures {
  const signedAt = new Map<number, string>()
  const planted = new Map<number, 'keep' | 'revoke'>()
  const removals = new Map<number, { readonly from: string; goneAt: string | null; as: string }>()

  function decidedAt(item: number, items: ReadonlyMap<number, ItemStanding>): string | null {
    let last: string | null = null
    for (const { caseItem, isSuperseded, decision, signedOffSeq } of items.values()) {
      if (caseItem !== item || isSuperseded || signedOffSeq === null || decision?.outcome !== 'revoke') continue
      const at = signedAt.get(signedOffSeq) ?? null
      if (at !== null && (last === null || at > last)) last = at
    }
    return last
  }

  return {
    add: (event, items) => {
      switch (event.kind) {
        case 'item-planted':
          if (event.body.isPlanted) planted.set(event.body.item, event.body.expected)
          else planted.delete(event.body.item)
          return true
        case 'remediations-planned': {
          const wanted = new Set(event.body.planned.filter(({ basis }) => basis === 'decision').map(({ item }) => item))
          const decided = new Map([...wanted].map((item) => [item, decidedAt(item, items)]))
          for (const { remediation, item } of event.body.planned) removals.set(remediation, { from: decided.get(item) ?? event.ts, goneAt: null, as: 'planned' })
          return true
        }
        case 'remediations-checked':
          for (const { remediation, as } of event.body.seen) {
            const known = removals.get(remediation)
            if (known === undefined) continue
            if (as === 'verified-gone') known.goneAt ??= event.ts
            if (as !== 'still-there') known.as = as
          }
          return true
        case 'remediation-taken-back': {
          const known = removals.get(event.body.remediation)
          if (known !== undefined) known.as = event.body.to
          return true
        }
        case 'remediations-requested': case 'remediations-reported-done': case 'remediation-answered': case 'remediation-reopened': case 'ticket-seen':
        case 'use-after-decision-seen': case 'restores-requested': case 'restore-answered':
          return true
        default: return false
      }
    },
    signedOff: (seq, at) => { signedAt.set(seq, at) },
    planted: () => planted,
    removals: () => {
      const all = [...removals.values()]
      const hours = all.flatMap(({ from, goneAt }) => (goneAt === null ? [] : [Math.max(0, (Date.parse(goneAt) - Date.parse(from)) / hourMs)])).sort((left, right) => left - right)
      const [upper, lower] = [hours[Math.floor(hours.length / 2)], hours[Math.ceil(hours.length / 2) - 1]]
      return {
        planned: all.length, gone: all.filter(({ as }) => as === 'verified-gone').length, back: all.filter(({ as }) => as === 'came-back').length,
        medianHours: upper === undefined || lower === undefined ? null : Math.round((upper + lower) / 2),
      }
    },
  }
}
