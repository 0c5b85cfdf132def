import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { FailureLine } from '../../../components/failure-line.tsx'
import { formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'

interface PlantedProps { readonly campaignId: number; readonly mayAct: boolean; readonly onPlant: () => void }

/** Items whose right answer is known, and whether reviewers found it. Nobody who reviews sees this. */
export const PlantedSection = ({ campaignId, mayAct, onPlant }: PlantedProps) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.campaigns.plant
  const planted = useQuery(engine.campaigns.planted.queryOptions({ input: { campaign: campaignId } }))
  const taking = useMutation({
    mutationFn: (item: number) => engine.campaigns.plant.call({ campaign: campaignId, item, expected: null }),
    onSuccess: async () => {
      announce(words.taken)
      await queries.invalidateQueries({ queryKey: engine.campaigns.key() })
    },
  })
  if (planted.data?.length === 0 && !mayAct) return null
  return (
    <section className="section">
      <h2>{words.heading}</h2>
      <p className="soft">{words.headingText}</p>
      {planted.isError ? <FailureView isInline error={planted.error} onRetry={() => void planted.refetch()} /> : null}
      {planted.isPending ? <Skeleton lines={2} /> : null}
      {planted.data === undefined || planted.data.length === 0 ? null : (
        <div className="sheet wide-table" tabIndex={0} role="group" aria-label={words.heading}>
          <table className="table dense">
            <thead>
              <tr>
                <th scope="col">{words.columns.subject}</th><th scope="col">{words.columns.right}</th><th scope="col">{words.columns.expected}</th>
                <th scope="col" className="number">{words.columns.answers}</th><th scope="col" className="number">{words.columns.asExpected}</th><th scope="col">{words.columns.by}</th>
                <th scope="col"><span className="visually-hidden">{t.campaigns.actions}</span></th>
              </tr>
            </thead>
            <tbody>
              {planted.data.map((one) => (
                <tr key={one.item}>
                  <td><DirectoryText>{one.subject}</DirectoryText></td>
                  <td><DirectoryText>{one.entitlement}</DirectoryText> <span className="faint"><DirectoryText>{one.application}</DirectoryText></span></td>
                  <td>{t.outcome[one.expected]}</td>
                  <td className="number">{formatNumber(one.answered)} {t.campaigns.figure.of(formatNumber(one.asked))}</td>
                  <td className="number"><span className={one.right < one.answered ? 'outcome-revoke' : undefined}>{formatNumber(one.right)}</span></td>
                  <td className="soft small"><DirectoryText>{one.plantedBy}</DirectoryText>{one.note === '' ? null : <p><DirectoryText>{one.note}</DirectoryText></p>}</td>
                  <td className="number">
                    {mayAct && one.answered === 0 ? (
                      <button type="button" className="button quiet small" aria-label={words.takeBackOf(plainText(`${one.subject}: ${one.entitlement}`))} disabled={taking.isPending} onClick={() => taking.mutate(one.item)}>
                        {words.takeBack}
                      </button>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <FailureLine error={taking.error} />
      {mayAct ? <p><button type="button" className="button small" onClick={onPlant}>{words.button}</button></p> : null}
    </section>
  )
}
