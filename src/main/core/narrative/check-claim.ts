import type { Claim } from '../../../shared/model/narrative.ts'
import type { EvidencePacket } from '../../../shared/model/recommendation.ts'
import type { Signal, SignalKind } from '../../../shared/model/signal.ts'
import { factFields, placeholderPattern } from './fact-fields.ts'
import { wordsOf } from './kind-words.ts'
import { appealWords, dateWords, glueWords, negators, spelledNumbers, topicWords } from './lexicon.ts'
import { stanceOf } from './sides.ts'
import type { Form } from './wording.ts'

/** Why a claim is not shown. Stored with the narrative, so the codes never change their meaning. */
export type ClaimCode =
  | 'evidence-unknown' | 'placeholder-unknown' | 'placeholder-uncited' | 'placeholder-place' | 'markup' | 'url' | 'charset' | 'digit'
  | 'spelled-number'
  | 'percent' | 'date-word' | 'proper-noun' | 'instruction' | 'vocabulary' | 'topic' | 'quantifier' | 'stance' | 'kind-words'
  | 'kind-forbidden' | 'negation'
  | 'consequence' | 'missing-form' | 'length'

const LONGEST = 400

/** Every rule one sentence breaks; empty = its evidence supports it as worded. */
export function checkClaim(claim: Claim, packet: EvidencePacket): readonly ClaimCode[] {
  const cited = claim.evidence.map((id) => packet.signals.find((signal) => signal.id === id)).filter((signal) => signal !== undefined)
  if (
    cited.length === 0 || cited.length !== claim.evidence.length || new Set(claim.evidence).size !== claim.evidence.length
  ) return ['evidence-unknown']
  const bare = claim.text.replace(placeholderPattern, ' ')
  const words = bare.match(/[A-Za-z]+(?:[-'][A-Za-z]+)*/g) ?? []
  const lower = words.map((word) => word.toLowerCase())
  return [
    ...placeholderCodes(claim, packet),
    ...characterCodes(bare),
    ...wordCodes(words, lower, cited),
    ...stanceCodes(claim, cited),
    ...formCodes(claim.text, lower, cited),
    ...(claim.text.length > LONGEST || words.length < 3 ? (['length'] as const) : []),
  ]
}

function placeholderCodes(claim: Claim, packet: EvidencePacket): readonly ClaimCode[] {
  const codes: ClaimCode[] = []
  for (const match of claim.text.matchAll(placeholderPattern)) {
    const [whole, id = '', field = ''] = match
    const signal = packet.signals.find((one) => one.id === id)
    const known = signal === undefined ? undefined : factFields[signal.kind][field]
    const value = signal === undefined ? undefined : (signal.facts as Record<string, unknown>)[field]
    if (known === undefined || value === undefined || value === null) {
      codes.push('placeholder-unknown')
      continue
    }
    if (!claim.evidence.includes(id)) codes.push('placeholder-uncited')
    const isPlaced = (known.before === undefined && known.after === undefined)
      || known.before?.test(claim.text.slice(0, match.index).toLowerCase()) === true
      || known.after?.test(claim.text.slice(match.index + whole.length).toLowerCase()) === true
    if (!isPlaced) codes.push('placeholder-place')
  }
  return codes
}

function characterCodes(bare: string): readonly ClaimCode[] {
  const codes: ClaimCode[] = []
  if (/[<>{}[\]`*_#~|\\]|&\w+;/.test(bare)) codes.push('markup')
  if (/:\/\/|www\.|\b[a-z0-9-]+\.(com|org|net|io|de|info)\b|@/i.test(bare)) codes.push('url')
  if (/\p{N}/u.test(bare)) codes.push('digit')
  if (/%|\bper ?cent/i.test(bare)) codes.push('percent')
  if (!/^[A-Za-z0-9 ,.;:()'%@/<>{}[\]`*_#~|\\&-]*$/.test(bare)) codes.push('charset')
  return codes
}

function wordCodes(words: readonly string[], lower: readonly string[], cited: readonly Signal[]): readonly ClaimCode[] {
  const codes = new Set<ClaimCode>()
  const kinds = cited.map((signal) => signal.kind)
  lower.forEach((word, at) => {
    const topics = topicWords.get(word)
    if (spelledNumbers.has(word)) codes.add('spelled-number')
    else if (dateWords.has(word)) codes.add('date-word')
    else if (appealWords.has(word) || (word === 'must' && !kinds.includes('sod-conflict'))) codes.add('instruction')
    else if (!glueWords.has(word) && !negators.has(word)) {
      if (topics === undefined) codes.add('vocabulary')
      else if (!topics.some((kind) => kinds.includes(kind))) codes.add('topic')
    }
    const written = words[at] ?? ''
    const isName = /^[A-Z]/.test(written) && !['USER', 'ENT', 'APP', 'HR', "USER's"].includes(written) && (
      at > 0 || !(glueWords.has(word) || topics !== undefined || negators.has(word))
    )
    if (isName) codes.add('proper-noun')
  })
  if (
    lower.some((word) => quantifiers.has(word) && !cited.some((signal) => quantifiers.get(word)?.(signal) === true))
  ) codes.add('quantifier')
  return [...codes]
}

type Holds = (signal: Signal) => boolean
const peers = (
  test: (share: { holders: number; peers: number; percent: number }) => boolean
): Holds => (signal) => signal.kind === 'peer-prevalence' && test(signal.facts)
const ofKind = (...kinds: readonly SignalKind[]): Holds => (signal) => kinds.includes(signal.kind)

/** Words that claim how much or how often, and the evidence under which they are true. */
const quantifiers: ReadonlyMap<string, Holds> = new Map([
  ['never', ofKind('never-used')],
  [
    'none', (signal) => peers((share) => share.holders === 0)(signal)
      || (signal.kind === 'similar-identities' && signal.facts.holders === 0)
      || (signal.kind === 'past-decision' && (signal.facts.kept === 0) !== (signal.facts.revoked === 0)) || (
      signal.kind === 'orphan-account' && signal.facts.reason === 'two-candidates'
    ),
  ],
  ['no', ofKind('data-gap', 'orphan-account', 'no-peer-group', 'dormant-account')],
  ['nobody', ofKind('no-peer-group', 'unreviewed-streak')],
  ['only', peers((share) => share.percent < 25)],
  ['few', peers((share) => share.percent < 25)],
  ['most', (signal) => peers((share) => share.percent > 50)(signal) || signal.kind === 'similar-identities'],
  ['all', peers((share) => share.holders === share.peers)],
  ['several', (signal) => signal.kind === 'orphan-account' && signal.facts.reason === 'two-candidates'],
  ['every', ofKind('usage-frequency')],
  ['both', ofKind('sod-conflict')],
  ['unused', ofKind('never-used')],
])

function stanceCodes(claim: Claim, cited: readonly Signal[]): readonly ClaimCode[] {
  const stances = new Set(cited.map((signal) => stanceOf(signal.direction)))
  if (claim.stance === 'neutral') return stances.size === 1 && stances.has('neutral') ? [] : ['stance']
  const opposite = claim.stance === 'for-keeping' ? 'for-revoking' : 'for-keeping'
  return stances.has(claim.stance) && !stances.has(opposite) ? [] : ['stance']
}

function formCodes(text: string, lower: readonly string[], cited: readonly Signal[]): readonly ClaimCode[] {
  const codes = new Set<ClaimCode>()
  let allowed: readonly number[] = [0]
  for (const signal of cited) {
    const own = normalised(text, signal.id)
    const { forms, mustNot } = wordsOf(signal)
    const fitting = forms.filter((form: Form) => form.must.every((pattern) => pattern.test(own)))
    if (fitting.length === 0) codes.add(signal.quality === 'missing' ? 'missing-form' : 'kind-words')
    if (mustNot.some((pattern) => pattern.test(own))) codes.add('kind-forbidden')
    allowed = allowed.flatMap((sum) => (fitting.length === 0 ? [sum] : fitting.map((form) => sum + form.negations)))
  }
  const negations = lower.filter((word) => negators.has(word)).length
  if (codes.size === 0 && !allowed.includes(negations)) codes.add('negation')
  if (!hasFittingConsequence(normalised(text, ''), cited)) codes.add('consequence')
  return [...codes]
}

const harmful = /\binterrupt/
const helpful = /\b(would end|in line with|access that lies idle|unused access)\b/
const exposing = /\b(leaves a way in|would carry the old job along|has to be worth)\b/

/** What keeping or removing would do has to follow from the side the evidence is on. */
function hasFittingConsequence(text: string, cited: readonly Signal[]): boolean {
  const speaksFor = cited.some((signal) => signal.direction === 'keep')
  const speaksAgainst = cited.some((signal) => signal.direction === 'revoke')
  const removing = /\bremov(e|es|ed|ing|al)\b(?<rest>.*)$/.exec(text)?.groups?.['rest']
  const keeping = /\bke(ep|eps|pt|eping)\b(?<rest>.*)$/.exec(text)?.groups?.['rest']
  if (removing !== undefined && !((speaksFor && harmful.test(removing)) || (speaksAgainst && helpful.test(removing)))) return false
  if (
    keeping !== undefined && !((speaksFor && /\bfits the work\b/.test(keeping)) || (speaksAgainst && exposing.test(keeping)))
  ) return false
  return (speaksFor || !harmful.test(text)) && (speaksAgainst || !helpful.test(text)) && (speaksAgainst || !exposing.test(text))
}

/** Lower case, own placeholders as `<field>`, foreign ones as `<other>`. */
function normalised(text: string, id: string): string {
  return text.replace(placeholderPattern, (_, of: string, field: string) => (of === id ? `<${field}>` : '<other>')).toLowerCase()
}
