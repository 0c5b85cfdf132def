import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../api/engine.ts'
import { useAnnounce } from '../../components/announcer.tsx'
import { SentenceText } from '../../components/directory-text.tsx'
import { formatMoment, formatNumber } from '../../components/format.ts'
import { FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import type { ModelView } from './learning-types.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import { ChangesSection, ExamplesSection, HeldOutSection } from './report-section.tsx'
import { StatementsSection } from './statements-section.tsx'

const badge = { shadow: 'badge', active: 'badge good', retired: 'badge' } as const

/** Activate a model that is not in force, or roll back the one that is. Each is asked once more. */
const ModelActions = ({ view }: { readonly view: ModelView }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const [isAsking, setAsking] = useState(false)
  const { card, report } = view
  const done = async (sentence: string): Promise<void> => {
    setAsking(false)
    announce(sentence)
    await queries.invalidateQueries({ queryKey: engine.learning.key() })
  }
  const activating = useMutation(engine.learning.activate.mutationOptions({ onSuccess: () => done(t.learning.activated(formatNumber(card.id))) }))
  const rollingBack = useMutation(engine.learning.rollback.mutationOptions({ onSuccess: () => done(t.learning.rolledBack) }))
  const isActive = card.state === 'active'
  const isBroken = report.ruledChanged > 0
  return (
    <>
      <button type="button" className={isActive ? 'button' : 'button primary'} disabled={!isActive && isBroken} onClick={() => setAsking(true)}>
        {isActive ? t.learning.rollBack : t.learning.activate}
      </button>
      {!isAsking ? null : isActive ? (
        <ReasonDialog
          title={t.learning.rollBackTitle} text={t.learning.rollBackText} act={t.learning.rollBack} needsReason isBusy={rollingBack.isPending}
          error={rollingBack.error} onAct={(reason) => rollingBack.mutate({ reason })} onClose={() => setAsking(false)}
        />
      ) : (
        <ReasonDialog
          title={t.learning.activateTitle(formatNumber(card.id))} text={t.learning.activateText(report.changed, formatNumber(report.changed))}
          act={t.learning.activate} needsReason={false} isBusy={activating.isPending} error={activating.error}
          onAct={() => activating.mutate({ model: card.id, reportHash: card.reportHash })} onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}

/** One model: what it would change, how well it tells unseen decisions, and the habits it found. */
export const ModelSection = ({ model, canAct }: { readonly model: number; readonly canAct: boolean }) => {
  const engine = useEngine()
  const found = useQuery(engine.learning.show.queryOptions({ input: { model } }))
  if (found.isError) return <FailureView error={found.error} isInline onRetry={() => void found.refetch()} />
  if (found.data === undefined) return <Skeleton lines={8} />
  const { card, report, statements } = found.data
  return (
    <div className="model">
      <div className="model-head">
        <h2>{t.learning.model(formatNumber(card.id))}</h2>
        <span className={badge[card.state]}>{t.learning.state[card.state]}</span>
        <span className="soft"><SentenceText>{t.learning.learnedOn(formatMoment(card.at), card.by, formatNumber(card.decisions))}</SentenceText></span>
        <span className="model-space" />
        {canAct ? <ModelActions view={found.data} /> : null}
      </div>
      <div className="model-columns">
        <ChangesSection report={report} isActive={card.state === 'active'} />
        <HeldOutSection report={report} />
      </div>
      <StatementsSection statements={statements} />
      <ExamplesSection report={report} />
      <p className="faint mono report-hash">{t.learning.reportHash} {card.reportHash}</p>
    </div>
  )
}
