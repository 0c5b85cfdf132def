import { FileKey, FolderOpen } from 'lucide-react'
import { useId } from 'react'
import { DirectoryText } from '../components/directory-text.tsx'
import type { StartAnswer, StartRequest } from '../host.ts'

/** A file or folder that is chosen in the system's own dialog, and where it lies. */
export const ChosenPath = ({ label, button, hint, error, path, what, ask, onChosen }: {
  readonly label: string
  readonly button: string
  readonly hint: string
  readonly error: string | null
  readonly path: string
  readonly what: 'folder' | 'root-file' | 'backup-file' | 'restore-folder'
  readonly ask: (request: StartRequest) => Promise<StartAnswer>
  readonly onChosen: (path: string) => void
}) => {
  const id = useId()
  const choose = async (): Promise<void> => {
    const answer = await ask({ kind: what })
    if (answer.kind === 'folder' && answer.folder !== null) onChosen(answer.folder)
  }
  const Sign = what === 'root-file' || what === 'backup-file' ? FileKey : FolderOpen
  return (
    <div className="field">
      <span className="field-label" id={id}>{label}</span>
      <span className="start-folder">
        <button type="button" className="button" aria-describedby={id} onClick={() => void choose()}><Sign size={16} aria-hidden="true" />{button}</button>
        <span className="mono soft"><DirectoryText>{path}</DirectoryText></span>
      </span>
      <span className="field-hint">{hint}</span>
      {error === null ? null : <span className="field-error" role="alert">{error}</span>}
    </div>
  )
}
