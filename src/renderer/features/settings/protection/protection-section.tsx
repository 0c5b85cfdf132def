import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { WorkspaceKeyState } from '../../../../shared/model/workspace-key.ts'
import { useEngine } from '../../../api/engine.ts'
import type { Session } from '../../../api/session.ts'
import { formatDay } from '../../../components/format.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { AirGapPart } from './air-gap.tsx'
import { KitDialog, type Kit } from './kit-dialog.tsx'
import { MakeKitDialog, NewPassphraseDialog, RekeyDialog } from './protection-dialogs.tsx'
import './protection.css'

type Open = 'passphrase' | 'kit' | 'rekey' | null

/** How the workspace lies on the disk, what opens it, and the ways to change that. */
export const ProtectionSection = ({ session }: { readonly session: Session }) => {
  const engine = useEngine()
  const state = useQuery(engine.workspace.protection.queryOptions())
  const [open, setOpen] = useState<Open>(null)
  const [kit, setKit] = useState<Kit | null>(null)
  const words = t.protection
  const close = (): void => setOpen(null)
  // A reviewer's own packet has no officer: it is theirs.
  const mayChange = session.person.roles.includes('officer') || session.workspace.packet !== undefined
  return (
    <section className="section protection">
      <h2>{words.title}</h2>
      <p className="soft settings-text">{words.text}</p>
      {state.isError ? <FailureView error={state.error} isInline onRetry={() => void state.refetch()} /> : null}
      {state.isPending ? <Skeleton lines={4} /> : null}
      {state.data === undefined ? null : (
        <>
          <ProtectionState state={state.data} />
          {state.data.isEncrypted && mayChange ? (
            <div className="protection-ways">
              <button type="button" className="button" onClick={() => setOpen('kit')}>{state.data.opensWith.recovery === null ? words.makeKit : words.newKit}</button>
              <button type="button" className="button" onClick={() => setOpen('passphrase')}>{state.data.opensWith.passphrase ? words.changePassphrase : words.choosePassphrase}</button>
              <button type="button" className="button" disabled={state.data.pending !== null} onClick={() => setOpen('rekey')}>{words.rekey}</button>
            </div>
          ) : null}
          {open === 'kit' ? <MakeKitDialog state={state.data} onKit={setKit} onClose={close} /> : null}
          {open === 'passphrase' ? <NewPassphraseDialog state={state.data} onClose={close} /> : null}
          {open === 'rekey' ? <RekeyDialog state={state.data} onKit={setKit} onClose={close} /> : null}
        </>
      )}
      {session.workspace.packet === undefined ? <AirGapPart mayChange={session.person.roles.includes('officer')} /> : null}
      {kit === null ? null : <KitDialog kit={kit} workspace={session.workspace.name} onClose={() => setKit(null)} />}
    </section>
  )
}

const ProtectionState = ({ state }: { readonly state: WorkspaceKeyState }) => {
  const words = t.protection
  if (!state.isEncrypted) return <p className="sheet protection-state"><strong>{words.plain}</strong><span className="soft">{words.plainText}</span></p>
  const { passphrase, computer, recovery } = state.opensWith
  return (
    <div className="sheet protection-state">
      <strong>{words.encrypted}</strong>
      <dl>
        <div><dt>{words.passphrase}</dt><dd>{passphrase ? words.yes : words.none}</dd></div>
        <div><dt>{words.computer}</dt><dd>{computer ? words.yes : words.none}</dd></div>
        <div><dt>{words.kit}</dt><dd>{recovery === null ? words.noKit : words.kitOf(formatDay(recovery.slice(0, 10)))}</dd></div>
        {state.rekeyedAt === null ? null : <div><dt>{words.rekeyed}</dt><dd>{formatDay(state.rekeyedAt.slice(0, 10))}</dd></div>}
      </dl>
      {recovery === null && !state.isPublic ? <p className="protection-warning" role="note">{words.kitMissing}</p> : null}
      {state.isPublic ? <p className="soft">{words.isPublic}</p> : null}
      {state.pending === null ? null : <p className="soft">{state.unfinished ?? words.pending}</p>}
    </div>
  )
}
