import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { useId, useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { KeyHint } from '../../../components/key-hint.tsx'
import type { SodRule, SodSeverity, SodWithin } from '../../../../shared/model/sod-rule.ts'
import { t } from '../../../texts/texts.ts'
import { useSettled } from '../../../components/use-settled.ts'
import { asSaved, canPreview, changeRule, idFromName, isSameRule, noSide, ruleProblems, startRuleDraft, undoRule, type RuleDraft } from './rule-draft.ts'
import { RemoveRule } from './remove-rule.tsx'
import { RulePreviewView } from './rule-preview.tsx'
import { SideEditor } from './side-editor.tsx'
import { useSaveRules } from './use-save-rules.ts'

const severities: readonly SodSeverity[] = ['medium', 'high', 'critical']
const reaches: readonly SodWithin[] = ['anywhere', 'source', 'application']

interface EditorProps {
  readonly saved: SodRule
  readonly isNew: boolean
  readonly rules: readonly SodRule[]
  readonly rulesHash: string
  readonly draft: RuleDraft
  readonly mayChange: boolean
  readonly asOf: string
  readonly onDraft: (draft: RuleDraft) => void
  readonly onDone: () => void
}

/** A rule as a form, with whom it would catch beside it. Nothing is in force until it is saved; until then every step can be undone. */
export const RuleEditor = ({ saved, isNew, rules, rulesHash, draft, mayChange, asOf, onDraft, onDone }: EditorProps) => {
  const engine = useEngine()
  const id = useId()
  const [isAsked, setAsked] = useState(false)
  const { rule } = draft
  const isChanged = !isSameRule(asSaved(rule), saved)
  const settled = useSettled(rule, 350)
  const preview = useQuery(engine.policies.previewRule.queryOptions({
    // A rule without a name can be judged all the same.
    input: { rule: { ...asSaved(settled), id: 'preview', name: 'preview', description: '', reason: '' } }, enabled: canPreview(settled),
    placeholderData: keepPreviousData,
  }))
  const problems = ruleProblems(rule, new Set(isNew ? rules.map((one) => one.id) : []))
  const saving = useSaveRules({ rulesHash, onSaved: onDone })
  const change = <Field extends keyof SodRule>(field: Field, value: SodRule[Field]): void => onDraft(changeRule(draft, field, value))
  const rename = (name: string): void => {
    const next = changeRule(draft, 'name', name)
    // The id follows the name until somebody writes one.
    onDraft(isNew && (rule.id === '' || rule.id === idFromName(rule.name)) ? { ...next, rule: { ...next.rule, id: idFromName(name) } } : next)
  }
  const save = (): void => {
    setAsked(true)
    if (problems.length > 0) document.getElementById(problems[0] === 'needSides' ? `${id}-sides` : problems[0] === 'needName' ? `${id}-name` : `${id}-id`)?.focus()
    else saving.save([...rules.filter((one) => one.id !== saved.id), asSaved(rule)], rule)
  }
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const isText = event.target instanceof HTMLElement && event.target.matches('input, textarea')
    if (!mayChange || !(event.ctrlKey || event.metaKey)) return
    if (event.key === 's') save()
    else if (event.key === 'z' && !isText) onDraft(undoRule(draft))
    else return
    event.preventDefault()
  }
  const textField = (field: 'description' | 'reason', label: string, rows: number) => (
    <div className="field">
      <label htmlFor={`${id}-${field}`}>{label}</label>
      <textarea id={`${id}-${field}`} rows={rows} maxLength={2_000} value={rule[field]} readOnly={!mayChange} onChange={(event) => change(field, event.target.value)} />
    </div>
  )
  return (
    <form className="rule-editor" aria-label={rule.name === '' ? t.policies.rules.newTitle : rule.name} onKeyDown={onKeyDown} onSubmit={(event) => { event.preventDefault(); save() }}>
      <div className="rule-form">
        <div className="field">
          <label htmlFor={`${id}-name`}>{t.policies.rules.name}</label>
          <input id={`${id}-name`} value={rule.name} maxLength={120} readOnly={!mayChange} autoFocus={isNew} aria-invalid={isAsked && problems.includes('needName')} onChange={(event) => rename(event.target.value)} />
        </div>
        {isNew ? (
          <div className="field">
            <label htmlFor={`${id}-id`}>{t.policies.rules.id}</label>
            <input
              id={`${id}-id`} className="mono" value={rule.id} maxLength={64} aria-describedby={`${id}-id-hint`}
              aria-invalid={isAsked && (problems.includes('needId') || problems.includes('takenId'))} onChange={(event) => change('id', event.target.value)}
            />
            <span className="field-hint" id={`${id}-id-hint`}>{t.policies.rules.idHint}</span>
          </div>
        ) : null}
        <div className="field-pair">
          <div className="field">
            <label htmlFor={`${id}-severity`}>{t.policies.rules.severity}</label>
            <select id={`${id}-severity`} value={rule.severity} disabled={!mayChange} onChange={(event) => change('severity', severities.find((one) => one === event.target.value) ?? rule.severity)}>
              {severities.map((one) => <option key={one} value={one}>{t.policies.severity[one]}</option>)}
            </select>
          </div>
          <div className="field">
            <label htmlFor={`${id}-within`}>{t.policies.rules.within}</label>
            <select id={`${id}-within`} value={rule.within} disabled={!mayChange} onChange={(event) => change('within', reaches.find((one) => one === event.target.value) ?? rule.within)}>
              {reaches.map((one) => <option key={one} value={one}>{t.policies.within[one]}</option>)}
            </select>
          </div>
        </div>
        <div className="rule-sides" id={`${id}-sides`} tabIndex={-1}>
          <SideEditor title={t.policies.rules.left} side={rule.left} known={preview.data?.left} mayChange={mayChange} onChange={(side) => change('left', side)} />
          <SideEditor title={t.policies.rules.right} side={rule.right} known={preview.data?.right} mayChange={mayChange} onChange={(side) => change('right', side)} />
          <SideEditor
            title={t.policies.rules.compensating} hint={t.policies.rules.compensatingHint} side={rule.compensating ?? noSide} known={preview.data?.compensating ?? undefined}
            mayChange={mayChange} onChange={(side) => change('compensating', side)}
          />
        </div>
        {textField('description', t.policies.rules.description, 3)}
        {textField('reason', t.policies.rules.reason, 2)}
      </div>
      <RulePreviewView preview={preview} canPreview={canPreview(rule)} isSaved={!isChanged && !isNew} rule={saved} mayChange={mayChange} asOf={asOf} />
      {mayChange ? (
        <div className="editor-foot">
          {isAsked && problems.length > 0 ? (
            <p className="field-error" role="alert">{t.policies.rules.problem} {problems.map((one) => t.policies.rules[one]).join(' ')}</p>
          ) : saving.problem === null ? null : <p className="field-error" role="alert">{saving.problem}</p>}
          {isNew ? null : <RemoveRule rule={saved} rules={rules} rulesHash={rulesHash} onRemoved={onDone} />}
          <span className="top-space" />
          <button type="button" className="button quiet" disabled={draft.past.length === 0} onClick={() => onDraft(undoRule(draft))}>
            <Undo2 size={15} aria-hidden="true" />{t.policies.rules.undo}<KeyHint>Ctrl Z</KeyHint>
          </button>
          <button type="button" className="button" disabled={!isChanged} onClick={() => (isNew ? onDraft(startRuleDraft(saved)) : onDone())}>{t.policies.rules.discard}</button>
          <button type="submit" className="button primary" disabled={!isChanged || saving.isSaving}>
            {saving.isSaving ? t.policies.rules.saving : t.policies.rules.save}<KeyHint>Ctrl S</KeyHint>
          </button>
        </div>
      ) : null}
    </form>
  )
}
