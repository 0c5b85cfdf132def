// Replays the events of one campaign. Sealing and verification both get their figures from here, never from the tables.
import type { EventBodyOf, EvidenceEvent } from '../../../shared/model/evidence.ts'
import type { Hash } from './bytes.ts'
import { decisionsHash, isSamePerson, stateOf } from './item-standing.ts'
import type { Answer } from '../campaign/case-outcome.ts'
import { finalOutcomes, type EndedCase, type FinalOutcomes } from '../campaign/final-outcomes.ts'
import { carriedFault } from './carried-answers.ts'
import { startPacketReplay } from './packet-replay.ts'
import { startRemediationReplay } from './remediation-replay.ts'
import type { ItemStanding, StandingDecision } from './item-standing.ts'

/** Something the rules of a campaign do not allow, so the log contradicts itself although its hashes are right. */
export type Contradiction = { readonly seq: number; readonly detail: string }

export type SignOffRecord = EventBodyOf<'sign-off'> & { readonly seq: number; readonly at: string; readonly actor: string }

export type CampaignReplay = {
  readonly campaign: number
  readonly launched: (EventBodyOf<'campaign-launched'> & { seq: number; at: string }) | null
  readonly closed: (EventBodyOf<'campaign-closed'> & { seq: number; at: string }) | null
  /** What every grant came to at the close, worked out from the decisions; null before it, or where the close tells nothing of it. */
  readonly final: FinalOutcomes | null
  readonly items: ReadonlyMap<number, ItemStanding>
  readonly signOffs: readonly SignOffRecord[]
  readonly contradictions: readonly Contradiction[]
}

/** A damaged log would contradict itself on every line; the first hundred say enough. */
const MAX_TOLD = 100

/**
 * Feed the log's events in order; events of other campaigns are passed over. An undo takes back the decision it names, and the one
 * that decision had replaced stands again.
 */
