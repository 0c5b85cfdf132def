import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { formatNumber } from '../../../components/format.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import type { RulePreview } from '../../../../shared/model/policy.ts'
import { t } from '../../../texts/texts.ts'
import { ConflictTable } from '../answers/conflict-table.tsx'
import { ExemptDialog } from '../answers/exempt-dialog.tsx'
import type { ConflictLine, SodRule } from '../policy-types.ts'

interface PreviewProps {
  readonly preview: UseQueryResult<RulePreview>
  readonly canPreview: boolean
  /** The rule is in force exactly like this, so its conflicts can be answered. */
  readonly isSaved: boolean
  readonly rule: SodRule
  readonly mayChange: boolean
  readonly asOf: string
}

/** Whom the rule catches as it stands in the form; asked anew after every change. */
export const RulePreviewView = ({ preview, canPreview, isSaved, rule, mayChange, asOf }: PreviewProps) => {
  const [exempting, setExempting] = useState<ConflictLine | null>(null)
  const { data } = preview
  const total = data === undefined ? 0 : data.counts.open + data.counts.mitigated + data.counts.exempt
  return (
    <section className="rule-preview" aria-label={isSaved ? t.policies.preview.title : t.policies.preview.ifSaved} aria-busy={preview.isFetching}>
      <div className="preview-head">
        <h2>{isSaved ? t.policies.preview.title : t.policies.preview.ifSaved}</h2>
        {canPreview && data !== undefined ? (
          <p className="numbers" aria-live="polite">
            <span className={data.counts.open > 0 ? 'badge hot' : 'badge'}>{formatNumber(data.counts.open)} {t.policies.state.open.toLowerCase()}</span>{' '}
            <span className="badge good">{formatNumber(data.counts.mitigated)} {t.policies.state.mitigated.toLowerCase()}</span>{' '}
            <span className="badge calm">{formatNumber(data.counts.exempt)} {t.policies.state.exempt.toLowerCase()}</span>
          </p>
        ) : null}
      </div>
      {!canPreview ? <p className="soft">{t.policies.preview.wait}</p>
        : preview.isError ? <FailureView error={preview.error} isInline onRetry={() => void preview.refetch()} />
        : data === undefined ? <Skeleton lines={4} />
        : total === 0 ? <p className="soft">{t.policies.preview.nobody}</p>
        : (
          <>
            <ConflictTable lines={data.lines} onExempt={isSaved && mayChange ? setExempting : null} />
            {total > data.lines.length ? <p className="faint">{t.policies.preview.more(formatNumber(data.lines.length), formatNumber(total))}</p> : null}
          </>
        )}
      {exempting === null || exempting.identityId === null ? null : (
        <ExemptDialog rule={rule} identityId={exempting.identityId} subject={exempting.subject} asOf={asOf} onClose={() => setExempting(null)} />
      )}
    </section>
  )
}
