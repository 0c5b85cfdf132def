import { useQuery } from '@tanstack/react-query'
import { ShieldPlus } from 'lucide-react'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatMoment } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { ReasonDialog } from '../../../components/reason-dialog.tsx'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import type { ProtectedObject } from '../../../../shared/model/protected-object.ts'
import { t } from '../../../texts/texts.ts'
import { ProtectDialog } from './protect-dialog.tsx'

const nameOf = ({ name, nativeId }: ProtectedObject): string => plainText(name ?? nativeId)

/** Accounts and rights that no machine may take away and no advice may settle. */
export const ProtectedView = ({ mayChange }: { readonly mayChange: boolean }) => {
  const engine = useEngine()
  const objects = useQuery(engine.policies.protectedObjects.queryOptions())
  const [isAdding, setAdding] = useState(false)
  const [ending, setEnding] = useState<ProtectedObject | null>(null)
  const words = t.policies.protect
  const add = mayChange ? <button type="button" className="button" onClick={() => setAdding(true)}><ShieldPlus size={16} aria-hidden="true" />{words.add}</button> : null
  return (
    <div className="policies-body">
      <div className="body-head"><p className="soft">{words.text}</p>{objects.data !== undefined && objects.data.length > 0 ? add : null}</div>
      {objects.isError ? <FailureView error={objects.error} isInline onRetry={() => void objects.refetch()} /> : null}
      {objects.isPending ? <Skeleton lines={5} /> : null}
      {objects.data?.length === 0 ? <EmptyView isInline title={words.none} text={words.noneText}>{add}</EmptyView> : null}
      {objects.data !== undefined && objects.data.length > 0 ? (
        <div className="sheet table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{words.what}</th><th scope="col">{words.source}</th><th scope="col">{words.because}</th><th scope="col">{words.by}</th>
                <th scope="col"><span className="visually-hidden">{words.end}</span></th>
              </tr>
            </thead>
            <tbody>
              {objects.data.map((one) => (
                <tr key={one.id}>
                  <td>
                    <DirectoryText>{one.name ?? one.nativeId}</DirectoryText>
                    <p className="faint">{t.policies.kind[one.kind]} · <DirectoryText>{one.nativeId}</DirectoryText>{one.isMissing ? ` · ${words.missing}` : ''}</p>
                  </td>
                  <td><DirectoryText>{one.source}</DirectoryText></td>
                  <td>{t.policies.basis[one.basis]}<p className="faint"><DirectoryText>{one.reason}</DirectoryText></p></td>
                  <td className="faint"><DirectoryText>{one.protectedBy}</DirectoryText><p>{formatMoment(one.protectedAt)}</p></td>
                  <td>
                    {mayChange ? (
                      <button type="button" className="button small" aria-label={words.endLabel(plainText(one.name ?? one.nativeId))} onClick={() => setEnding(one)}>{words.end}</button>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {isAdding ? <ProtectDialog onClose={() => setAdding(false)} /> : null}
      {ending === null ? null : (
        <ReasonDialog
          words={{ title: words.endTitle(nameOf(ending)), text: words.endText, label: t.policies.exempt.why, confirm: words.endConfirm, said: words.released(nameOf(ending)) }}
          onConfirm={(reason) => engine.policies.endProtection.call({ id: ending.id, reason })} onClose={() => setEnding(null)}
        />
      )}
    </div>
  )
}
