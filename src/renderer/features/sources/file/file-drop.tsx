import { FileUp } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { IntakeError, takeFile, type TakenFile } from '../../../api/file-intake.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { t } from '../../../texts/texts.ts'

type Standing = { readonly state: 'idle' } | { readonly state: 'sending'; readonly name: string; readonly share: number } | { readonly state: 'failed'; readonly reason: string | null }

/** Chooses a file or takes a dropped one, and makes it readable for the engine. */
export const FileDrop = ({ onTaken }: { readonly onTaken: (file: TakenFile) => void }) => {
  const input = useRef<HTMLInputElement>(null)
  const stop = useRef<AbortController>(null)
  const [isOver, setOver] = useState(false)
  const [standing, setStanding] = useState<Standing>({ state: 'idle' })
  useEffect(() => () => stop.current?.abort(), [])
  const take = (file: File | undefined): void => {
    if (file === undefined) return
    const controller = new AbortController()
    stop.current = controller
    setStanding({ state: 'sending', name: file.name, share: 0 })
    takeFile(file, (share) => setStanding({ state: 'sending', name: file.name, share }), controller.signal).then(
      (taken) => { setStanding({ state: 'idle' }); onTaken(taken) },
      (error: unknown) => setStanding(controller.signal.aborted ? { state: 'idle' } : { state: 'failed', reason: error instanceof IntakeError ? error.reason : null }),
    )
  }
  return (
    <div
      className={isOver ? 'drop-zone is-over' : 'drop-zone'}
      onDragOver={(event) => { event.preventDefault(); setOver(true) }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); take(event.dataTransfer.files[0]) }}
    >
      <input ref={input} className="visually-hidden" type="file" tabIndex={-1} aria-hidden="true" data-testid="file-input"
        onChange={(event) => { take(event.target.files?.[0]); event.target.value = '' }} />
      {standing.state === 'sending' ? (
        <div className="sync-strip" role="status">
          <span className="sync-step"><DirectoryText>{t.sources.file.sending(standing.name)}</DirectoryText></span>
          <progress className="sync-bar" max={1} value={standing.share} aria-label={t.sources.file.sending(standing.name)} />
          <button type="button" className="button small" onClick={() => stop.current?.abort()}>{t.sources.stop}</button>
        </div>
      ) : (
        <>
          <FileUp size={26} strokeWidth={1.5} className="faint" aria-hidden="true" />
          <div>
            <button type="button" className="button" onClick={() => input.current?.click()}>{t.sources.file.choose}</button>{' '}
            <span className="soft">{t.sources.file.drop}</span>
          </div>
          <p className="field-hint">{t.sources.file.hint}</p>
          {standing.state === 'failed' ? (
            <div role="alert">
              <p className="field-error">{t.sources.file.failed}</p>
              <p className="soft">{standing.reason ?? t.sources.file.failedText}</p>
            </div>
          ) : null}
        </>
      )}
    </div>
  )
}
