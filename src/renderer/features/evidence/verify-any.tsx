import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../api/engine.ts'
import { TextField } from '../../components/fields.tsx'
import { t } from '../../texts/texts.ts'
import { VerificationResult } from './verification-result.tsx'

interface Asked { readonly bundle: string; readonly root: string | null; readonly seen: string[] }

/** Any bundle on this machine, a folder or a zip, against our root or another. */
export const VerifyAny = () => {
  const engine = useEngine()
  const [bundle, setBundle] = useState('')
  const [root, setRoot] = useState('')
  const [seen, setSeen] = useState('')
  const [asked, setAsked] = useState<Asked | null>(null)
  const check = useQuery(engine.evidence.verify.queryOptions({ input: asked ?? { bundle: '' }, enabled: asked !== null, staleTime: 0, gcTime: 0, retry: false }))
  const ask = (): void => {
    const next = { bundle: bundle.trim(), root: root.trim() === '' ? null : root.trim(), seen: seen.trim() === '' ? [] : [seen.trim()] }
    if (asked !== null && JSON.stringify(asked) === JSON.stringify(next)) void check.refetch()
    else setAsked(next)
  }
  return (
    <section className="section">
      <h2>{t.evidence.any.title}</h2>
      <p className="soft">{t.evidence.any.text}</p>
      <form className="note-form" onSubmit={(event) => { event.preventDefault(); if (bundle.trim() !== '') ask() }}>
        <TextField label={t.evidence.any.bundle} hint={t.evidence.any.bundleHint} value={bundle} onChange={setBundle} isWide />
        <TextField label={t.evidence.any.root} hint={t.evidence.any.rootHint} value={root} onChange={setRoot} />
        <TextField label={t.evidence.any.seen} hint={t.evidence.any.seenHint} value={seen} onChange={setSeen} />
        <div className="note-form-foot">
          <button type="submit" className="button" disabled={bundle.trim() === '' || check.isFetching}>{t.evidence.verify}</button>
        </div>
      </form>
      {asked === null ? null : (
        <VerificationResult
          result={check} valid={{ title: t.evidence.valid, text: t.evidence.validText }} invalid={{ title: t.evidence.invalid, text: t.evidence.invalidText }}
        />
      )}
    </section>
  )
}
