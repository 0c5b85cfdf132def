import { X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { IntakeError, takeFile, type TakenFile } from '../api/file-intake.ts'
import { t } from '../texts/texts.ts'
import { DirectoryText } from './directory-text.tsx'
import { Field } from './fields.tsx'

/** Small files the engine is to read, chosen one by one or several at once; each can be taken away again. */
export const EngineFiles = ({ label, hint, accept, isMany = false, files, onChange }: {
  readonly label: string
  readonly hint?: string
  readonly accept?: string
  readonly isMany?: boolean
  readonly files: readonly TakenFile[]
  readonly onChange: (files: readonly TakenFile[]) => void
}) => {
  const [error, setError] = useState<string | null>(null)
  const stop = useRef<AbortController>(null)
  useEffect(() => () => stop.current?.abort(), [])
  const take = async (given: readonly File[]): Promise<void> => {
    const controller = new AbortController()
    stop.current = controller
    setError(null)
    try {
      const taken = await Promise.all(given.map((file) => takeFile(file, () => undefined, controller.signal)))
      if (!controller.signal.aborted) onChange(isMany ? [...files, ...taken] : taken.slice(0, 1))
    } catch (failure) {
      if (!controller.signal.aborted) setError(failure instanceof IntakeError && failure.reason !== null ? failure.reason : t.files.failed)
    }
  }
  return (
    <Field label={label} hint={hint} error={error}>
      {(wired) => (
        <>
          {files.length === 0 ? null : (
            <ul className="chosen-files">
              {files.map((file) => (
                <li key={file.path}>
                  <span className="mono small"><DirectoryText>{file.name}</DirectoryText></span>
                  <button type="button" className="button quiet small icon-only" aria-label={`${t.files.takeAway} ${file.name}`} onClick={() => onChange(files.filter((one) => one !== file))}>
                    <X size={14} aria-hidden="true" />
                  </button>
                </li>
              ))}
            </ul>
          )}
          {/* What was chosen is listed above; a file that was mended under its old name counts as chosen again. */}
          <input {...wired} type="file" className="engine-file" accept={accept} multiple={isMany} hidden={files.length > 0 && !isMany} onChange={(event) => {
            const given = [...(event.target.files ?? [])]
            event.target.value = ''
            if (given.length > 0) void take(given)
          }} />
        </>
      )}
    </Field>
  )
}
