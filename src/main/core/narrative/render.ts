import type { Claim, Narrative, RenderedClaim } from '../../../shared/model/narrative.ts'
import type { EvidencePacket } from '../../../shared/model/recommendation.ts'
import { factFields } from './fact-fields.ts'
import type { FactFormat } from './fact-fields.ts'

/**
 * How facts are written for a reader: localised, and with their unit (`days(1)` → "1 day"). Given by the caller, so that core stays
 * pure.
 */
export interface FactWriter {
  readonly date: (isoDate: string) => string
  readonly days: (days: number) => string
  readonly months: (months: number) => string
  readonly count: (count: number) => string
  readonly percent: (percent: number) => string
}

/** What the aliases stand for on this item. Plain text from the sources, never trusted as markup. */
export interface Names {
  readonly USER: string
  readonly ENT: string
  readonly APP: string
}

/** A whole narrative with names and facts filled in, as pieces of text. */
export interface RenderedNarrative {
  readonly claims: readonly RenderedClaim[]
  readonly counter: RenderedClaim | null
}

export function renderNarrative(
  narrative: Pick<Narrative, 'claims' | 'counter'>, packet: EvidencePacket, names: Names, write: FactWriter,
): RenderedNarrative {
  return {
    claims: narrative.claims.map((claim) => renderClaim(claim, packet, names, write)),
    counter: narrative.counter === null ? null : renderClaim(narrative.counter, packet, names, write),
  }
}

const slotPattern = /\{\{(E[1-9]\d*)\.([A-Za-z]+)\}\}|\b(USER|ENT|APP)\b/g

/**
 * Splits a claim into its own words and filled-in facts. Facts are inserted as they are and marked, so that whatever a directory
 * wrote stays text. A placeholder that names no fact stays visible as written rather than vanishing.
 */
export function renderClaim(claim: Claim, packet: EvidencePacket, names: Names, write: FactWriter): RenderedClaim {
  const pieces: { text: string; isFact: boolean }[] = []
  let from = 0
  for (const match of claim.text.matchAll(slotPattern)) {
    const [whole, id, field, alias] = match
    if (match.index > from) pieces.push({ text: claim.text.slice(from, match.index), isFact: false })
    const text = alias === undefined ? factText(packet, id ?? '', field ?? '', write) : names[alias as keyof Names]
    pieces.push({ text: text ?? whole, isFact: text !== null })
    from = match.index + whole.length
  }
  if (from < claim.text.length) pieces.push({ text: claim.text.slice(from), isFact: false })
  return { stance: claim.stance, evidence: [...claim.evidence], pieces }
}

function factText(packet: EvidencePacket, id: string, field: string, write: FactWriter): string | null {
  const signal = packet.signals.find((one) => one.id === id)
  if (signal === undefined) return null
  const known = factFields[signal.kind][field]
  const value = (signal.facts as Record<string, unknown>)[field]
  return known === undefined ? null : written(known.format, value, write)
}

function written(format: FactFormat, value: unknown, write: FactWriter): string | null {
  if (typeof value === 'string') return format === 'date' ? write.date(value) : format === 'quoted' ? `“${value}”` : value
  if (typeof value !== 'number') return null
  if (format === 'days' || format === 'months' || format === 'count' || format === 'percent') return write[format](value)
  return null
}
