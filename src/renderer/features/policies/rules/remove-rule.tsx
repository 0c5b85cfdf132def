import { useState } from 'react'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import type { SodRule } from '../../../../shared/model/sod-rule.ts'
import { t } from '../../../texts/texts.ts'
import { useSaveRules } from './use-save-rules.ts'

interface RemoveProps {
  readonly rule: SodRule
  readonly rules: readonly SodRule[]
  readonly rulesHash: string
  readonly onRemoved: () => void
}

/** Takes a rule out of force after asking: its exemptions end with it. */
export const RemoveRule = ({ rule, rules, rulesHash, onRemoved }: RemoveProps) => {
  const [isAsking, setAsking] = useState(false)
  const saving = useSaveRules({ rulesHash, onSaved: () => { setAsking(false); onRemoved() } })
  return (
    <>
      <button type="button" className="button quiet" onClick={() => setAsking(true)}>{t.policies.rules.delete}</button>
      {isAsking ? (
        <DialogBox title={t.policies.rules.deleteTitle} isNarrow onClose={() => setAsking(false)}>
          <div className="dialog-body">
            <p><strong><DirectoryText>{rule.name}</DirectoryText></strong></p>
            <p className="soft">{t.policies.rules.deleteText}</p>
            <p className="field-error" role="alert">{saving.problem ?? ''}</p>
          </div>
          <div className="dialog-foot">
            <button type="button" className="button" autoFocus onClick={() => setAsking(false)}>{t.cancel}</button>
            <button type="button" className="button primary" disabled={saving.isSaving} onClick={() => saving.save(rules.filter((one) => one.id !== rule.id), rule, true)}>
              {t.policies.rules.delete}
            </button>
          </div>
        </DialogBox>
      ) : null}
    </>
  )
}
