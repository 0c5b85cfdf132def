import { CircleCheckBig, CircleX, Info, KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { TakenFile } from '../../api/file-intake.ts'
import { DirectoryText, SentenceText } from '../../components/directory-text.tsx'
import { FileDrop } from '../../components/file-drop.tsx'
import { formatNumber } from '../../components/format.ts'
import { t } from '../../texts/texts.ts'
import { EnrolDialog } from './enrol-dialog.tsx'
import type { Imported, Taken } from './packet-types.ts'
import { TakeDialog } from './take-dialog.tsx'

const ResultWords = ({ result }: { readonly result: Imported }) => {
  const words = t.packets.take
  const { merged, undecided, conflicts, wasThere } = result
  return (
    <>
      <p>
        {wasThere ? <><Info size={15} className="faint" aria-hidden="true" /> {words.wasThere}</>
          : <><CircleCheckBig size={15} className="outcome-keep" aria-hidden="true" /> {words.taken(merged, formatNumber(merged))}{undecided === 0 ? '' : `; ${words.undecided(undecided, formatNumber(undecided))}`}</>}
      </p>
      {conflicts.length === 0 ? null : (
        <details className="take-conflicts" open={conflicts.length <= 5}>
          <summary>{words.conflict(conflicts.length, formatNumber(conflicts.length))}</summary>
          <ul className="bullets">
            {conflicts.map(({ itemId, subject, entitlement, reason }) => <li key={itemId}><SentenceText>{words.conflictLine(subject, entitlement, words.why[reason])}</SentenceText></li>)}
          </ul>
          <p className="faint">{words.conflictsWhat}</p>
        </details>
      )}
    </>
  )
}

const Report = ({ taken, onKey }: { readonly taken: readonly Taken[]; readonly onKey: (file: TakenFile) => void }) => {
  const words = t.packets.take
  return (
    <div className="sheet wide-table" tabIndex={0} role="group" aria-label={words.report}>
      <table className="table take-table">
        <thead><tr><th scope="col">{words.columns.file}</th><th scope="col">{words.columns.person}</th><th scope="col">{words.columns.result}</th></tr></thead>
        <tbody>
          {taken.map((one) => (
            <tr key={one.file.path}>
              <td className="mono small"><DirectoryText>{one.file.name}</DirectoryText></td>
              <td>{one.is === 'taken' ? <DirectoryText>{one.result.person}</DirectoryText> : null}</td>
              <td>
                {one.is === 'taken' ? <ResultWords result={one.result} /> : (
                  <>
                    <p><CircleX size={15} className="outcome-revoke" aria-hidden="true" /> <strong>{words.refused}</strong> <DirectoryText>{one.message}</DirectoryText></p>
                    {one.mayBeKey ? <p><button type="button" className="button small" onClick={() => onKey(one.file)}><KeyRound size={14} aria-hidden="true" />{words.enrol}</button></p> : null}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Brings responses in, one or many, and says of each what was taken, what was left out and why. */
export const TakeResponses = ({ onChanged }: { readonly onChanged: () => void }) => {
  const words = t.packets.take
  const [files, setFiles] = useState<readonly TakenFile[] | null>(null)
  const [taken, setTaken] = useState<readonly Taken[]>([])
  const [keyOf, setKeyOf] = useState<TakenFile | null>(null)
  const note = (more: readonly Taken[]): void => {
    const again = new Set(more.map(({ file }) => file.path))
    setTaken((before) => [...before.filter(({ file }) => !again.has(file.path)), ...more])
    onChanged()
  }
  return (
    <section className="section">
      <h2>{words.title}</h2>
      <FileDrop words={words} accept=".musterpack-response" isMany isSmall onTaken={setFiles} />
      {taken.length === 0 ? null : (
        <>
          <div className="packets-bar"><h3>{words.report}</h3><span className="top-space" /><button type="button" className="button quiet small" onClick={() => setTaken([])}>{words.clear}</button></div>
          <Report taken={taken} onKey={setKeyOf} />
        </>
      )}
      {files === null ? null : <TakeDialog files={files} onClose={() => setFiles(null)} onDone={(done) => { setFiles(null); note(done) }} />}
      {keyOf === null ? null : <EnrolDialog file={keyOf} onClose={() => setKeyOf(null)} onEnrolled={(done) => note([done])} />}
    </section>
  )
}
