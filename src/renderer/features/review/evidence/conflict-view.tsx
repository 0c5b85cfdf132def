import { DirectoryText, SentenceText } from '../../../components/directory-text.tsx'
import type { SignalOf } from '../../../../shared/model/signal.ts'
import { formatDay } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'

/** The two rights that must not meet, side by side. */
export const ConflictView =
  ({ facts, entitlement }: { readonly facts: SignalOf<'sod-conflict'>['facts']; readonly entitlement: string }) => (
  <div className="conflict">
    <p className="faint">{t.signals.conflictBoth}</p>
    <div className="conflict-pair">
      <span className="conflict-side"><DirectoryText>{entitlement}</DirectoryText></span>
      <span className="conflict-sign" aria-hidden="true">+</span>
      <span className="conflict-side"><DirectoryText>{facts.otherEntitlement}</DirectoryText></span>
    </div>
    {facts.mitigatedBy === undefined ? null : <p><SentenceText>{t.signals.conflictMitigated(facts.mitigatedBy)}</SentenceText></p>}
    {facts.exemptUntil === undefined ? null : <p>{t.signals.conflictExempt(formatDay(facts.exemptUntil))}</p>}
  </div>
)
