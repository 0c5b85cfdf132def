import type { EventBodyOf } from '../../../shared/model/evidence.ts'
import type { CarriedAnswer } from '../../../shared/model/packet.ts'
import { toHex, utf8Bytes } from './bytes.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Hash } from './bytes.ts'
import { isSamePerson, type StandingDecision } from './item-standing.ts'

/** SHA-256 in hex over the canonical JSON of the answers, by ascending item: what a sign-off made in a packet binds. */
export function answersHash(answers: readonly CarriedAnswer[], hash: Hash): string {
  const ordered = [...answers].sort((left, right) => left.item - right.item)
  return toHex(hash(utf8Bytes(canonicalJson(ordered.map(plainAnswer)))))
}

/** The fields that are bound, and no others. */
export function plainAnswer({ item, outcome, until, reasonCode, reasonText, adviceVisible, seq }: CarriedAnswer): CarriedAnswer {
  return { item, outcome, until, reasonCode, reasonText, adviceVisible, seq }
}

/**
 * What is wrong with a sign-off that was made in a packet: the line its signature covers has to be a sign-off of the same person in the
 * same campaign, bind the answers told with it, and those have to be the decisions that stand here. Null = nothing.
 */
export function carriedFault(
  { campaign, reviewer, items, carried }: EventBodyOf<'sign-off'>, decisions: readonly { readonly item: number; readonly decision: StandingDecision }[], hash: Hash,
): string | null {
  if (carried === undefined) return null
  const signed = signedLine(carried.line)
  const body = signed?.['body']
  if (signed?.['kind'] !== 'sign-off' || signed['log'] !== carried.log || !isRecord(body)) return 'what was signed in the packet is no sign-off of the log it names'
  const { items: covered, reviewer: who } = body
  if (body['campaign'] !== campaign || typeof who !== 'string' || !isSamePerson(who, reviewer)) return 'what was signed in the packet is somebody else\'s, or of another campaign'
  if (!Array.isArray(covered) || items.some((item) => !covered.includes(item))) return 'items were signed off that the packet\'s signature does not cover'
  if (body['answersHash'] !== answersHash(carried.answers, hash)) return 'the answers told with the sign-off are not the ones that were signed in the packet'
  const answers = new Map(carried.answers.map((answer) => [answer.item, answer]))
  for (const { item, decision } of decisions) {
    const answer = answers.get(item)
    const isSame = answer?.outcome === decision.outcome && answer.until === decision.until && answer.reasonCode === decision.reasonCode
      && answer.reasonText === decision.reasonText && answer.adviceVisible === decision.adviceVisible
    if (!isSame) return `item ${item} was decided otherwise than was signed in the packet`
  }
  return null
}

function signedLine(line: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(line)
    return isRecord(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
