import type { ReviewItem } from './review-types.ts'

/** How long one decided item was open, and how long its evidence takes to read, in milliseconds. */
export interface PaceSample { readonly openMs: number; readonly readMs: number }

export interface PaceNotice { readonly decisions: number; readonly averageOpenMs: number; readonly averageReadMs: number }

/** Silent reading of English prose: 238 words a minute (Brysbaert 2019, meta-analysis of 190 studies). */
const msPerWord = 60_000 / 238
/** Looking at a signal's picture without reading its text. */
const msPerSignal = 400
/** A notice needs a run of decisions, not one quick choice about something well known. */
export const paceWindow = 5
/** Half the reading time is skimming; less is not reading. */
const skimShare = 0.5

/** Milliseconds an attentive reader needs for the sentences and the evidence of one item. */
export const readingTime = (item: Pick<ReviewItem, 'claims' | 'signals'>): number => {
  const words =
    item.claims.reduce((sum, claim) => sum + claim.pieces.map((piece) => piece.text).join('').split(/\s+/).filter(Boolean).length, 0)
  return Math.round(words * msPerWord + item.signals.length * msPerSignal)
}

/** A notice when the last decisions were, on the whole, faster than their evidence can even be skimmed. Blocks nothing. */
export const paceNotice = (samples: readonly PaceSample[]): PaceNotice | null => {
  const last = samples.slice(-paceWindow)
  if (last.length < paceWindow) return null
  const open = last.reduce((sum, sample) => sum + sample.openMs, 0)
  const read = last.reduce((sum, sample) => sum + sample.readMs, 0)
  const hurried = last.filter((sample) => sample.openMs < sample.readMs * skimShare).length
  if (open >= read * skimShare || hurried < paceWindow - 1) return null
  return { decisions: last.length, averageOpenMs: open / last.length, averageReadMs: read / last.length }
}
