import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { DirectoryText, SentenceText } from '../../../components/directory-text.tsx'
import { formatDay, formatMoment } from '../../../components/format.ts'
import { toHash } from '../../../components/hash-route.ts'
import { plainText } from '../../../components/plain-text.ts'
import { ReasonDialog } from '../../../components/reason-dialog.tsx'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import type { SodExemption } from '../../../../shared/model/policy.ts'
import { t } from '../../../texts/texts.ts'

const tone = { active: 'badge calm', expired: 'badge warm', ended: 'badge' } as const

/** Conflicts somebody has accepted: who answers for them and until when; past ones stay readable. */
export const ExemptionsView = ({ mayChange }: { readonly mayChange: boolean }) => {
  const engine = useEngine()
  const exemptions = useQuery(engine.policies.exemptions.queryOptions())
  const [ending, setEnding] = useState<SodExemption | null>(null)
  const words = t.policies.exempt
  return (
    <div className="policies-body">
      {exemptions.isError ? <FailureView error={exemptions.error} isInline onRetry={() => void exemptions.refetch()} /> : null}
      {exemptions.isPending ? <Skeleton lines={6} /> : null}
      {exemptions.data?.length === 0 ? <EmptyView isInline title={words.none} text={words.noneText} /> : null}
      {exemptions.data !== undefined && exemptions.data.length > 0 ? (
        <div className="sheet table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{words.who}</th><th scope="col">{words.rule}</th><th scope="col">{words.state}</th><th scope="col">{words.ends}</th>
                <th scope="col">{words.owner}</th><th scope="col">{words.given}</th><th scope="col"><span className="visually-hidden">{words.end}</span></th>
              </tr>
            </thead>
            <tbody>
              {exemptions.data.map((one) => (
                <tr key={one.id}>
                  <td><a className="strong-link" href={toHash('policies', 'what-if', String(one.identityId))}><DirectoryText>{one.subject}</DirectoryText></a></td>
                  <td>
                    {one.ruleName === null ? <span className="mono">{one.ruleId}</span>
                      : <a href={toHash('policies', 'rules', one.ruleId)}><DirectoryText>{one.ruleName}</DirectoryText></a>}
                  </td>
                  <td><span className={tone[one.state]}>{words[one.state]}</span></td>
                  <td>{formatDay(one.until)}</td>
                  <td>
                    <DirectoryText>{one.owner}</DirectoryText>
                    <p className="faint"><DirectoryText>{one.reason}</DirectoryText></p>
                    {one.endedWhy === null ? null : <p className="faint"><DirectoryText>{`${words.ended}: ${one.endedWhy}`}</DirectoryText></p>}
                  </td>
                  <td className="faint"><SentenceText>{words.by(one.grantedBy, formatMoment(one.grantedAt))}</SentenceText></td>
                  <td>
                    {mayChange && one.state === 'active' ? (
                      <button type="button" className="button small" aria-label={words.endLabel(plainText(one.subject))} onClick={() => setEnding(one)}>{words.end}</button>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {ending === null ? null : (
        <ReasonDialog
          words={{ title: words.endTitle(plainText(ending.subject)), text: words.endText, label: t.policies.exempt.why, confirm: words.endConfirm, said: words.endedNow(plainText(ending.subject)) }}
          onConfirm={(reason) => engine.policies.endExemption.call({ id: ending.id, reason })} onClose={() => setEnding(null)}
        />
      )}
    </div>
  )
}
