import { useMutation, useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useId, useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { plainText } from '../../../components/plain-text.ts'
import type { ProtectedKind, ProtectionBasis } from '../../../../shared/model/protected-object.ts'
import { t } from '../../../texts/texts.ts'
import { SearchBox } from '../../../components/search-box.tsx'
import { useInventorySearch } from '../use-searches.ts'

const kinds: readonly ProtectedKind[] = ['account', 'entitlement']
const bases: readonly ProtectionBasis[] = ['break-glass', 'service-principal', 'named']

interface Target { readonly source: string; readonly nativeId: string; readonly name: string }

/** Chooses an account or a right and says why nobody but a person may take it away. */
export const ProtectDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const id = useId()
  const [kind, setKind] = useState<ProtectedKind>('account')
  const [basis, setBasis] = useState<ProtectionBasis>('break-glass')
  const [reason, setReason] = useState('')
  const [text, setText] = useState('')
  const [target, setTarget] = useState<Target | null>(null)
  const { found, isSearching } = useInventorySearch(text, kind === 'account' ? 'accounts' : 'entitlements')
  const words = t.policies.protect
  const targets: readonly (Target & { readonly key: string })[] = kind === 'account'
    ? (found?.accounts ?? []).map((one) => ({ key: String(one.id), source: one.source, nativeId: one.nativeId, name: one.displayName ?? one.login ?? one.nativeId }))
    : (found?.entitlements ?? []).map((one) => ({ key: String(one.id), source: one.source, nativeId: one.nativeId, name: one.name }))
  const protecting = useMutation({
    mutationFn: (one: Target) => engine.policies.protect.call({ kind, source: one.source, nativeId: one.nativeId, basis, reason }),
    onSuccess: async (made) => {
      announce(words.protected(plainText(made.name ?? made.nativeId)))
      onClose()
      await queries.invalidateQueries({ queryKey: engine.policies.key() })
    },
  })
  const failure = protecting.error === null ? null : toFailure(protecting.error)
  const isComplete = target !== null && reason.trim() !== ''
  return (
    <DialogBox title={words.addTitle} isNarrow onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (isComplete && !protecting.isPending) protecting.mutate(target) }}>
        <div className="dialog-body form-stack">
          <div className="field">
            <label htmlFor={`${id}-kind`}>{words.kind}</label>
            <select id={`${id}-kind`} value={kind} autoFocus onChange={(event) => { setKind(kinds.find((one) => one === event.target.value) ?? kind); setTarget(null); setText('') }}>
              {kinds.map((one) => <option key={one} value={one}>{t.policies.kind[one]}</option>)}
            </select>
          </div>
          {target === null ? (
            <SearchBox
              label={words.what} placeholder={words.search[kind]} text={text} onText={setText} isSearching={isSearching}
              choices={targets.map((one) => ({ key: one.key, title: one.name, detail: `${one.source} · ${one.nativeId}` }))}
              onChoose={(key) => setTarget(targets.find((one) => one.key === key) ?? null)}
            />
          ) : (
            <div>
              <p className="field-label">{words.what}</p>
              <ul className="picks">
                <li className="pick">
                  <span><DirectoryText>{target.name}</DirectoryText></span>
                  <span className="pick-note"><DirectoryText>{`${target.source} · ${target.nativeId}`}</DirectoryText></span>
                  <button type="button" aria-label={t.policies.rules.remove(plainText(target.name))} onClick={() => setTarget(null)}><X size={13} aria-hidden="true" /></button>
                </li>
              </ul>
            </div>
          )}
          <div className="field">
            <label htmlFor={`${id}-basis`}>{words.basis}</label>
            <select id={`${id}-basis`} value={basis} onChange={(event) => setBasis(bases.find((one) => one === event.target.value) ?? basis)}>
              {bases.map((one) => <option key={one} value={one}>{t.policies.basis[one]}</option>)}
            </select>
          </div>
          <div className="field">
            <label htmlFor={`${id}-reason`}>{words.reason}</label>
            <textarea id={`${id}-reason`} rows={2} value={reason} maxLength={2_000} onChange={(event) => setReason(event.target.value)} />
          </div>
          <p className="field-error" role="alert">{failure === null ? '' : (failure.message ?? t.failureTitle[failure.kind])}</p>
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
          <button type="submit" className="button primary" disabled={!isComplete || protecting.isPending}>{words.confirm}</button>
        </div>
      </form>
    </DialogBox>
  )
}
