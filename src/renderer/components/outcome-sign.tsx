import { CalendarClock, Check, CircleDashed, ScanSearch, X } from 'lucide-react'
import type { ItemState } from '../../shared/model/decision.ts'

const signs = { keep: Check, revoke: X, 'keep-until': CalendarClock, 'look-closer': ScanSearch, undecided: CircleDashed } as const

/** The sign of an outcome, always in its colour; the word stands next to it or is given to screen readers by the caller. */
export const OutcomeSign = ({ state, size = 16 }: { readonly state: ItemState; readonly size?: number }) => {
  const Sign = signs[state]
  return <Sign className={`icon outcome-${state}`} size={size} strokeWidth={2.25} aria-hidden="true" />
}
