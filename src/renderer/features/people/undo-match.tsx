import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEngine } from '../../api/engine.ts'
import { toFailure } from '../../api/failure.ts'
import { useAnnounce } from '../../components/announcer.tsx'
import { DirectoryText } from '../../components/directory-text.tsx'
import { t } from '../../texts/texts.ts'

/** Takes a confirmed match back. */
export const UndoMatch = ({ accountId, login }: { readonly accountId: number; readonly login: string }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const undo = useMutation(engine.inventory.undoMatch.mutationOptions({
    onSuccess: () => {
      announce(t.inventory.person.undone)
      void queries.invalidateQueries({ queryKey: engine.inventory.key() })
    },
  }))
  const failure = undo.isError ? toFailure(undo.error) : null
  return (
    <>
      <button type="button" className="button small" disabled={undo.isPending} aria-label={t.inventory.person.undoLabel(login)} onClick={() => undo.mutate({ accountId })}>{t.inventory.person.undo}</button>
      {failure === null ? null : <span role="alert" className="outcome-revoke"> <DirectoryText>{failure.message ?? t.failureTitle[failure.kind]}</DirectoryText></span>}
    </>
  )
}
