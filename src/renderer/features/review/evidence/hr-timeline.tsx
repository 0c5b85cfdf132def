import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay } from '../../../components/format.ts'
import type { HrEvent } from '../../../../shared/model/identity.ts'
import { t } from '../../../texts/texts.ts'
import { toHrSteps } from './hr-steps.ts'
import type { HrStep } from './hr-steps.ts'

const Words = ({ step }: { readonly step: HrStep }) => {
  if (step.kind === 'granted') return <strong>{t.signals.granted}</strong>
  if (step.kind === 'review') return <span className="soft">{t.signals.reviewDay}</span>
  const { event } = step
  return (
    <span>
      {t.signals.history[event.kind]}
      {event.from === null && event.to === null ? null : (
        <span className="soft">
          {': '}
          {event.from === null ? null : <DirectoryText>{event.from}</DirectoryText>}
          {event.from !== null && event.to !== null ? ' → ' : null}
          {event.to === null ? null : <DirectoryText>{event.to}</DirectoryText>}
        </span>
      )}
    </span>
  )
}

/** What HR knows, in order, with the day the access was given among it. */
export const HrTimeline =
  ({ history, grantedAt, asOf }: { readonly history: readonly HrEvent[]; readonly grantedAt: string | null; readonly asOf: string }) => (
  <ol className="item-course">
    {toHrSteps(history, grantedAt, asOf).map((step, at) => (
      <li key={at} className={`course-step is-${step.kind === 'event' ? step.event.kind : step.kind}`}>
        <time dateTime={step.on} className="numbers faint">{formatDay(step.on)}</time>
        <Words step={step} />
      </li>
    ))}
  </ol>
)
