import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { HistoryImport } from '../../../shared/model/learning.ts'
import { useEngine } from '../../api/engine.ts'
import { useAnnounce } from '../../components/announcer.tsx'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatMoment, formatNumber } from '../../components/format.ts'
import { t } from '../../texts/texts.ts'
import { ReasonDialog } from './reason-dialog.tsx'

/** Files of past decisions with their control totals; each can be taken out again. */
export const ImportsSection = ({ imports, canAct }: { readonly imports: readonly HistoryImport[]; readonly canAct: boolean }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const [asked, setAsked] = useState<HistoryImport | null>(null)
  const withdrawing = useMutation(engine.learning.withdraw.mutationOptions({
    onSuccess: async () => {
      setAsked(null)
      announce(t.learning.withdrawDone)
      await queries.invalidateQueries({ queryKey: engine.learning.key() })
    },
  }))
  const columns = t.learning.importColumns
  if (imports.length === 0) return null
  return (
    <section className="section">
      <h2>{t.learning.imports}</h2>
      <div className="sheet">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{columns.file}</th>
              <th scope="col">{columns.when}</th>
              {[columns.rows, columns.taken, columns.rejected, columns.twice].map((title) => <th key={title} scope="col" className="number">{title}</th>)}
              <th scope="col">{columns.counts}</th>
            </tr>
          </thead>
          <tbody>
            {imports.map((one) => (
              <tr key={one.id}>
                <td><DirectoryText>{one.fileName}</DirectoryText></td>
                <td className="soft">{formatMoment(one.at)}</td>
                {[one.rowsRead, one.imported, one.rejected, one.merged].map((n, at) => <td key={at} className="number">{formatNumber(n)}</td>)}
                <td>
                  {one.withdrawn !== null ? <span className="soft">{t.learning.withdrawn(formatMoment(one.withdrawn.at))}</span> : canAct ? (
                    <button type="button" className="button quiet small" aria-label={t.learning.withdrawLabel(one.fileName)} onClick={() => setAsked(one)}>
                      {t.learning.withdraw}
                    </button>
                  ) : t.learning.counts}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {asked === null ? null : (
        <ReasonDialog
          title={t.learning.withdrawTitle} text={t.learning.withdrawText(formatNumber(asked.imported))} act={t.learning.withdraw} needsReason
          isBusy={withdrawing.isPending} error={withdrawing.error} onAct={(reason) => withdrawing.mutate({ import: asked.id, reason })}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  )
}
