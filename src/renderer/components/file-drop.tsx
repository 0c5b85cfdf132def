import { FileUp } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { IntakeError, takeFile, type TakenFile } from '../api/file-intake.ts'
import { t } from '../texts/texts.ts'
import { SentenceText } from './directory-text.tsx'

type Standing = { readonly state: 'idle' } | { readonly state: 'sending'; readonly name: string; readonly share: number } | { readonly state: 'failed'; readonly reason: string | null }

interface FileDropProps {
  readonly words: { readonly choose: string; readonly drop: string; readonly hint: string }
  /** Endings the system's dialog offers, `.csv,.gz`; anything can be dropped. */
  readonly accept?: string
  readonly isMany?: boolean
  readonly isSmall?: boolean
  readonly children?: ReactNode
  readonly onTaken: (files: readonly TakenFile[]) => void
}

/** Chooses files or takes dropped ones, and makes them readable for the engine. */
export const FileDrop = ({ words, accept, isMany = false, isSmall = false, children, onTaken }: FileDropProps) => {
  const input = useRef<HTMLInputElement>(null)
  const stop = useRef<AbortController>(null)
  const [isOver, setOver] = useState(false)
  const [standing, setStanding] = useState<Standing>({ state: 'idle' })
  useEffect(() => () => stop.current?.abort(), [])
  const take = async (given: FileList | null): Promise<void> => {
    const files = [...(given ?? [])].slice(0, isMany ? undefined : 1)
    if (files.length === 0) return
    const controller = new AbortController()
    stop.current = controller
    const taken: TakenFile[] = []
    try {
      for (const file of files) {
        setStanding({ state: 'sending', name: file.name, share: 0 })
        taken.push(await takeFile(file, (share) => setStanding({ state: 'sending', name: file.name, share }), controller.signal))
      }
      setStanding({ state: 'idle' })
      onTaken(taken)
    } catch (error) {
      setStanding(controller.signal.aborted ? { state: 'idle' } : { state: 'failed', reason: error instanceof IntakeError ? error.reason : null })
    }
  }
  return (
    <div
      className={`drop-zone${isOver ? ' is-over' : ''}${isSmall ? ' small-zone' : ''}`}
      onDragOver={(event) => { event.preventDefault(); setOver(true) }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); void take(event.dataTransfer.files) }}
    >
      <input ref={input} className="visually-hidden" type="file" tabIndex={-1} aria-hidden="true" data-testid="file-input" multiple={isMany} accept={accept}
        onChange={(event) => { void take(event.target.files); event.target.value = '' }} />
      {standing.state === 'sending' ? (
        <div className="sync-strip" role="status">
          <span className="sync-step"><SentenceText>{t.files.sending(standing.name)}</SentenceText></span>
          <progress className="sync-bar" max={1} value={standing.share} aria-label={t.files.sending(standing.name)} />
          <button type="button" className="button small" onClick={() => stop.current?.abort()}>{t.files.stop}</button>
        </div>
      ) : (
        <>
          <FileUp size={isSmall ? 20 : 26} strokeWidth={1.5} className="faint" aria-hidden="true" />
          <div>
            <button type="button" className="button" onClick={() => input.current?.click()}>{words.choose}</button>{' '}
            <span className="soft">{words.drop}</span>
          </div>
          <p className="field-hint">{words.hint}</p>
          {children}
          {standing.state === 'failed' ? (
            <div role="alert">
              <p className="field-error">{t.files.failed}</p>
              <p className="soft">{standing.reason ?? t.files.failedText}</p>
            </div>
          ) : null}
        </>
      )}
    </div>
  )
}
