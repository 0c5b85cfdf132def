import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { useKeptWork } from '../../../api/kept-work.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { CommandLine } from '../../../components/command-line.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { TextField } from '../../../components/fields.tsx'
import { formatNumber } from '../../../components/format.ts'
import { WorkProgress } from '../../../components/work-progress.tsx'
import { isDesktop } from '../../../host.ts'
import { t } from '../../../texts/texts.ts'

/** As a shell takes it whole, on every system. */
const quoted = (path: string): string => (/^[\w.:/\\@-]+$/.test(path) ? path : `"${path.replaceAll('"', '\\"')}"`)

/** A copy of the store while it is in use, and how to take one back. */
export const CopiesPart = ({ isOfficer }: { readonly isOfficer: boolean }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const [file, setFile] = useState('')
  const folder = useQuery(engine.workspace.status.queryOptions()).data?.folder ?? 'FOLDER'
  const path = file.trim()
  const { standing, begin, stop } = useKeptWork({
    kind: 'backup', of: path, subject: path.replace(/^.*[\\/]/, ''),
    onDone: () => {
      announce(t.keys.backupDone)
      void queries.invalidateQueries({ queryKey: engine.keys.key() })
    },
  })
  const isWorking = standing.state === 'working'
  const made = standing.state === 'done' ? standing.result : null
  return (
    <section className="settings-block" aria-labelledby="keys-copies">
      <h3 id="keys-copies">{t.keys.backupTitle}</h3>
      <p className="soft settings-text">{t.keys.backupText}</p>
      {isOfficer ? (
        <form className="settings-form" onSubmit={(event) => { event.preventDefault(); if (path !== '' && !isWorking) void begin((signal) => engine.workspace.backupSteps.call({ file: path }, { signal })) }}>
          <TextField label={t.keys.backupFile} hint={t.keys.backupHint} value={file} onChange={setFile} />
          <button type="submit" className="button" disabled={path === '' || isWorking}>{t.keys.backup}</button>
        </form>
      ) : null}
      <WorkProgress standing={standing} label={t.keys.backup} starting={t.work.starting} stopped={t.keys.backupStopped} onStop={() => void stop()} />
      {made === null ? null : (
        <p role="status">
          {t.keys.backupDone}: <DirectoryText>{made.file}</DirectoryText>. {t.keys.backupFacts(formatNumber(made.events), formatNumber(Math.ceil(made.bytes / 1_000_000)))}{' '}
          <code className="fingerprint">{made.sha256}</code>
        </p>
      )}
      <h4>{t.keys.restoreTitle}</h4>
      <p className="soft settings-text">{t.keys.restoreText} {isDesktop() ? t.keys.restoreDesktop : null}</p>
      <CommandLine command={`muster restore ${quoted(made?.file ?? 'FILE')} --workspace ${quoted(folder)} --reason "…"`} />
      <p className="soft settings-text">{t.keys.restoreAfter}</p>
    </section>
  )
}
