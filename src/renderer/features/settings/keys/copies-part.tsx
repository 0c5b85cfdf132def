import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { CommandLine } from '../../../components/command-line.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { TextField } from '../../../components/fields.tsx'
import { formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'

/** A copy of the store while it is in use, and how to take one back. */
export const CopiesPart = ({ isOfficer }: { readonly isOfficer: boolean }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const [file, setFile] = useState('')
  const making = useMutation({
    mutationFn: () => engine.workspace.backup.call({ file: file.trim() }),
    onSuccess: async () => {
      announce(t.keys.backupDone)
      await queries.invalidateQueries({ queryKey: engine.keys.key() })
    },
  })
  const failure = making.error === null ? null : toFailure(making.error)
  return (
    <section className="settings-block" aria-labelledby="keys-copies">
      <h3 id="keys-copies">{t.keys.backupTitle}</h3>
      <p className="soft settings-text">{t.keys.backupText}</p>
      {isOfficer ? (
        <form className="settings-form" onSubmit={(event) => { event.preventDefault(); if (file.trim() !== '' && !making.isPending) making.mutate() }}>
          <TextField label={t.keys.backupFile} hint={t.keys.backupHint} value={file} onChange={setFile} />
          <button type="submit" className="button" disabled={file.trim() === '' || making.isPending}>{t.keys.backup}</button>
        </form>
      ) : null}
      <p className="field-error" role="alert">{failure === null ? '' : <DirectoryText>{failure.message ?? t.failureTitle[failure.kind]}</DirectoryText>}</p>
      {making.data === undefined ? null : (
        <p role="status">
          {t.keys.backupDone}: <DirectoryText>{making.data.file}</DirectoryText>. {t.keys.backupFacts(formatNumber(making.data.events), formatNumber(Math.ceil(making.data.bytes / 1_000_000)))}{' '}
          <code className="fingerprint">{making.data.sha256}</code>
        </p>
      )}
      <p className="soft settings-text">{t.keys.restoreText}</p>
      <CommandLine command={'muster restore FILE --reason "…"'} />
    </section>
  )
}
