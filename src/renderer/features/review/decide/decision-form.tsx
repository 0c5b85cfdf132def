import { useId, useRef, useState } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { addMonths, formatDay } from '../../../components/format.ts'
import { KeyHint } from '../../../components/key-hint.tsx'
import { OutcomeSign } from '../../../components/outcome-sign.tsx'
import type { Outcome } from '../../../../shared/model/decision.ts'
import { t } from '../../../texts/texts.ts'
import type { ReviewItem } from '../review-types.ts'
import { draftProblem, startDraft } from './decision-draft.ts'
import type { DecisionDraft, DraftProblem } from './decision-draft.ts'

interface FormProps {
  readonly item: ReviewItem
  readonly outcome: Outcome
  readonly onConfirm: (draft: DecisionDraft) => void
  readonly onCancel: () => void
}

const problemText: Record<DraftProblem, string> = { reason: t.review.decide.needReason, text: t.review.decide.needText,
  until: t.review.decide.needUntil }

interface UntilProps {
  readonly item: ReviewItem
  readonly value: string
  readonly isInvalid: boolean
  readonly describedBy: string | undefined
  readonly onChange: (day: string) => void
}

const UntilField = ({ item, value, isInvalid, describedBy, onChange }: UntilProps) => {
  const id = useId()
  const choices =
    [[1, t.review.decide.untilChoices.month], [3, t.review.decide.untilChoices.quarter], [6, t.review.decide.untilChoices.half],
      [12, t.review.depth.year]] as const
  return (
    <div className="field until-field">
      <label htmlFor={id}>{t.review.decide.until}</label>
      <div className="until-line">
        <input
          id={id} type="date" value={value} min={item.asOf} max={item.latestUntil} autoFocus aria-invalid={isInvalid}
          aria-describedby={[`${id}-hint`, describedBy].filter(Boolean).join(' ')} onChange={(event) => onChange(event.target.value)}
        />
        {choices.map(([months, label]) => {
          const day = addMonths(item.asOf, months)
          return day > item.latestUntil ? null : (
            <button key={months} type="button" className="button small" aria-pressed={value === day} onClick={() => onChange(day)}>
              {label}
            </button>
          )
        })}
      </div>
      <span className="field-hint" id={`${id}-hint`}>{t.review.decide.untilHint(formatDay(item.latestUntil))}</span>
    </div>
  )
}

const AskField = ({ item, value, onChange }: { readonly item: ReviewItem; readonly value: DecisionDraft['askOf'];
  readonly onChange: (askOf: DecisionDraft['askOf']) => void }) => {
  const words = t.review.depth.questions
  const { owner } = item.access
  return (
    <RadioGroup className="reason-group ask-group" value={value ?? 'nobody'}
      onChange={(to) => onChange(to === 'owner' || to === 'officer' ? to : null)}>
      <Label className="field-label">{words.who}</Label>
      <div className="reason-list">
        {([['nobody', words.nobody], ['owner', owner === null ? words.noOwner : words.owner(owner)], ['officer', words.officer]] as const).map(([to, label]) => (
          <Radio key={to} value={to} className="reason" isDisabled={to === 'owner' && owner === null}>
            <span className="reason-dot" aria-hidden="true" />
            <span className="reason-text"><DirectoryText>{label}</DirectoryText></span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}

/** Asks for what a decision needs: a reason from a short list, words of one's own, a day. Digits choose a reason, Enter confirms. */
export const DecisionForm = ({ item, outcome, onConfirm, onCancel }: FormProps) => {
  const [draft, setDraft] = useState(() => startDraft(item, outcome))
  const [problem, setProblem] = useState<DraftProblem | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const id = useId()
  const reasons = item.reasons[outcome]
  const isReasonRequired = item.reasonRequired[outcome]
  const isQuestion = outcome === 'look-closer'

  const confirm = (): void => {
    const found = draftProblem(item, draft)
    setProblem(found)
    if (found === null) onConfirm(draft)
    else {form.current?.querySelector<HTMLElement>(found === 'until' ? 'input[type=date]'
      : found === 'text' ? 'textarea' : 'input[type=radio]')?.focus()}
  }
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const isInField = event.target instanceof HTMLElement && event.target.matches('textarea, input[type=date]')
    const digit = /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey ? Number(event.key) : 0
    const reason = reasons[digit - 1]
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      onCancel()
    } else if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey
      && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault()
      confirm()
    } else if (!isInField && reason !== undefined) {
      event.preventDefault()
      setDraft({ ...draft, reason })
      if (reason === 'other') form.current?.querySelector('textarea')?.focus()
    }
  }

  return (
    <form
      ref={form} className="decision-form" aria-labelledby={`${id}-title`} onKeyDown={onKeyDown}
      onSubmit={(event) => { event.preventDefault(); confirm() }}
    >
      <h3 id={`${id}-title`}>
        <OutcomeSign state={outcome} />
        {t.review.decide.reasonTitle[outcome]}
      </h3>
      {outcome === 'keep-until' ? (
        <UntilField
          item={item} value={draft.until} isInvalid={problem === 'until'} describedBy={problem === 'until' ? `${id}-problem` : undefined}
          onChange={(until) => setDraft({ ...draft, until })}
        />
      ) : null}
      <RadioGroup
        className="reason-group" value={draft.reason} isInvalid={problem === 'reason'} aria-describedby={`${id}-problem`}
        onChange={(value) => setDraft({ ...draft, reason: reasons.find((reason) => reason === value) ?? null })}
      >
        <Label className="field-label">{isReasonRequired ? t.review.decide.reason : t.review.decide.reasonOptional}</Label>
        <div className="reason-list">
          {reasons.map((reason, at) => (
            <Radio key={reason} value={reason} className="reason" autoFocus={outcome !== 'keep-until' && at === 0}>
              <span className="reason-dot" aria-hidden="true" />
              <span className="reason-text">{t.reason[reason]}</span>
              {at < 9 ? <KeyHint>{String(at + 1)}</KeyHint> : null}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      <div className="field">
        <label htmlFor={`${id}-text`}>
          {isQuestion ? t.review.decide.question : draft.reason === 'other' ? t.review.decide.text : t.review.decide.textOptional}</label>
        <textarea
          id={`${id}-text`} rows={2} maxLength={2000} value={draft.text} aria-invalid={problem === 'text'}
          aria-describedby={problem === 'text' ? `${id}-problem` : undefined}
            onChange={(event) => setDraft({ ...draft, text: event.target.value })}
        />
      </div>
      {isQuestion ? <AskField item={item} value={draft.askOf} onChange={(askOf) => setDraft({ ...draft, askOf })} /> : null}
      <div className="form-foot">
        <span className="field-error" id={`${id}-problem`} role="alert">
          {problem === null ? '' : problem === 'text' && draft.askOf !== null ? t.review.depth.questions.needText : problemText[problem]}
        </span>
        <button type="button" className="button quiet" onClick={onCancel}>
          {t.cancel}
          <KeyHint>Esc</KeyHint>
        </button>
        <button type="submit" className="button primary">
          {t.review.decide.confirm[outcome]}
          <KeyHint>↵</KeyHint>
        </button>
      </div>
    </form>
  )
}
