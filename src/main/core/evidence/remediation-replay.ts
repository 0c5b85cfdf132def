// What the log says of carrying out revokes and of items nobody may carry out, and what in it cannot be: the same rules the stand-alone
// verifier holds it to.
import type { EventBodyOf } from '../../../shared/model/evidence.ts'
import type { ItemStanding } from './item-standing.ts'

type Sight = EventBodyOf<'remediations-checked'>['seen'][number]['as'] | 'restoring' | null

export interface RemediationReplay {
  /** An item whose right answer is known beforehand, or no longer one. */
  readonly plant: (seq: number, body: EventBodyOf<'item-planted'>, items: ReadonlyMap<number, ItemStanding>, closed: EventBodyOf<'campaign-closed'> | null) => void
  readonly plan: (seq: number, body: EventBodyOf<'remediations-planned'>, items: ReadonlyMap<number, ItemStanding>, closed: EventBodyOf<'campaign-closed'> | null) => void
  /** Something was done about remediations; all must have been planned. */
  readonly act: (seq: number, ids: readonly number[]) => void
  readonly check: (seq: number, body: EventBodyOf<'remediations-checked'>) => void
  readonly takeBack: (seq: number, body: EventBodyOf<'remediation-taken-back'>) => void
}

export function startRemediationReplay(contradict: (seq: number, detail: string) => void): RemediationReplay {
  const seen = new Map<number, { as: Sight; snapshot: number }>()
  const planted = new Set<number>()

  function known(seq: number, id: number): { as: Sight; snapshot: number } | undefined {
    const found = seen.get(id)
    if (found === undefined) contradict(seq, `remediation ${id} was never planned`)
    return found
  }

  return {
    plant: (seq, { item, isPlanted }, items, closed) => {
      const ofCase = [...items.values()].filter(({ caseItem }) => caseItem === item)
      if (ofCase.length === 0) contradict(seq, `item ${item} was planted and never given out`)
      else if (closed !== null) contradict(seq, `item ${item} was planted after the campaign was closed`)
      else if (ofCase.some(({ decision, signedOffSeq }) => decision !== null || signedOffSeq !== null)) contradict(seq, `item ${item} was planted after it had been decided`)
      if (isPlanted) planted.add(item)
      else planted.delete(item)
    },
    plan: (seq, body, items, closed) => {
      if (closed === null) contradict(seq, 'removals were planned before the campaign was closed')
      const cases = Map.groupBy([...items.values()].filter(({ isSuperseded }) => !isSuperseded), ({ caseItem }) => caseItem)
      for (const { remediation, item, basis } of body.planned) {
        if (seen.has(remediation)) contradict(seq, `remediation ${remediation} was planned twice`)
        seen.set(remediation, { as: null, snapshot: 0 })
        const ofCase = cases.get(item) ?? []
        const hasSigned = (outcome: string): boolean => ofCase.some((one) => one.signedOffSeq !== null && one.decision?.outcome === outcome)
        const isGrounded = basis === 'decision' ? hasSigned('revoke') : basis === 'until-passed' ? hasSigned('keep-until')
          : ofCase.length > 0 && (closed?.noAnswer === 'revoke' || closed?.noAnswer === 'follow-advice') && !hasSigned('keep') && !hasSigned('revoke')
        if (!isGrounded) contradict(seq, `removal ${remediation} was planned for item ${item}, which nothing signed gives a ground for`)
        if (planted.has(item)) contradict(seq, `removal ${remediation} was planned for item ${item}, which was planted`)
      }
    },
    act: (seq, ids) => { for (const id of ids) known(seq, id) },
    check: (seq, { snapshot, seen: sights }) => {
      for (const { remediation, as } of sights) {
        const before = known(seq, remediation)
        if (before === undefined) continue
        if (as === 'came-back' && before.as !== 'verified-gone') contradict(seq, `remediation ${remediation} came back without having been gone`)
        if (as === 'came-back' && snapshot <= before.snapshot) contradict(seq, `remediation ${remediation} came back in a snapshot no later than its proof`)
        if (as === 'restored' && before.as !== 'restoring') contradict(seq, `remediation ${remediation} was given back without having been taken back`)
        seen.set(remediation, { as, snapshot })
      }
    },
    takeBack: (seq, { remediation, to }) => {
      const before = known(seq, remediation)
      if (before !== undefined && to === 'restoring') seen.set(remediation, { ...before, as: 'restoring' })
    },
  }
}
