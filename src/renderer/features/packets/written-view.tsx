import { CircleCheckBig, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { WorkResult } from '../../../shared/contract/work.ts'
import { DialogBox } from '../../components/dialog-box.tsx'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatNumber } from '../../components/format.ts'
import { t } from '../../texts/texts.ts'
import { LettersView } from './letters-view.tsx'

type Written = WorkResult<'packets'>

const Reasons = ({ title, lines }: { readonly title: string; readonly lines: Written['failed'] }) => (
  <section className="section">
    <h3>{title}</h3>
    <ul className="bullets">{lines.map(({ person, reason }) => <li key={person}><DirectoryText>{`${person}: ${reason}`}</DirectoryText></li>)}</ul>
  </section>
)

interface WrittenProps {
  readonly campaign: number
  readonly written: Written
  readonly onClose: () => void
}

/** What came of writing packets: where they are, what has to be told, and who got none and why. */
export const WrittenDialog = ({ campaign, written, onClose }: WrittenProps) => {
  const words = t.packets.write
  const [isTelling, setTelling] = useState(false)
  if (isTelling && written.passphrases !== null) return <LettersView campaign={campaign} list={written.passphrases} onClose={() => setTelling(false)} />
  const folder = written.written[0]?.path.replace(/[\\/][^\\/]*$/, '') ?? null
  const isWhole = written.failed.length + written.notTried === 0
  return (
    <DialogBox title={words.title} onClose={onClose}>
      <div className="dialog-body form-stack" role="status">
        <p className="seal-done">
          {isWhole ? <CircleCheckBig size={22} className="outcome-keep" aria-hidden="true" /> : <TriangleAlert size={22} className="outcome-look-closer" aria-hidden="true" />}{' '}
          {words.done(written.written.length, formatNumber(written.written.length))}
        </p>
        {isWhole ? null : (
          <>
            <Reasons title={words.failed(written.failed.length, formatNumber(written.failed.length))} lines={written.failed} />
            <p>{written.notTried === 0 ? null : <>{words.notTried(written.notTried, formatNumber(written.notTried))} </>}{words.failedText}</p>
          </>
        )}
        {folder === null ? null : <div><span className="field-label">{words.files}</span><p className="mono small path-line"><DirectoryText>{folder}</DirectoryText></p></div>}
        {written.passphrases === null ? null : (
          <div className="notice warm">
            <TriangleAlert size={16} aria-hidden="true" />
            <div className="notice-body"><strong>{words.passphrases}</strong><span className="mono small path-line"><DirectoryText>{written.passphrases}</DirectoryText></span></div>
            <div className="actions"><button type="button" className="button" onClick={() => setTelling(true)}>{t.packets.letters.open}</button></div>
          </div>
        )}
        {written.skipped.length === 0 ? null : <Reasons title={words.skipped} lines={written.skipped} />}
      </div>
      <div className="dialog-foot"><button type="button" className="button primary" onClick={onClose}>{t.close}</button></div>
    </DialogBox>
  )
}
