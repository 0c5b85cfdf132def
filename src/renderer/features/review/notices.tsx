import { CircleAlert, Timer, X } from 'lucide-react'
import { toFailure } from '../../api/failure.ts'
import { DirectoryText, SentenceText } from '../../components/directory-text.tsx'
import { formatNumber, formatSeconds } from '../../components/format.ts'
import { t } from '../../texts/texts.ts'
import type { FailedCall } from './decide/use-decisions.ts'
import type { PaceNotice } from './pace.ts'

/** A decision that was not recorded: what happened, what was kept, and the way to try again. */
export const FailedNotice =
  ({ failed, onRetry, onDismiss }: { readonly failed: FailedCall; readonly onRetry: () => void; readonly onDismiss: () => void }) => {
  const failure = toFailure(failed.error)
  return (
    <div className="notice hot" role="alert">
      <CircleAlert size={18} aria-hidden="true" />
      <div className="notice-body">
        <strong><SentenceText>{t.review.notRecorded(failed.item.entitlementName, failed.item.subjectName)}</SentenceText></strong>
        <p><DirectoryText>{failure.message ?? t.failureTitle[failure.kind]}</DirectoryText></p>
        <p className="soft">{t.review.notRecordedKept}{failure.logId === null ? '' : ` ${t.logId(failure.logId)}.`}</p>
      </div>
      <div className="actions">
        <button type="button" className="button small" onClick={onRetry}>{t.retry}</button>
        <button type="button" className="button quiet small" aria-label={t.close} onClick={onDismiss}><X size={14} aria-hidden="true" />
        </button>
      </div>
    </div>
  )
}

/** Says that the pace left no time to read. Quiet, and blocks nothing. */
export const PaceStrip = ({ notice, onDismiss }: { readonly notice: PaceNotice; readonly onDismiss: () => void }) => (
  <div className="pace-strip" role="note">
    <Timer size={15} aria-hidden="true" />
    <p>
      <strong>{t.review.pace.title}.</strong>{' '}
      {t.review.pace.text(t.decisions(notice.decisions, formatNumber(notice.decisions)), formatSeconds(notice.averageOpenMs),
        formatSeconds(notice.averageReadMs))}
    </p>
    <button type="button" className="button quiet small" aria-label={t.review.pace.dismiss} onClick={onDismiss}>
      <X size={14} aria-hidden="true" /></button>
  </div>
)
