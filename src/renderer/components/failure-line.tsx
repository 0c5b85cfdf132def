import { toFailure } from '../api/failure.ts'
import { DirectoryText } from './directory-text.tsx'
import { t } from '../texts/texts.ts'

/** What went wrong with an act, beside its button: what happened, and that nothing else did. `isSaid`: the engine's own sentence says what to do. */
export const FailureLine = ({ error, isSaid = false }: { readonly error: unknown; readonly isSaid?: boolean }) => {
  if (error === null || error === undefined) return null
  const failure = toFailure(error)
  return <p className="field-error" role="alert"><DirectoryText>{isSaid && failure.message !== null ? failure.message : `${failure.message ?? t.failureTitle[failure.kind]} ${t.failureAdvice[failure.kind]}`}</DirectoryText></p>
}
