import { useAnnounce } from '../../components/announcer.tsx'
import { CommandLine } from '../../components/command-line.tsx'
import { formatNumber, formatPercent } from '../../components/format.ts'
import { FailureView } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import type { Overview } from './learning-types.ts'
import { useTraining } from './use-training.ts'

/** Kept and revoked as one bar; the figures stand beside it in words. */
const HistoryBar = ({ kept, revoked }: { readonly kept: number; readonly revoked: number }) => (
  <svg className="history-bar" viewBox={`0 0 ${Math.max(1, kept + revoked)} 1`} preserveAspectRatio="none" aria-hidden="true">
    <rect className="kept" x={0} y={0} width={kept} height={1} />
    <rect className="revoked" x={kept} y={0} width={revoked} height={1} />
  </svg>
)

const Training = ({ overview, canLearn, onLearned }: {
  readonly overview: Overview
  readonly canLearn: boolean
  readonly onLearned: (model: number) => void
}) => {
  const announce = useAnnounce()
  const { state, start, stop } = useTraining((model) => {
    announce(t.learning.learned(formatNumber(model)))
    onLearned(model)
  })
  const isMissing = overview.missing.kept + overview.missing.revoked > 0
  if (isMissing) return <p className="notice warm-line"><strong>{t.learning.missing(overview.missing.kept, overview.missing.revoked)}</strong></p>
  if (!canLearn) return null
  if (state.at === 'running') {
    const percent = state.share === null ? null : Math.round(state.share * 100)
    return (
      <div className="training">
        <progress max={100} {...(percent === null ? {} : { value: percent })} aria-label={t.learning.learning} />
        <span className="soft" role="status">{state.step}{percent === null ? '' : `, ${formatPercent(percent)}`}</span>
        <button type="button" className="button" onClick={stop}>{t.learning.stop}</button>
      </div>
    )
  }
  return (
    <div className="training">
      <button type="button" className={overview.models.length === 0 ? 'button primary' : 'button'} onClick={start}>{t.learning.learn}</button>
      {state.at === 'stopped' ? <span className="soft" role="status">{t.learning.stopped}</span> : null}
      {state.at === 'failed' ? <FailureView error={state.error} isInline onRetry={start} /> : null}
    </div>
  )
}

/** What there is to learn from, what is left out and why, and the way to learn. */
export const HistorySection = ({ overview, canLearn, onLearned }: {
  readonly overview: Overview
  readonly canLearn: boolean
  readonly onLearned: (model: number) => void
}) => {
  const { history } = overview
  const sources = [
    [history.imported, t.learning.sources.imported], [history.blind, t.learning.sources.blind], [history.corrected, t.learning.sources.corrected],
    [history.unknownEntitlement, t.learning.sources.unknownEntitlement],
  ] as const
  return (
    <section className="section">
      <h2>{t.learning.history}</h2>
      <div className="sheet history">
        {history.decisions === 0 ? (
          <div className="history-empty">
            <strong>{t.learning.nothing}</strong>
            <p className="soft">{t.learning.nothingText}</p>
          </div>
        ) : (
          <>
            <div className="history-head">
              <strong>{t.learning.decisions(history.decisions, formatNumber(history.decisions))}</strong>
              <span className="outcome-keep">{t.learning.keptCount(formatNumber(history.kept))}</span>
              <span className="outcome-revoke">{t.learning.revokedCount(formatNumber(history.revoked))}</span>
            </div>
            <HistoryBar kept={history.kept} revoked={history.revoked} />
            <ul className="plain-list soft">
              {sources.map(([n, say], at) => (n === 0 ? null : <li key={at}>{say(formatNumber(n))}</li>))}
            </ul>
          </>
        )}
        {history.adviceSeen + history.undecided === 0 ? null : (
          <p className="faint">{t.learning.leftOut(formatNumber(history.adviceSeen), formatNumber(history.undecided))}</p>
        )}
        <Training overview={overview} canLearn={canLearn} onLearned={onLearned} />
        <div className="import-line">
          <span className="soft">{t.learning.importText}</span>
          <CommandLine command="npx muster learn import FILE" />
        </div>
      </div>
    </section>
  )
}

/** Whether confidence may be a number yet. */
export const ConfidenceSection = ({ calibration }: { readonly calibration: Overview['calibration'] }) => (
  <section className="section">
    <h2>{t.learning.confidence}</h2>
    <div className="sheet history">
      <p>
        {calibration.isCalibrated && calibration.error !== null
          ? t.learning.calibrated(formatPercent(calibration.error / 100), formatNumber(calibration.blind))
          : t.learning.notCalibrated(formatNumber(calibration.blind), formatNumber(calibration.needed))}
      </p>
      {calibration.isCalibrated ? null : (
        <meter className="share wide" min={0} max={calibration.needed} value={calibration.blind} aria-label={t.learning.confidence} />
      )}
    </div>
  </section>
)
