import { ArrowRight, Check, CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { DirectoryText, SentenceText } from '../../../components/directory-text.tsx'
import { formatDay } from '../../../components/format.ts'
import { toHash } from '../../../components/hash-route.ts'
import type { WhatIf } from '../../../../shared/model/policy.ts'
import { t } from '../../../texts/texts.ts'
import { SeverityBadge, StateBadge } from '../badges.tsx'
import type { ConflictLine, HeldSide } from '../policy-types.ts'

const namesOf = (rights: readonly HeldSide[]): string => rights.map((one) => one.name).join(', ')

const Line = ({ line, states }: { readonly line: ConflictLine; readonly states?: ReactNode }) => (
  <li className="outlook">
    <p className="outlook-head">
      <a className="strong-link" href={toHash('policies', 'rules', line.ruleId)}><DirectoryText>{line.ruleName}</DirectoryText></a>
      <SeverityBadge severity={line.severity} />
      {states ?? <StateBadge state={line.state} />}
    </p>
    <p className="soft"><DirectoryText>{namesOf(line.left)}</DirectoryText> + <DirectoryText>{namesOf(line.right)}</DirectoryText></p>
    {line.mitigatedBy === null ? null : <p className="faint"><SentenceText>{t.policies.preview.safeguard(line.mitigatedBy.name)}</SentenceText></p>}
    {line.exemptUntil === null ? null : <p className="faint">{t.policies.preview.until(formatDay(line.exemptUntil))}</p>}
  </li>
)

const Group = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="outlook-group">
    <h3>{title}</h3>
    <ul>{children}</ul>
  </section>
)

/** What would come, end, change and stay; before anything is asked, what is there now. */
export const WhatIfAnswer = ({ answer, isAsked }: { readonly answer: WhatIf; readonly isAsked: boolean }) => {
  const isQuiet = answer.appears.length + answer.ends.length + answer.changes.length === 0
  const words = t.policies.whatIf
  return (
    <div className="outlooks">
      {isAsked && isQuiet ? (
        <div className="notice good"><Check size={18} aria-hidden="true" /><div className="notice-body"><strong>{words.nothing}</strong><p>{words.nothingText}</p></div></div>
      ) : null}
      {answer.appears.some((line) => line.state === 'open') ? (
        <div className="notice hot"><CircleAlert size={18} aria-hidden="true" /><div className="notice-body"><strong>{words.answer(String(answer.appears.length), String(answer.ends.length))}</strong></div></div>
      ) : null}
      {answer.appears.length > 0 ? <Group title={words.appears}>{answer.appears.map((line) => <Line key={line.ruleId} line={line} />)}</Group> : null}
      {answer.ends.length > 0 ? <Group title={words.ends}>{answer.ends.map((line) => <Line key={line.ruleId} line={line} />)}</Group> : null}
      {answer.changes.length > 0 ? (
        <Group title={words.changes}>
          {answer.changes.map(({ before, after }) => (
            <Line key={after.ruleId} line={after} states={
              <span className="outlook-states">
                <span className="visually-hidden">{words.now}</span><StateBadge state={before.state} /><ArrowRight size={14} aria-hidden="true" />
                <span className="visually-hidden">{words.then}</span><StateBadge state={after.state} />
              </span>
            } />
          ))}
        </Group>
      ) : null}
      {answer.stays.length > 0 ? <Group title={isAsked ? words.stays : words.has}>{answer.stays.map((line) => <Line key={line.ruleId} line={line} />)}</Group>
        : isAsked ? null : <p className="soft">{words.hasNone}</p>}
    </div>
  )
}