export function startCampaignReplay(campaign: number, hash: Hash): { add: (event: EvidenceEvent) => void; result: () => CampaignReplay } {
  const items = new Map<number, ItemStanding>()
  const replaced = new Map<number, StandingDecision[]>()
  const signOffs: SignOffRecord[] = []
  const covers = new Map<number, { readonly way: string; readonly size: number; readonly reviewer: string; used: number }>()
  const contradictions: Contradiction[] = []
  let launched: CampaignReplay['launched'] = null
  let closed: CampaignReplay['closed'] = null
  let final: FinalOutcomes | null = null
  let stage = 1
  let moving: ReadonlySet<number> = new Set()

  function contradict(seq: number, detail: string): void {
    if (contradictions.length < MAX_TOLD) contradictions.push({ seq, detail })
  }

  const remediation = startRemediationReplay(contradict)
  const packets = startPacketReplay(contradict)

  /** The item when it may still be changed. */
  function openItem(seq: number, item: number, what: string): ItemStanding | undefined {
    const standing = items.get(item)
    if (standing === undefined) contradict(seq, `${what} for item ${item}, which was never given to a reviewer`)
    else if (standing.signedOffSeq !== null) contradict(seq, `${what} for item ${item} after its sign-off`)
    else if (closed !== null) contradict(seq, `${what} for item ${item} after the campaign was closed`)
    else if (standing.isSuperseded) contradict(seq, `${what} for item ${item} after its case moved on to the next stage`)
    else return standing
    return undefined
  }

  function freeze(seq: number, body: EventBodyOf<'items-frozen'>): void {
    if (launched === null) contradict(seq, 'items were given out before the launch')
    const inStage = body.stage ?? 1
    if (inStage !== stage) contradict(seq, `items of stage ${inStage} were given out in stage ${stage}`)
    for (const { of, ...given } of body.items) {
      const caseItem = of ?? given.item
      if (items.has(given.item)) contradict(seq, `item ${given.item} was given out twice`)
      else if (caseItem !== given.item && !items.has(caseItem)) contradict(seq, `item ${given.item} continues item ${caseItem}, which was never given out`)
      else {
        items.set(given.item, { ...given, caseItem, stage: inStage, isSuperseded: false, decision: null, signedOffSeq: null })
        if (inStage > 1 && !moving.has(caseItem)) contradict(seq, `item ${given.item} brings back a case that had not moved on`)
      }
    }
  }

  /** Handing on voids what was not signed off: the next reviewer starts with a clean item. */
  function reassign(seq: number, body: EventBodyOf<'items-reassigned'>): void {
    for (const item of body.items) {
      const standing = openItem(seq, item, 'a handing-on')
      if (standing === undefined) continue
      if (!isSamePerson(standing.reviewer, body.from)) contradict(seq, `item ${item} was handed on from ${body.from}, but was ${standing.reviewer}'s`)
      replaced.delete(item)
      items.set(item, { ...standing, reviewer: body.to, basis: body.basis, decision: null })
    }
  }

  function closeStage(seq: number, body: EventBodyOf<'stage-closed'>): void {
    if (body.stage !== stage) contradict(seq, `stage ${body.stage} was closed in stage ${stage}`)
    const current = [...items.values()].filter(({ isSuperseded }) => !isSuperseded)
    const open = new Set(current.filter(({ signedOffSeq }) => signedOffSeq === null).map(({ item }) => item))
    if (open.size !== body.unanswered.length || body.unanswered.some((item) => !open.has(item))) {
      contradict(seq, 'the items named as unanswered at the end of the stage are not those without a sign-off')
    }
    if (new Set(current.map(({ caseItem }) => caseItem)).size !== body.cases) contradict(seq, 'the cases counted at the end of the stage are not those of the log')
    stage = body.stage + 1
    moving = new Set(body.movedOn)
    for (const standing of current) if (moving.has(standing.caseItem)) items.set(standing.item, { ...standing, isSuperseded: true })
  }

  function decide(event: EvidenceEvent, body: EventBodyOf<'decision-made'>): void {
    const standing = openItem(event.seq, body.item, 'a decision')
    if (standing === undefined) return
    if (body.carried !== undefined) packets.decide(event.seq, body.item, body.carried)
    if (body.packet !== standing.packet) contradict(event.seq, `item ${body.item} was decided on other evidence than was frozen at launch`)
    if (body.advice !== standing.advice) contradict(event.seq, `item ${body.item} was decided under other advice than was frozen at launch`)
    if ((body.outcome === 'keep-until') !== (body.until !== null)) {
      contradict(event.seq, `item ${body.item}: a date belongs to "keep until" and to nothing else`)
    }
    if (standing.decision !== null) replaced.set(body.item, [...(replaced.get(body.item) ?? []), standing.decision])
    const together = togetherWith(event, body)
    const { outcome, until, reasonCode, reasonText, adviceVisible, openMs } = body
    const made = { seq: event.seq, decidedBy: event.actor, decidedAt: event.ts }
    items.set(body.item, { ...standing, decision: { ...made, outcome, until, reasonCode, reasonText, adviceVisible, openMs, ...(together === null ? {} : { together }) } })
  }

  /** A decision taken with others has to name the event that says so, of the same reviewer, and no more may name it than it covers. */
  function togetherWith(event: EvidenceEvent, body: EventBodyOf<'decision-made'>): 'attestation' | 'bulk' | null {
    const way = body.bulk !== undefined ? 'bulk' : body.attestation !== undefined ? 'attestation' : null
    const named = body.bulk ?? body.attestation
    if (way === null || named === undefined) return null
    const covering = covers.get(named.id)
    if (covering?.way !== way || covering.size !== named.size || !isSamePerson(covering.reviewer, event.actor)) {
      contradict(event.seq, `item ${body.item} was decided together with others by event ${named.id}, which does not say so`)
    } else if (++covering.used > covering.size) contradict(event.seq, `more items were decided together than event ${named.id} covers`)
    return way
  }

  function undo(seq: number, body: EventBodyOf<'decision-undone'>): void {
    const standing = openItem(seq, body.item, 'an undo')
    if (standing === undefined) return
    if (standing.decision?.seq !== body.undoes) {
      contradict(seq, `an undo of decision ${body.undoes}, which does not stand for item ${body.item}`)
      return
    }
    items.set(body.item, { ...standing, decision: replaced.get(body.item)?.pop() ?? null })
  }

  function signOff(event: EvidenceEvent, body: EventBodyOf<'sign-off'>): void {
    const decided: { item: number; outcome: StandingDecision['outcome']; seq: number }[] = []
    const carried: { item: number; decision: StandingDecision }[] = []
    for (const item of body.items) {
      const standing = openItem(event.seq, item, 'a sign-off')
      if (standing === undefined) continue
      if (!isSamePerson(standing.reviewer, body.reviewer)) {
        contradict(event.seq, `${body.reviewer} signed off item ${item} of ${standing.reviewer}`)
      }
      if (standing.decision === null) continue
      decided.push({ item, outcome: standing.decision.outcome, seq: standing.decision.seq })
      carried.push({ item, decision: standing.decision })
      items.set(item, { ...standing, signedOffSeq: event.seq })
    }
    if (!isSamePerson(event.actor, body.reviewer)) contradict(event.seq, `${event.actor} signed off in the name of ${body.reviewer}`)
    if (decisionsHash(decided, hash) !== body.decisionsHash) {
      contradict(event.seq, `the decisions ${body.reviewer} signed are not the ones the log holds`)
    }
    const astray = carriedFault(body, carried, hash)
    if (astray !== null) contradict(event.seq, astray)
    packets.signOff(event.seq, body)
    signOffs.push({ ...body, seq: event.seq, at: event.ts, actor: event.actor })
  }

  function close(event: EvidenceEvent, body: EventBodyOf<'campaign-closed'>): void {
    if (closed !== null) contradict(event.seq, 'the campaign was closed twice')
    closed = { ...body, seq: event.seq, at: event.ts }
    const counted = { undecided: 0, keep: 0, revoke: 0, 'keep-until': 0, 'look-closer': 0 }
    const current = [...items.values()].filter(({ isSuperseded }) => !isSuperseded)
    for (const standing of current) counted[stateOf(standing)]++
    const isSame = Object.entries(counted).every(([state, count]) => count === (body.outcomes[state as keyof typeof counted] ?? 0))
    if (body.items !== current.length || !isSame) contradict(event.seq, 'the figures written at the close are not those of the decisions')
    const open = current.filter(({ signedOffSeq }) => signedOffSeq === null).length
    const named = new Set(body.unanswered)
    if (named.size !== open || [...named].some((item) => items.get(item)?.signedOffSeq !== null)) {
      contradict(event.seq, 'the items named as unanswered at the close are not those without a sign-off')
    }
    if (body.final === undefined) return
    final = finalOutcomes(endedCases(current), body.final.strategies, body.noAnswer)
    const { outcomes, byRule } = body.final
    const isSettled = byRule.length === final.byRule.length && final.byRule.every((item, at) => item === byRule[at])
    if (!isSettled || Object.entries(final.outcomes).some(([state, count]) => count !== outcomes[state as keyof typeof outcomes])) {
      contradict(event.seq, 'what the grants came to at the close is not what the decisions and the rule give')
    }
  }

  function add(event: EvidenceEvent): void {
    if (!('campaign' in event.body) || event.body.campaign !== campaign) return
    switch (event.kind) {
      case 'campaign-launched': {
        if (launched !== null) contradict(event.seq, 'the campaign was launched twice')
        const { population, inReview, excluded } = event.body
        if (population !== inReview + excluded) {
          contradict(event.seq, `population ${population} is not ${inReview} in review plus ${excluded} excluded`)
        }
        launched = { ...event.body, seq: event.seq, at: event.ts }
        return
      }
      case 'items-frozen':
        return freeze(event.seq, event.body)
      case 'items-reassigned':
        return reassign(event.seq, event.body)
      case 'stage-closed':
        return closeStage(event.seq, event.body)
      case 'decided-together':
        covers.set(event.seq, { way: event.body.way, size: event.body.size, reviewer: event.actor, used: 0 })
        return
      case 'decision-made':
        return decide(event, event.body)
      case 'decision-undone':
        return undo(event.seq, event.body)
      case 'sign-off':
        return signOff(event, event.body)
      case 'packet-written':
        return packets.write(event.body)
      case 'response-merged':
        return packets.merge(event.seq, event.body)
      case 'campaign-closed':
        return close(event, event.body)
      case 'remediations-planned':
        return remediation.plan(event.seq, event.body, items, closed)
      case 'item-planted':
        return remediation.plant(event.seq, event.body, items, closed)
      case 'remediations-requested':
      case 'remediations-reported-done':
      case 'restores-requested':
      case 'ticket-seen':
        return remediation.act(event.seq, event.body.remediations)
      case 'remediation-answered':
      case 'restore-answered':
      case 'remediation-reopened':
        return remediation.act(event.seq, [event.body.remediation])
      case 'remediations-checked':
        return remediation.check(event.seq, event.body)
      case 'remediation-taken-back':
        return remediation.takeBack(event.seq, event.body)
    }
  }

  function result(): CampaignReplay {
    const told = [...contradictions]
    const promised = launched?.inReview
    if (launched === null) told.push({ seq: -1, detail: `the log holds no launch of campaign ${campaign}` })
    else if (promised !== casesOf(items)) {
      told.push({ seq: launched.seq, detail: `${promised} grants were announced for review at launch, ${casesOf(items)} were given out` })
    }
    return { campaign, launched, closed, final, items, signOffs, contradictions: told }
  }

  return { add, result }
}

/** The grants as they stand, with the final answers of the stage each ended in. */
function endedCases(current: readonly ItemStanding[]): EndedCase[] {
  const cases = new Map<number, EndedCase & { answers: Answer[] }>()
  for (const { caseItem, stage, advice, decision, signedOffSeq } of current) {
    const answer = { outcome: signedOffSeq === null ? null : (decision?.outcome ?? null), seq: decision?.seq ?? 0 }
    const known = cases.get(caseItem)
    if (known === undefined) cases.set(caseItem, { caseItem, stage, advice, answers: [answer] })
    else known.answers.push(answer)
  }
  return [...cases.values()]
}

function casesOf(items: ReadonlyMap<number, ItemStanding>): number {
  let cases = 0
  for (const { item, caseItem } of items.values()) if (item === caseItem) cases++
  return cases
}
