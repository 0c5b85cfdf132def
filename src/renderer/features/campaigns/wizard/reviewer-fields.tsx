import { ArrowDown, ArrowUp, Plus } from 'lucide-react'
import { useId } from 'react'
import type { OutcomeStrategy, ReviewerRule } from '../../../../shared/model/campaign.ts'
import { outcomeStrategy } from '../../../../shared/model/campaign.ts'
import type { Session } from '../../../api/session.ts'
import { SentenceText } from '../../../components/directory-text.tsx'
import { ChoiceField, TextField } from '../../../components/fields.tsx'
import { formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import { PersonPicker } from '../../../components/person-picker.tsx'
import { emptyPart } from './campaign-draft.ts'
import type { Problems } from './draft-problems.ts'
import { IndependenceFields } from './independence-fields.tsx'
import { numberFrom, numberText } from '../../../components/number-from.ts'
import { ScopeFields, type Choices } from './scope-fields.tsx'
import { scopeWords } from './scope-words.ts'

interface ReviewerFieldsProps {
  readonly rule: ReviewerRule
  readonly strategy: OutcomeStrategy
  readonly session: Session
  readonly choices: Choices
  readonly problems: Problems
  readonly at: string
  readonly onChange: (change: { readonly rule?: ReviewerRule; readonly strategy?: OutcomeStrategy }) => void
}

type Who = ReviewerRule['order'][number]
const everybody: readonly Who[] = ['manager', 'managers-manager', 'owner', 'named', 'group']

const Order = ({ order, error, onChange }: { readonly order: readonly Who[]; readonly error: string | undefined; readonly onChange: (order: Who[]) => void }) => {
  const words = t.campaigns.wizard
  const id = useId()
  const shown = [...order, ...everybody.filter((who) => !order.includes(who))]
  const move = (who: Who, by: number): void => {
    const from = order.indexOf(who)
    onChange(order.toSpliced(from, 1).toSpliced(from + by, 0, who))
  }
  return (
    <fieldset className="plain-set" aria-describedby={error === undefined ? `${id}-text` : `${id}-text ${id}-error`}>
      <legend>{words.orderTitle}</legend>
      <p className="soft small" id={`${id}-text`}>{words.orderText}</p>
      <ol className="order-list sheet">
        {shown.map((who) => {
          const at = order.indexOf(who)
          const [title, detail] = words.order[who]
          return (
            <li key={who} className={at === -1 ? 'is-off' : undefined}>
              <input id={`${id}-${who}`} type="checkbox" checked={at !== -1} onChange={(event) => onChange(event.target.checked ? [...order, who] : order.filter((one) => one !== who))} />
              <label htmlFor={`${id}-${who}`}>{at === -1 ? '' : `${formatNumber(at + 1)}. `}{title}<span className="faint"> {detail}</span></label>
              <button type="button" className="button quiet small icon-only" aria-label={words.moveUp(title)} disabled={at < 1} onClick={() => move(who, -1)}><ArrowUp size={14} aria-hidden="true" /></button>
              <button type="button" className="button quiet small icon-only" aria-label={words.moveDown(title)} disabled={at === -1 || at === order.length - 1} onClick={() => move(who, 1)}>
                <ArrowDown size={14} aria-hidden="true" />
              </button>
            </li>
          )
        })}
      </ol>
      {error === undefined ? null : <p className="field-error" id={`${id}-error`} role="alert">{error}</p>}
    </fieldset>
  )
}

const Cases = ({ rule, session, choices, problems, at, onChange }: Omit<ReviewerFieldsProps, 'strategy' | 'onChange'> & { readonly onChange: (cases: ReviewerRule['cases']) => void }) => {
  const words = t.campaigns.wizard
  const { cases } = rule
  return (
    <fieldset className="plain-set">
      <legend>{words.cases}</legend>
      <p className="soft small">{words.casesText}</p>
      {cases.map((one, index) => (
        <details key={index} className="sheet set" open={one.reviewer === ''}>
          <summary>
            <strong>{words.caseOf(formatNumber(index + 1))}</strong> <span className="soft"><SentenceText>{`${scopeWords(one.scope) || words.setEmpty} → ${one.reviewer || '?'}`}</SentenceText></span>
          </summary>
          <PersonPicker label={words.caseReviewer} session={session} isSingle chosen={one.reviewer === '' ? [] : [one.reviewer]} error={problems[`${at}.cases.${index}.reviewer`]}
            onChange={([reviewer]) => onChange(cases.with(index, { ...one, reviewer: reviewer ?? '' }))} />
          <ScopeFields part={one.scope} at={`${at}.cases.${index}.scope`} choices={choices} problems={problems} onChange={(scope) => onChange(cases.with(index, { ...one, scope }))} />
          <p><button type="button" className="button quiet small" onClick={() => onChange(cases.toSpliced(index, 1))}>{words.remove(words.caseOf(formatNumber(index + 1)))}</button></p>
        </details>
      ))}
      <p>
        <button type="button" className="button small" onClick={() => onChange([...cases, { scope: emptyPart, reviewer: '' }])}>
          <Plus size={14} aria-hidden="true" />
          {words.addCase}
        </button>
      </p>
    </fieldset>
  )
}

/** Who answers for a grant; the same for the first stage and every further one. */
export const ReviewerFields = ({ rule, strategy, session, choices, problems, at, onChange }: ReviewerFieldsProps) => {
  const words = t.campaigns.wizard
  const set = (change: Partial<ReviewerRule>): void => onChange({ rule: { ...rule, ...change } })
  return (
    <div className="form-stack">
      <Order order={rule.order} error={problems[`${at}.order`]} onChange={(order) => set({ order })} />
      {rule.order.includes('named') ? (
        <PersonPicker label={words.named} session={session} isSingle chosen={rule.named === null ? [] : [rule.named]} error={problems[`${at}.named`]} onChange={([one]) => set({ named: one ?? null })} />
      ) : null}
      {rule.order.includes('group') ? (
        <PersonPicker label={words.group} session={session} chosen={rule.group} error={problems[`${at}.group`]} onChange={(group) => set({ group: [...group] })} />
      ) : null}
      <PersonPicker label={words.fallback} session={session} isSingle chosen={rule.fallback === '' ? [] : [rule.fallback]} error={problems[`${at}.fallback`]} onChange={([one]) => set({ fallback: one ?? '' })} />
      <div className="field-two">
        <ChoiceField label={words.askTitle} value={rule.ask} options={[['first', words.ask.first], ['all', words.ask.all]]} onChange={(ask) => set({ ask })} />
        {rule.ask === 'all' ? (
          <ChoiceField label={words.strategyLabel} value={strategy} options={outcomeStrategy.options.map((one) => [one, words.strategy[one]] as const)} onChange={(one) => onChange({ strategy: one })} />
        ) : null}
      </div>
      <div className="number-field">
        <TextField label={words.mostItems} hint={words.mostItemsHint} type="number" value={numberText(rule.mostItems)} error={problems[`${at}.mostItems`]} onChange={(text) => set({ mostItems: numberFrom(text) })} />
      </div>
      <IndependenceFields avoids={rule.avoids ?? []} onChange={(avoids) => set({ avoids })} />
      <Cases rule={rule} session={session} choices={choices} problems={problems} at={at} onChange={(cases) => set({ cases })} />
    </div>
  )
}
