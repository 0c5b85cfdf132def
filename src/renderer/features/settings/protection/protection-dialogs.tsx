import { useState } from 'react'
import type { WorkspaceKeyState } from '../../../../shared/model/workspace-key.ts'
import { useEngine } from '../../../api/engine.ts'
import { TextField } from '../../../components/fields.tsx'
import { t } from '../../../texts/texts.ts'
import { KeyDialog } from '../keys/key-dialog.tsx'
import type { Kit } from './kit-dialog.tsx'

interface DialogProps { readonly state: WorkspaceKeyState; readonly onClose: () => void }

/** Whoever changes what opens the workspace shows once more that they may, where there is anything to show. */
const isAsked = ({ opensWith }: WorkspaceKeyState): boolean => opensWith.passphrase || opensWith.recovery !== null

const CurrentField = ({ state, value, onChange }: { readonly state: WorkspaceKeyState; readonly value: string; readonly onChange: (value: string) => void }) =>
  isAsked(state) ? <TextField label={t.protection.current} hint={t.protection.currentHint} isSecret value={value} onChange={onChange} /> : null

const isLong = (passphrase: string): boolean => passphrase.length >= 8

/** What was typed, or nothing where nothing is asked. */
const typed = (state: WorkspaceKeyState, current: string): string | null => (isAsked(state) ? current : null)

export const NewPassphraseDialog = ({ state, onClose }: DialogProps) => {
  const engine = useEngine()
  const words = t.protection
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  return (
    <KeyDialog title={words.passphraseTitle} text={words.passphraseText} submit={words.passphraseSubmit} onClose={onClose}
      isReady={(!isAsked(state) || current !== '') && isLong(next) && next === again}
      onSubmit={() => engine.workspace.changePassphrase.call({ current: typed(state, current), next })} onDone={() => words.passphraseChanged}>
      <CurrentField state={state} value={current} onChange={setCurrent} />
      <TextField label={words.next} hint={words.nextHint} isSecret value={next} onChange={setNext} />
      <TextField label={words.again} isSecret value={again} error={again !== '' && again !== next ? words.differs : null} onChange={setAgain} />
    </KeyDialog>
  )
}

export const MakeKitDialog = ({ state, onKit, onClose }: DialogProps & { readonly onKit: (kit: Kit) => void }) => {
  const engine = useEngine()
  const words = t.protection
  const [current, setCurrent] = useState('')
  return (
    <KeyDialog title={words.kitTitle} text={state.opensWith.recovery === null ? words.kitText : words.kitAgainText} submit={words.kitSubmit} onClose={onClose}
      isReady={!isAsked(state) || current !== ''} onSubmit={() => engine.workspace.makeRecoveryKit.call({ current: typed(state, current) })}
      onDone={(kit) => { onKit(kit); return words.kitMade }}>
      <CurrentField state={state} value={current} onChange={setCurrent} />
    </KeyDialog>
  )
}

export const RekeyDialog = ({ state, onKit, onClose }: DialogProps & { readonly onKit: (kit: Kit) => void }) => {
  const engine = useEngine()
  const words = t.protection
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  return (
    <KeyDialog title={words.rekeyTitle} text={words.rekeyText} submit={words.rekeySubmit} onClose={onClose}
      isReady={(!isAsked(state) || current !== '') && (next === '' || isLong(next))}
      onSubmit={() => engine.workspace.rekey.call({ current: typed(state, current), next: next === '' ? null : next })}
      onDone={(kit) => { onKit(kit); return words.rekeyBegun }}>
      <CurrentField state={state} value={current} onChange={setCurrent} />
      <TextField label={words.rekeyNext} hint={words.nextHint} isSecret value={next} onChange={setNext} />
    </KeyDialog>
  )
}
