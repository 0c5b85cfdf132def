import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { useEngine } from '../../api/engine.ts'
import type { Session } from '../../api/session.ts'
import { formatNumber } from '../../components/format.ts'
import { FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import { ConfidenceSection, HistorySection } from './history-section.tsx'
import { ImportsSection } from './imports-section.tsx'
import { ModelSection } from './model-section.tsx'
import './learning.css'

/** What past decisions taught, whether it is used, and what it would change. */
export const LearningScreen = ({ session }: { readonly session: Session }) => {
  const engine = useEngine()
  const overview = useQuery(engine.learning.overview.queryOptions())
  const [chosen, setChosen] = useState<number | null>(null)
  if (overview.isError) return <FailureView error={overview.error} onRetry={() => void overview.refetch()} />
  if (overview.data === undefined) return <div className="page"><div className="page-inner"><Skeleton lines={10} /></div></div>
  const { active, models, imports, calibration } = overview.data
  const canAct = session.person.roles.includes('officer')
  const shown = chosen ?? active ?? models[0]?.id ?? null
  return (
    <div className="page">
      <div className="page-inner learning">
        <div>
          <a className="back-link" href="#/policies">
            <ArrowLeft size={14} aria-hidden="true" />
            {t.learning.back}
          </a>
          <div className="page-title">
            <h1>{t.learning.title}</h1>
            <span className={active === null ? 'badge' : 'badge good'}>
              {active === null ? t.learning.inForce.default : t.learning.inForce.model(formatNumber(active))}
            </span>
          </div>
          <p className="soft intro">{t.learning.intro}</p>
        </div>
        <div className="learning-columns">
          <HistorySection overview={overview.data} canLearn={canAct} onLearned={setChosen} />
          <ConfidenceSection calibration={calibration} />
        </div>
        {models.length < 2 ? null : (
          <div className="model-choice" role="group" aria-label={t.learning.models}>
            {models.map((model) => (
              <button
                key={model.id} type="button" className={model.id === shown ? 'button small chosen' : 'button small quiet'} aria-pressed={model.id === shown}
                onClick={() => setChosen(model.id)}
              >
                {t.learning.model(formatNumber(model.id))}
                <span className="faint">{t.learning.state[model.state]}</span>
              </button>
            ))}
          </div>
        )}
        {shown === null ? null : <ModelSection key={shown} model={shown} canAct={canAct} />}
        <ImportsSection imports={imports} canAct={canAct} />
      </div>
    </div>
  )
}
