import { toFailure } from '../api/failure.ts'
import { DirectoryText } from './directory-text.tsx'
import { t } from '../texts/texts.ts'

/** Of work this window holds, and of work the engine keeps. */
export type ShownStanding =
  | { readonly state: 'idle' | 'done' | 'stopped' } | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'working'; readonly step: string; readonly share: number | null; readonly isStopping: boolean }

interface WorkProgressProps {
  readonly standing: ShownStanding
  readonly label: string
  readonly starting: string
  readonly stopped: string
  readonly onStop: () => void
}

/** How long work stands: a bar with a stop, or what became of it. */
export const WorkProgress = ({ standing, label, starting, stopped, onStop }: WorkProgressProps) => {
  switch (standing.state) {
    case 'idle':
    case 'done':
      return null
    case 'stopped':
      return <p role="status">{stopped}</p>
    case 'failed': {
      const failure = toFailure(standing.error)
      return (
        <p className="field-error" role="alert">
          <DirectoryText>{`${failure.message ?? t.failureTitle[failure.kind]} ${t.failureAdvice[failure.kind]}`}</DirectoryText>
        </p>
      )
    }
    case 'working':
      return (
        <div className="work-strip">
          <span className="soft" role="status">{standing.isStopping ? t.work.stopping : standing.step === '' ? starting : standing.step}</span>
          <progress className="work-bar" aria-label={label} max={1} {...(standing.share === null ? {} : { value: standing.share })} />
          <button type="button" className="button small" disabled={standing.isStopping} onClick={onStop}>{t.work.stop}</button>
        </div>
      )
  }
}
