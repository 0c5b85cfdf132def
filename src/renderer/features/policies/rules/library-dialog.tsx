import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import type { SodRule } from '../../../../shared/model/sod-rule.ts'
import { t } from '../../../texts/texts.ts'
import { SeverityBadge } from '../badges.tsx'
import { useTakeOver } from './use-take-over.ts'

interface LibraryProps {
  readonly rules: readonly SodRule[]
  readonly rulesHash: string
  readonly onClose: () => void
}

/** Rules that come along, taken over one by one. */
export const LibraryDialog = ({ rules, rulesHash, onClose }: LibraryProps) => {
  const engine = useEngine()
  const library = useQuery(engine.policies.library.queryOptions({ staleTime: Infinity }))
  const { take, problem, isSaving } = useTakeOver(rules, rulesHash)
  const taken = new Set(rules.map((rule) => rule.id))
  return (
    <DialogBox title={t.policies.library.title} onClose={onClose}>
      <div className="dialog-body library">
        <p className="soft">{t.policies.library.text}</p>
        {library.isError ? <FailureView error={library.error} isInline onRetry={() => void library.refetch()} /> : null}
        {library.isPending ? <Skeleton lines={8} /> : null}
        <p className="field-error" role="alert">{problem ?? ''}</p>
        {library.data?.areas.map((area) => (
          <section key={area.id}>
            <h3>{area.name}</h3>
            <ul>
              {area.rules.map((rule) => (
                <li key={rule.id} className="library-rule">
                  <div>
                    <p className="library-name"><strong>{rule.name}</strong> <SeverityBadge severity={rule.severity} /></p>
                    <p>{rule.description}</p>
                    <p className="faint">{rule.reason}</p>
                  </div>
                  {taken.has(rule.id) ? <span className="badge good">{t.policies.library.taken}</span> : (
                    <button type="button" className="button small" aria-disabled={isSaving} aria-label={t.policies.library.takeLabel(rule.name)} onClick={() => (isSaving ? undefined : take(rule))}>
                      {t.policies.library.take}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </DialogBox>
  )
}
