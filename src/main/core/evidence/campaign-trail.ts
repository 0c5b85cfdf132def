// What the report tells beside decisions and totals, worked out from the campaign's events alone so that a verifier can do the same.
import type { EvidenceEvent } from '../../../shared/model/evidence.ts'
import type { LogFacts } from '../../../shared/model/report-facts.ts'
import { foldEmail } from '../campaign/fold-email.ts'
import type { Hash } from './bytes.ts'
import type { CampaignReplay } from './campaign-replay.ts'
import { drawSample } from './draw-sample.ts'
import { isSamePerson, stateOf } from './item-standing.ts'

/** Decisions nearer than this to the same person's one before are counted as quick. */
const QUICK_MS = 2000

export type CampaignTrail = {
  readonly add: (event: EvidenceEvent) => void
  readonly result: (replay: CampaignReplay) => LogFacts
}

type Pace = { decisions: number; quick: number; undone: number; last: number }
type Wording = LogFacts['wording'][number]

/** Feed the log's events in order; events of other campaigns are passed over. */
export function startCampaignTrail(campaign: number): CampaignTrail {
  const facts: Omit<LogFacts, 'circular' | 'pace' | 'days' | 'wording'> = {
    handedOn: [], stages: [], extensions: [], reminders: [], questions: [], tests: [], samples: [], custody: [], amendments: [], sealed: [],
  }
  const pace = new Map<string, Pace>()
  const wording = new Map<string, Wording>()
  /** Which model an item was worded by last: a disagreement names the narrative only. */
  const wordedBy = new Map<number, string>()

  function paceOf(person: string): Pace {
    const found = pace.get(person) ?? { decisions: 0, quick: 0, undone: 0, last: Number.NEGATIVE_INFINITY }
    pace.set(person, found)
    return found
  }

  function add(event: EvidenceEvent): void {
    if (!('campaign' in event.body) || event.body.campaign !== campaign) return
    const told = { seq: event.seq, at: event.ts, by: event.actor }
    switch (event.kind) {
      case 'items-reassigned': {
        const { from, to, basis, why, items, reason } = event.body
        facts.handedOn.push({ ...told, from, to, basis, why, items: items.length, reason })
        return
      }
      case 'stage-closed': {
        const { stage, cases, movedOn, unanswered, nextDueOn } = event.body
        facts.stages.push({ ...told, stage, cases, movedOn: movedOn.length, unanswered: unanswered.length, nextDueOn })
        return
      }
      case 'campaign-extended': {
        const { stage, from, to, reason } = event.body
        facts.extensions.push({ ...told, stage, from, to, reason })
        return
      }
      case 'reviewers-reminded': {
        const { people, channel } = event.body
        facts.reminders.push({ ...told, people: people.length, open: people.reduce((sum, { open }) => sum + open, 0), channel })
        return
      }
      case 'question-asked': {
        const { item, asked, role, text } = event.body
        facts.questions.push({ ...told, item, asked, role, text, answer: null })
        return
      }
      case 'question-answered': {
        const { question, text } = event.body
        facts.questions = facts.questions.map((one) => (one.seq === question ? { ...one, answer: { at: event.ts, by: event.actor, text } } : one))
        return
      }
      case 'decision-made': {
        const own = paceOf(foldEmail(event.actor))
        const now = Date.parse(event.ts)
        own.decisions++
        if (now - own.last < QUICK_MS) own.quick++
        own.last = now
        return
      }
      case 'decision-undone':
        paceOf(foldEmail(event.actor)).undone++
        return
      case 'narrative-worded': {
        const { item, model, digest, sentences, replaced } = event.body
        const own = wording.get(digest) ?? { model, digest, worded: 0, sentences: 0, replaced: 0, disagreed: 0 }
        wording.set(digest, { ...own, worded: own.worded + 1, sentences: own.sentences + sentences, replaced: own.replaced + replaced })
        wordedBy.set(item, digest)
        return
      }
      case 'model-disagreed': {
        const own = wording.get(wordedBy.get(event.body.item) ?? '')
        if (own !== undefined) wording.set(own.digest, { ...own, disagreed: own.disagreed + 1 })
        return
      }
      case 'population-tested': {
        const { campaign: _, ...test } = event.body
        facts.tests.push({ ...told, ...test })
        return
      }
      case 'sample-drawn': {
        const { campaign: _, ...sample } = event.body
        facts.samples.push({ ...told, ...sample })
        return
      }
      case 'custody-noted': {
        const { campaign: _, ...note } = event.body
        facts.custody.push({ ...told, ...note })
        return
      }
      case 'campaign-amended': {
        const { supersedes, reason } = event.body
        facts.amendments.push({ ...told, supersedes, reason })
        return
      }
      case 'bundle-sealed': {
        const { version, reportSha256, evidenceSha256, hasExceptions } = event.body
        facts.sealed.push({ ...told, version, reportSha256, evidenceSha256, hasExceptions })
      }
    }
  }

  function result(replay: CampaignReplay): LogFacts {
    return {
      ...facts, circular: circularReviews(replay), days: daysOf(replay),
      pace: [...pace].map(([person, { decisions, quick, undone }]) => ({ person, decisions, quick, undone })).sort(byText(({ person }) => person)),
      wording: [...wording.values()].sort(byText(({ digest }) => digest)),
    }
  }

  return { add, result }
}

