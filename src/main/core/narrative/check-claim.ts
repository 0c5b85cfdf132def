import type { Claim } from '../../../shared/model/narrative.ts'
import type { EvidencePacket } from '../../../shared/model/recommendation.ts'
import type { Signal } from '../../../shared/model/signal.ts'
import { factFields, placeholderPattern } from './fact-fields.ts'
import type { FactField } from './fact-fields.ts'
import { danglingClauses } from './clauses.ts'
import { hasFittingConsequence } from './consequences.ts'
import { formsOf } from './kind-words.ts'
import { appealWords, dateWords, glueWords, negators, spelledNumbers, topicWords } from './lexicon.ts'
import { quantifiers } from './quantifiers.ts'
import { stanceOf } from './sides.ts'

/** Why a claim is not shown. Stored with the narrative, so the codes never change their meaning. */
export type ClaimCode =
  | 'evidence-unknown' | 'placeholder-unknown' | 'placeholder-uncited' | 'placeholder-place' | 'markup' | 'url' | 'charset' | 'digit'
  | 'spelled-number'
  | 'percent' | 'date-word' | 'proper-noun' | 'instruction' | 'vocabulary' | 'topic' | 'quantifier' | 'stance' | 'kind-words'
  | 'kind-forbidden' | 'negation'
  | 'consequence' | 'clause' | 'missing-form' | 'length'

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
    const [before, after] = [claim.text.slice(0, match.index).toLowerCase(), claim.text.slice(match.index + whole.length).toLowerCase()]
    if (!isWellPlaced(known, before, after)) codes.push('placeholder-place')
  }
  return codes
}

/** In the company its field asks for; and no date with "ago" behind it, which is a number of days misplaced. */
function isWellPlaced(field: FactField, before: string, after: string): boolean {
  if (field.format === 'date' && /^ (ago|by now)\b/.test(after)) return false
  if (field.before === undefined && field.after === undefined) return true
  return field.before?.test(before) === true || field.after?.test(after) === true
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
  // "Most recent" and "most alike" count nothing.
  const counting = lower.filter((word, at) => word !== 'most' || !['recent', 'recently', 'alike', 'like', 'similar'].includes(lower[at + 1] ?? ''))
  if (counting.some((word) => quantifiers.has(word) && !cited.some((signal) => quantifiers.get(word)?.(signal) === true))) codes.add('quantifier')
  return [...codes]
}

function stanceCodes(claim: Claim, cited: readonly Signal[]): readonly ClaimCode[] {
  const stances = new Set(cited.map((signal) => stanceOf(signal.direction)))
  if (claim.stance === 'neutral') return stances.size === 1 && stances.has('neutral') ? [] : ['stance']
  const opposite = claim.stance === 'for-keeping' ? 'for-revoking' : 'for-keeping'
  return stances.has(claim.stance) && !stances.has(opposite) ? [] : ['stance']
}

function formCodes(text: string, lower: readonly string[], cited: readonly Signal[]): readonly ClaimCode[] {
  const codes = new Set<ClaimCode>()
  const said: RegExp[] = []
  let allowed: readonly number[] = [0]
  for (const signal of cited) {
    const own = normalised(text, signal.id)
    const { forms, mustNot } = formsOf(signal)
    const fitting = forms.filter(
      ({ must, never }) => must.every((pattern) => pattern.test(own)) && never?.some((pattern) => pattern.test(own)) !== true,
    )
    if (fitting.length === 0) codes.add(signal.quality === 'missing' ? 'missing-form' : 'kind-words')
    if (mustNot.some((pattern) => pattern.test(own))) codes.add('kind-forbidden')
    said.push(...fitting.flatMap(({ must }) => must))
    allowed = allowed.flatMap((sum) => (fitting.length === 0 ? [sum] : fitting.map((form) => sum + form.negations)))
  }
  const negations = lower.filter((word) => negators.has(word)).length
  if (codes.size === 0 && !allowed.includes(negations)) codes.add('negation')
  const whole = text.replace(placeholderPattern, (_, id: string, field: string) => (cited.length === 1 && id === cited[0]?.id ? `<${field}>` : '<other>'))
    .toLowerCase()
  if (!hasFittingConsequence(whole, cited)) codes.add('consequence')
  if (codes.size === 0 && danglingClauses(whole, said).length > 0) codes.add('clause')
  return [...codes]
}

/** Lower case, own placeholders as `<field>`, foreign ones as `<other>`. */
function normalised(text: string, id: string): string {
  return text.replace(placeholderPattern, (_, of: string, field: string) => (of === id ? `<${field}>` : '<other>')).toLowerCase()
}
