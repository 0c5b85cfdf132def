import { useId } from 'react'
import { addMonths, daysBetween, formatDay } from '../../../components/format.ts'
import type { SignalOf } from '../../../../shared/model/signal.ts'
import { t } from '../../../texts/texts.ts'

/** The last twelve months: hatched where nothing is on record, plain from the first recorded day on. */
export const GapWindow = ({ facts, asOf }: { readonly facts: SignalOf<'data-gap'>['facts']; readonly asOf: string }) => {
  const id = useId()
  const start = addMonths(asOf, -12)
  const unknownDays = facts.knownSince === null ? Infinity : Math.max(0, daysBetween(start, facts.knownSince))
  const share = Math.min(100, (unknownDays / daysBetween(start, asOf)) * 100)
  return (
    <div className="gap-window">
      <svg viewBox="0 0 312 14" role="img"
        aria-label={facts.knownSince === null ? t.signals.gapUnknown[facts.about] : t.signals.gapKnownSince(formatDay(facts.knownSince))}>
        <defs>
          <pattern id={`${id}-hatch`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line className="hatch-line" x1="0" y1="0" x2="0" y2="6" />
          </pattern>
        </defs>
        <rect className="unknown-bar" fill={`url(#${id}-hatch)`} x="0" y="2" width={share * 3.12} height="10" rx="2" />
        <rect className="known-bar" x={share * 3.12} y="2" width={312 - share * 3.12} height="10" rx="2" />
      </svg>
      <p className="gap-ends faint numbers">
        <span>{formatDay(start)}</span>
        <span>{formatDay(asOf)}</span>
      </p>
    </div>
  )
}
