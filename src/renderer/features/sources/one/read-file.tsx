import { useState } from 'react'
import type { TakenFile } from '../../../api/file-intake.ts'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { TextField } from '../../../components/fields.tsx'
import { plainText } from '../../../components/plain-text.ts'
import { isIncoming } from '../../../../shared/model/incoming.ts'
import { t } from '../../../texts/texts.ts'
import { FileDrop } from '../file/file-drop.tsx'
import type { SourceCard } from '../source-types.ts'
import { useRead } from '../use-sync.ts'

/** Reads a file source: the file it was told of, or another one, as of a day. */
export const ReadFile = ({ source, asOf, onClose }: { readonly source: SourceCard; readonly asOf: string; readonly onClose: () => void }) => {
  const readSource = useRead()
  const own = source.config.from === 'file' ? source.config.file : ''
  const isGone = isIncoming(own)
  const [file, setFile] = useState<TakenFile | null>(null)
  const [day, setDay] = useState(asOf)
  const read = (): void => {
    readSource(source.name, { asOf: day, ...(file === null ? {} : { file: file.path }) })
    onClose()
  }
  return (
    <DialogBox title={t.sources.syncLabel(plainText(source.name))} onClose={onClose}>
      <div className="dialog-body section">
        <TextField label={t.sources.file.asOf} hint={t.sources.file.asOfHint} type="date" value={day} onChange={(value) => setDay(value === '' ? asOf : value)} />
        <p className="mono faint"><DirectoryText>{file?.name ?? (isGone ? t.sources.file.gone : own)}</DirectoryText></p>
        <FileDrop onTaken={setFile} />
        <p className="field-hint">{t.sources.survives}</p>
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
        <button type="button" className="button primary" disabled={isGone && file === null} onClick={read}>{t.sources.sync}</button>
      </div>
    </DialogBox>
  )
}
