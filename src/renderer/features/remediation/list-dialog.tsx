import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Download, Printer } from 'lucide-react'
import { useEngine } from '../../api/engine.ts'
import { useAnnounce } from '../../components/announcer.tsx'
import { DialogBox } from '../../components/dialog-box.tsx'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatDay } from '../../components/format.ts'
import { FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'

const words = t.remediation.list

const save = (csv: string): void => {
  const url = URL.createObjectURL(new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = words.fileName
  link.click()
  URL.revokeObjectURL(url)
}

/** A list for people who remove access by hand: to save, to print, and to mark as handed out. */
export const ListDialog = ({ ids, mayChange, onClose }: { readonly ids: readonly number[]; readonly mayChange: boolean; readonly onClose: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const list = useQuery(engine.remediation.workList.queryOptions({ input: { ids: [...ids] } }))
  const handing = useMutation({
    mutationFn: () => engine.remediation.workList.call({ ids: [...ids], isHandedOut: true }),
    onSuccess: async () => {
      announce(words.handedOut)
      onClose()
      await queries.invalidateQueries({ queryKey: engine.remediation.key() })
    },
  })
  return (
    <DialogBox title={words.title} isWide onClose={onClose}>
      <div className="dialog-body form-stack">
        <p className="soft">{words.text}</p>
        {list.isError ? <FailureView error={list.error} isInline onRetry={() => void list.refetch()} /> : null}
        {list.isPending ? <Skeleton lines={5} /> : null}
        {list.data === undefined ? null : (
          <div className="outcome-scroll print-sheet" tabIndex={0} role="group" aria-label={words.title}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{words.remove}</th><th scope="col">{words.from}</th><th scope="col">{words.where}</th><th scope="col">{words.loses}</th><th scope="col">{words.due}</th>
                </tr>
              </thead>
              <tbody>
                {list.data.lines.map((line) => (
                  <tr key={line.id}>
                    <td><DirectoryText>{line.remove.name}</DirectoryText><p className="faint mono"><DirectoryText>{line.remove.nativeId}</DirectoryText></p></td>
                    <td><DirectoryText>{line.subjectName}</DirectoryText><p className="faint"><DirectoryText>{line.account}</DirectoryText></p></td>
                    <td><DirectoryText>{line.source}</DirectoryText></td>
                    <td><DirectoryText>{line.entitlementName}</DirectoryText>{line.instead === null ? null : <p className="faint"><DirectoryText>{line.instead}</DirectoryText></p>}</td>
                    <td className="numbers nowrap">{formatDay(line.dueOn)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {handing.isError ? <FailureView error={handing.error} isInline onRetry={() => handing.mutate()} /> : null}
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>{t.remediation.remove.close}</button>
        <button type="button" className="button" disabled={list.data === undefined} onClick={() => window.print()}><Printer size={16} aria-hidden="true" />{words.print}</button>
        <button type="button" className="button" disabled={list.data === undefined} onClick={() => save(list.data?.csv ?? '')}><Download size={16} aria-hidden="true" />{words.csv}</button>
        {mayChange ? <button type="button" className="button primary" disabled={list.data === undefined || handing.isPending} onClick={() => handing.mutate()}>{words.handOut}</button> : null}
      </div>
    </DialogBox>
  )
}
