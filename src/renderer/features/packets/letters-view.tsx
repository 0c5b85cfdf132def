import { useQuery } from '@tanstack/react-query'
import { Printer } from 'lucide-react'
import { useState } from 'react'
import { useEngine } from '../../api/engine.ts'
import { DialogBox } from '../../components/dialog-box.tsx'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatDay, formatNumber } from '../../components/format.ts'
import { plainText } from '../../components/plain-text.ts'
import { FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'

interface LettersProps {
  readonly campaign: number
  /** The list beside the packets; nothing else keeps what it says. */
  readonly list: string
  readonly onClose: () => void
}

/** The passphrases of written packets, each for one person: to be read out, or printed on a sheet of its own. */
export const LettersView = ({ campaign, list, onClose }: LettersProps) => {
  const engine = useEngine()
  const words = t.packets.letters
  const [typed, setTyped] = useState('')
  // Not kept once it is off the screen.
  const told = useQuery({ ...engine.packets.passphrases.queryOptions({ input: { campaign, list } }), gcTime: 0, staleTime: Number.POSITIVE_INFINITY })
  const needle = typed.trim().toLocaleLowerCase()
  const shown = (told.data ?? []).filter(({ name, person }) => plainText(`${name} ${person}`).toLocaleLowerCase().includes(needle))
  return (
    <DialogBox title={words.title} onClose={onClose}>
      <div className="dialog-body form-stack">
        <p className="soft letters-screen">{words.text}</p>
        {told.isError ? <FailureView error={told.error} isInline onRetry={() => void told.refetch()} /> : null}
        {told.isPending ? <Skeleton lines={5} /> : null}
        {told.data === undefined ? null : (
          <>
            {told.data.length > 5 ? (
              <input type="search" className="compact-input letters-screen" aria-label={words.filter} placeholder={words.filter} value={typed} onChange={(event) => setTyped(event.target.value)} />
            ) : null}
            {shown.length === 0 ? <p className="faint" role="status">{words.none}</p> : null}
            <div className="letter-sheets print-sheet" tabIndex={0} role="group" aria-label={words.title}>
              {shown.map((one) => (
                <article key={one.packet} className="letter-sheet sheet" aria-label={words.sheet(plainText(one.name))}>
                  <h3><DirectoryText>{one.name}</DirectoryText> <span className="faint small"><DirectoryText>{one.person}</DirectoryText></span></h3>
                  <p className="letter-how">{words.how}</p>
                  <dl>
                    <dt>{words.passphrase}</dt><dd className="mono told-passphrase">{one.passphrase}</dd>
                    <dt>{words.file}</dt><dd className="mono small"><DirectoryText>{one.file}</DirectoryText></dd>
                    <dt>{words.items}</dt><dd className="numbers">{formatNumber(one.items)}</dd>
                    <dt>{words.until}</dt><dd>{formatDay(one.expiresAt.slice(0, 10))}</dd>
                  </dl>
                </article>
              ))}
            </div>
          </>
        )}
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" disabled={shown.length === 0} onClick={() => window.print()}><Printer size={16} aria-hidden="true" />{words.print(shown.length, formatNumber(shown.length))}</button>
        <button type="button" className="button primary" onClick={onClose}>{t.close}</button>
      </div>
    </DialogBox>
  )
}
