import { useState } from 'react'
import { useEngine } from '../../api/engine.ts'
import type { TakenFile } from '../../api/file-intake.ts'
import { useAnnounce } from '../../components/announcer.tsx'
import { DialogBox } from '../../components/dialog-box.tsx'
import { TextField } from '../../components/fields.tsx'
import { formatNumber } from '../../components/format.ts'
import { t } from '../../texts/texts.ts'
import { takeOne } from './take-one.ts'
import type { Taken } from './packet-types.ts'

interface TakeProps {
  readonly files: readonly TakenFile[]
  readonly onClose: () => void
  readonly onDone: (taken: readonly Taken[]) => void
}

/** Asks for the passphrase once, then takes one file after the other. */
export const TakeDialog = ({ files, onClose, onDone }: TakeProps) => {
  const engine = useEngine()
  const announce = useAnnounce()
  const words = t.packets.take
  const [passphrase, setPassphrase] = useState('')
  const [at, setAt] = useState<number | null>(null)
  const [isWrong, setWrong] = useState(false)
  const take = async (): Promise<void> => {
    setWrong(false)
    const taken: Taken[] = []
    for (const [index, file] of files.entries()) {
      setAt(index)
      const one = await takeOne(engine.packets.import.call, file, passphrase)
      if (one === undefined) {
        setAt(null)
        setWrong(true)
        setPassphrase('')
        return
      }
      taken.push(one)
    }
    announce(words.announce(formatNumber(taken.filter(({ is }) => is === 'taken').length), formatNumber(taken.filter(({ is }) => is === 'refused').length)))
    onDone(taken)
  }
  return (
    <DialogBox title={words.dialog(files.length, formatNumber(files.length))} isNarrow onClose={at === null ? onClose : () => undefined}>
      <form onSubmit={(event) => { event.preventDefault(); if (passphrase !== '' && at === null) void take() }}>
        <div className="dialog-body form-stack">
          <p className="soft">{words.text}</p>
          <TextField label={words.passphrase} hint={words.passphraseHint} isSecret value={passphrase} onChange={setPassphrase} error={isWrong ? `${t.failureTitle.WRONG_PASSPHRASE}. ${t.failureAdvice.WRONG_PASSPHRASE}` : undefined} />
          {at === null ? null : (
            <div className="work-strip">
              <span className="soft" role="status">{words.working(formatNumber(at + 1), formatNumber(files.length))}</span>
              <progress className="work-bar" aria-label={words.title} max={files.length} value={at} />
            </div>
          )}
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" disabled={at !== null} onClick={onClose}>{t.cancel}</button>
          <button type="submit" className="button primary" disabled={passphrase === '' || at !== null}>{words.submit}</button>
        </div>
      </form>
    </DialogBox>
  )
}
