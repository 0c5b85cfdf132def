import { useQuery } from '@tanstack/react-query'
import { Plus, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { CampaignScope, ScopePart } from '../../../../shared/model/campaign.ts'
import { useEngine } from '../../../api/engine.ts'
import { SentenceText } from '../../../components/directory-text.tsx'
import { addMonths, formatNumber } from '../../../components/format.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { emptyPart, emptyScope, isEmptyPart } from './campaign-draft.ts'
import { ScopeFields, type Choices } from './scope-fields.tsx'
import { scopeWords } from './scope-words.ts'
import type { StepProps } from './step-props.ts'

const unusedDays = 90
const freshMonths = 3

/** Scopes people start from; everything about them can be changed afterwards. */
const starts: Readonly<Record<keyof typeof t.campaigns.wizard.starts, (asOf: string) => Partial<CampaignScope>>> = {
  everything: () => ({}),
  privileged: () => ({ privileges: ['elevated', 'admin'] }),
  risky: () => ({ risks: ['high', 'critical'] }),
  gone: () => ({ anyOf: [{ ...emptyPart, onlyLeavers: true }, { ...emptyPart, onlyOrphans: true }] }),
  outsiders: () => ({ identityKinds: ['contractor', 'guest'] }),
  unused: () => ({ unusedForDays: unusedDays }),
  conflicts: () => ({ onlyConflicts: true }),
  fresh: (asOf) => ({ newSince: addMonths(asOf, -freshMonths) }),
}
const startKeys = Object.keys(starts) as (keyof typeof starts)[]

const StartingPoints = ({ scope, asOf, onChange }: { readonly scope: CampaignScope; readonly asOf: string; readonly onChange: (scope: CampaignScope) => void }) => {
  const words = t.campaigns.wizard
  const [before, setBefore] = useState<CampaignScope | null>(null)
  return (
    <section className="section" aria-label={words.startingPoints}>
      <h3>{words.startingPoints}</h3>
      <div className="starting-points">
        {startKeys.map((key) => {
          const made = { ...emptyScope, ...starts[key](asOf) }
          const isOn = JSON.stringify(made) === JSON.stringify(scope)
          const isOwn = !startKeys.some((one) => JSON.stringify({ ...emptyScope, ...starts[one](asOf) }) === JSON.stringify(scope))
          return (
            <button key={key} type="button" className="start-card" aria-pressed={isOn} onClick={() => { setBefore(isOwn ? scope : before); onChange(made) }}>
              <strong>{words.starts[key][0]}</strong>
              <span className="faint">{words.starts[key][1]}</span>
            </button>
          )
        })}
      </div>
      {before === null ? null : (
        <p>
          <button type="button" className="button quiet small" onClick={() => { onChange(before); setBefore(null) }}>
            <Undo2 size={14} aria-hidden="true" />
            {words.undoStart}
          </button>
        </p>
      )}
    </section>
  )
}

const Sets = ({ scope, choices, problems, onChange }: Pick<StepProps, 'problems'> & {
  readonly scope: CampaignScope; readonly choices: Choices; readonly onChange: (anyOf: ScopePart[]) => void
}) => {
  const words = t.campaigns.wizard
  return (
    <section className="section" aria-label={words.sets}>
      <h3>{words.sets}</h3>
      <p className="soft small">{words.setsText}</p>
      {scope.anyOf.map((part, index) => (
        <details key={index} className="sheet set" open={isEmptyPart(part)}>
          <summary>
            <strong>{words.set(formatNumber(index + 1))}</strong>{' '}
            <span className={isEmptyPart(part) ? 'outcome-look-closer' : 'soft'}><SentenceText>{scopeWords(part) || words.setEmpty}</SentenceText></span>
          </summary>
          <ScopeFields part={part} at={`scope.anyOf.${index}`} choices={choices} problems={problems} onChange={(changed) => onChange(scope.anyOf.with(index, changed))} />
          <p>
            <button type="button" className="button quiet small" onClick={() => onChange(scope.anyOf.toSpliced(index, 1))}>{words.remove(words.set(formatNumber(index + 1)))}</button>
          </p>
        </details>
      ))}
      <p>
        <button type="button" className="button small" onClick={() => onChange([...scope.anyOf, emptyPart])}>
          <Plus size={14} aria-hidden="true" />
          {words.addSet}
        </button>
      </p>
    </section>
  )
}

/** Which access is reviewed. */
export const ScopeStep = ({ draft, problems, onChange }: StepProps) => {
  const engine = useEngine()
  const words = t.campaigns.wizard
  const choices = useQuery(engine.campaigns.choices.queryOptions({ input: { asOf: draft.asOf } }))
  const { scope } = draft.spec
  const set = (next: CampaignScope): void => onChange({ spec: { ...draft.spec, scope: next } })
  if (choices.isError) return <FailureView isInline error={choices.error} onRetry={() => void choices.refetch()} />
  if (choices.data === undefined) return <Skeleton lines={8} />
  if (choices.data.sources.length === 0) {
    return <EmptyView isInline title={words.noGrants} text={words.noGrantsText}><a className="button" href="#/sources">{t.navigationItems.sources}</a></EmptyView>
  }
  return (
    <div className="form-stack">
      <StartingPoints scope={scope} asOf={draft.asOf} onChange={set} />
      <p className="soft small">{words.allMust}</p>
      <ScopeFields part={scope} at="scope" choices={choices.data} problems={problems} onChange={set} />
      <Sets scope={scope} choices={choices.data} problems={problems} onChange={(anyOf) => set({ ...scope, anyOf })} />
    </div>
  )
}