/** Pairs of people each of whom reviewed access of the other, once each pair, with how many items that were. */
function circularReviews(replay: CampaignReplay): LogFacts['circular'] {
  const given = new Map<string, Map<string, number>>()
  for (const { reviewer, subject } of replay.items.values()) {
    if (subject === null || isSamePerson(reviewer, subject)) continue
    const [by, of] = [foldEmail(reviewer), foldEmail(subject)]
    const own = given.get(by) ?? new Map<string, number>()
    own.set(of, (own.get(of) ?? 0) + 1)
    given.set(by, own)
  }
  const found: LogFacts['circular'] = []
  for (const [one, subjects] of given) {
    for (const [other, items] of subjects) {
      const back = given.get(other)?.get(one)
      if (one < other && back !== undefined) found.push({ one, other, items: items + back })
    }
  }
  return found.sort(byText(({ one, other }) => `${one}\n${other}`))
}

/** Decisions that stand, by the day (UTC) they were made, and items signed off that day. Days without either have no row. */
function daysOf(replay: CampaignReplay): LogFacts['days'] {
  const days = new Map<string, { decided: number; signedOff: number }>()
  const on = (time: string): { decided: number; signedOff: number } => {
    const day = time.slice(0, 10)
    const found = days.get(day) ?? { decided: 0, signedOff: 0 }
    days.set(day, found)
    return found
  }
  const signedAt = new Map(replay.signOffs.map(({ seq, at }) => [seq, at]))
  for (const { decision, signedOffSeq, isSuperseded } of replay.items.values()) {
    if (isSuperseded) continue
    if (decision !== null) on(decision.decidedAt).decided++
    const at = signedOffSeq === null ? undefined : signedAt.get(signedOffSeq)
    if (at !== undefined) on(at).signedOff++
  }
  return [...days].map(([day, counts]) => ({ day, ...counts })).sort(byText(({ day }) => day))
}

/** Sentences about samples that the items, drawn again with the same seed, do not give. */
export function sampleDifferences(facts: LogFacts, replay: CampaignReplay, hash: Hash): string[] {
  return facts.samples.flatMap(({ sample, seed, among, population, items }) => {
    const eligible = [...replay.items.values()].filter((one) => !one.isSuperseded && (among === 'all' || stateOf(one) === among)).map(({ item }) => item)
    const drawn = drawSample(eligible, { seed, size: items.length }, hash)
    const isSame = population === eligible.length && drawn.length === items.length && drawn.every((item, at) => item === items[at])
    return isSame ? [] : [`sample ${sample}: drawing again with its seed gives other items`]
  })
}

function byText<T>(of: (value: T) => string): (left: T, right: T) => number {
  return (left, right) => (of(left) < of(right) ? -1 : of(left) > of(right) ? 1 : 0)
}
