import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../api/engine.ts'
import { DialogBox } from '../../components/dialog-box.tsx'
import { DirectoryText, SentenceText } from '../../components/directory-text.tsx'
import { formatMoment } from '../../components/format.ts'
import { saveText } from '../../components/save-text.ts'
import { FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'

const tone = { keep: 'badge good', revoke: 'badge hot', 'keep-until': 'badge calm', 'look-closer': 'badge warm', undecided: 'badge' } as const

/** A sample's items with what was decided, drawn again with its seed to see that the same come out, and as a file to work through. */
export const SampleDialog = ({ campaign, sample, onClose }: { readonly campaign: number; readonly sample: number; readonly onClose: () => void }) => {
  const engine = useEngine()
  const words = t.evidence.samples
  const shown = useQuery(engine.evidence.sample.queryOptions({ input: { campaign, sample }, staleTime: 0, gcTime: 0 }))
  return (
    <DialogBox title={words.shown(String(sample))} isWide onClose={onClose}>
      <div className="dialog-body form-stack">
        {shown.isError ? <FailureView error={shown.error} isInline onRetry={() => void shown.refetch()} /> : null}
        {shown.isPending ? <Skeleton lines={6} /> : null}
        {shown.data === undefined ? null : (
          <>
            <p className="mono"><DirectoryText>{shown.data.seed}</DirectoryText></p>
            <p className={shown.data.isSame ? 'outcome-keep' : 'outcome-revoke'} role="status">{shown.data.isSame ? words.isSame : words.isOther}</p>
            <div className="note-table-box sample-items" role="group" aria-label={words.items} tabIndex={0}>
              <table className="note-table">
                <thead>
                  <tr><th scope="col" className="number">{words.item}</th><th scope="col">{words.person}</th><th scope="col">{words.access}</th><th scope="col">{words.outcome}</th><th scope="col">{words.decided}</th></tr>
                </thead>
                <tbody>
                  {shown.data.items.map((one) => (
                    <tr key={one.item}>
                      <td className="number">{one.item}</td>
                      <td><DirectoryText>{one.subject ?? words.nobody}</DirectoryText><br /><span className="faint mono"><DirectoryText>{one.account}</DirectoryText></span></td>
                      <td><DirectoryText>{one.entitlement}</DirectoryText><br /><span className="faint"><DirectoryText>{one.application ?? one.source}</DirectoryText></span></td>
                      <td><span className={tone[one.outcome]}>{words.among[one.outcome]}</span>{one.reason === null ? null : <><br /><span className="soft"><DirectoryText>{one.reason}</DirectoryText></span></>}</td>
                      <td>{one.decidedBy === null || one.decidedAt === null ? <span className="faint">{words.undecided}</span> : <SentenceText>{t.evidence.notes.byAt(one.decidedBy, formatMoment(one.decidedAt))}</SentenceText>}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>{t.close}</button>
        <button type="button" className="button primary" disabled={shown.data === undefined}
          onClick={() => { if (shown.data !== undefined) saveText(words.file(String(campaign), String(sample)), shown.data.csv, 'text/csv;charset=utf-8') }}>
          {words.save}
        </button>
      </div>
    </DialogBox>
  )
}
