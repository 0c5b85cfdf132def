import { CircleAlert, Inbox } from 'lucide-react'
import type { ReactNode } from 'react'
import { toFailure } from '../api/failure.ts'
import { t } from '../texts/texts.ts'
import { CommandLine } from './command-line.tsx'
import { DirectoryText } from './directory-text.tsx'

interface EmptyProps {
  readonly title: string
  readonly text: string
  readonly isInline?: boolean
  readonly sign?: ReactNode
  readonly children?: ReactNode
}

/** Nothing here, and what to do about it. */
export const EmptyView = ({ title, text, isInline = false, sign, children }: EmptyProps) => (
  <div className={isInline ? 'state-view inline' : 'state-view'}>
    {isInline ? null : <div className="sign">{sign ?? <Inbox size={20} aria-hidden="true" />}</div>}
    {isInline ? <h2>{title}</h2> : <h1>{title}</h1>}
    <p className="soft">{text}</p>
    {children}
  </div>
)

/** What happened, what was kept, what to do. */
export const FailureView =
  ({ error, onRetry, isInline = false }: { readonly error: unknown; readonly onRetry: () => void; readonly isInline?: boolean }) => {
  const failure = toFailure(error)
  return (
    <div className={isInline ? 'state-view failed inline' : 'state-view failed'} role="alert">
      <div className="sign">
        <CircleAlert size={20} aria-hidden="true" />
      </div>
      {isInline ? <h2>{t.failureTitle[failure.kind]}</h2> : <h1>{t.failureTitle[failure.kind]}</h1>}
      {failure.message === null ? null : (
        <p>
          <DirectoryText>{failure.message}</DirectoryText>
        </p>
      )}
      <p className="soft">{t.failureAdvice[failure.kind]}</p>
      {failure.kind === 'NO_SESSION' ? <CommandLine command="npx muster serve" /> : null}
      {failure.logId === null ? null : <p className="faint mono">{t.logId(failure.logId)}</p>}
      <div className="actions">
        <button type="button" className="button" onClick={onRetry}>
          {t.retry}
        </button>
      </div>
    </div>
  )
}

/** Grey lines where text will be. */
export const Skeleton = ({ lines }: { readonly lines: number }) => (
  <div className="skeleton" role="status" aria-label={t.loading}>
    {Array.from({ length: lines }, (_, at) => (
      <span key={at} />
    ))}
  </div>
)
