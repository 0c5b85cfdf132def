import type { EvidencePacket } from '../../../../shared/model/recommendation.ts'
import type { Signal } from '../../../../shared/model/signal.ts'
import { isStrong } from '../../recommendation/score.ts'
import { factFields } from '../fact-fields.ts'
import { claimFor } from '../template.ts'

// What a model may see of a packet. Nothing a directory, an HR file or a rule's author wrote passes through here: a fact is a date, a
// number, or one of the closed words below, and everything else becomes a typed placeholder. That is a wall, not a filter: there is no
// path on which a foreign string could be copied.

/** Every word a fact may be made of: the values of the signals' own closed lists. */
const closedWords: ReadonlySet<string> = new Set([
  'application', 'entitlement', 'daily', 'weekly', 'monthly', 'quarterly', 'seldom', 'department-and-title', 'department', 'title', 'manager',
  'similar-access', 'location', 'status', 'disappeared', 'no-candidate', 'two-candidates', 'elevated', 'admin', 'high', 'critical', 'medium',
  'service', 'shared', 'guest', 'contractor', 'usage', 'hr', 'granted-at',
])

/** The wording of a sentence varies from grant to grant; these stand for a few grants. */
const varieties = [0, 1, 2, 3, 4, 5, 6, 7] as const
const SENTENCES_OFFERED = 3

const calendarDay = /^\d{4}-\d\d-\d\d$/

/** The packet as lines, the same for the same packet: one heading, then one block for each piece of evidence. */
export function evidenceLines(packet: EvidencePacket): string {
  const { subject, access } = packet
  return [
    `As of ${dayOrUnknown(packet.asOf)}. USER is ${kindOf(subject.kind)}. ENT is a right with ${privilegeOf(access.privilege)} and ${
      riskOf(access.risk)
    } risk.`,
    ...packet.signals.map(signalBlock),
  ].join('\n')
}

function signalBlock(signal: Signal): string {
  const side = { keep: 'speaks for keeping', revoke: 'speaks for revoking', none: 'speaks for neither side' }[signal.direction]
  const stance = { keep: 'for-keeping', revoke: 'for-revoking', none: 'neutral' }[signal.direction]
  return [
    `${signal.id} ${signal.kind}: ${side} (stance ${stance})${isStrong(signal) ? ', strong, must be covered' : ''}, ${signal.quality}`,
    ...factLines(signal),
    ...sentencesFor(signal).map((text) => `  say: ${text}`),
  ].join('\n')
}

/** How a signal may be said, as the template would: patterns the model may choose from and vary within the verifier's words. */
function sentencesFor(signal: Signal): readonly string[] {
  return [...new Set(varieties.map((variety) => claimFor(signal, variety, true).text))].slice(0, SENTENCES_OFFERED)
}

function factLines(signal: Signal): readonly string[] {
  const shown = Object.entries(signal.facts).flatMap(([field, value]) => {
    const written = valueOf(signal, field, value)
    return written === null ? [] : [`${field}=${written}`]
  })
  return shown.length === 0 ? [] : [`  facts: ${shown.join(', ')}`]
}

/** Null where there is nothing a model needs or may see. */
function valueOf(signal: Signal, field: string, value: unknown): string | null {
  const known = factFields[signal.kind][field]
  if (known !== undefined && value !== null) {
    const slot = `{{${signal.id}.${field}}}`
    if (known.format === 'text' || known.format === 'quoted') return `${slot} (a name, hidden from you)`
    if (known.format === 'date') return `${slot} (${dayOrUnknown(value)})`
    return typeof value === 'number' ? `${slot} (${value})` : slot
  }
  if (typeof value === 'number' && Number.isSafeInteger(value) && !field.endsWith('Id')) return String(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (value === null) return 'unknown'
  return typeof value === 'string' && closedWords.has(value) ? value : null
}

function dayOrUnknown(value: unknown): string {
  return typeof value === 'string' && calendarDay.test(value) ? value : 'unknown'
}

function kindOf(kind: EvidencePacket['subject']['kind']): string {
  switch (kind) {
    case 'employee': return 'an employee'
    case 'contractor': return 'a contractor'
    case 'guest': return 'a guest'
    case 'service': return 'a service account'
    case 'shared': return 'a shared account'
    default: return 'somebody of an unknown kind'
  }
}

function privilegeOf(privilege: EvidencePacket['access']['privilege']): string {
  return privilege === 'admin' ? 'administrator privilege' : privilege === 'elevated' ? 'elevated privilege' : 'ordinary privilege'
}

function riskOf(risk: EvidencePacket['access']['risk']): string {
  return risk === 'critical' ? 'critical' : risk === 'high' ? 'high' : risk === 'medium' ? 'medium' : 'low'
}
