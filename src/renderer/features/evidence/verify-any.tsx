import { useState } from 'react'
import type { TakenFile } from '../../api/file-intake.ts'
import { EngineFiles } from '../../components/engine-files.tsx'
import { TextField } from '../../components/fields.tsx'
import { FileDrop } from '../../components/file-drop.tsx'
import { t } from '../../texts/texts.ts'
import { useVerification, type Against } from './use-verification.ts'
import { VerificationResult } from './verification-result.tsx'

type Given = Readonly<Record<'root' | 'seen' | 'tsa' | 'crl', readonly TakenFile[]>>
interface Asked extends Against {
  readonly bundle: string
  /** Asked again, it is checked again. */
  readonly round: number
}

const nothing: Given = { root: [], seen: [], tsa: [], crl: [] }
const pathsOf = (files: readonly TakenFile[]): string[] => files.map(({ path }) => path)

const Answer = ({ asked: { bundle, root, seen, tsa, lists } }: { readonly asked: Asked }) => {
  const check = useVerification(bundle, { against: { root, seen, tsa, lists } })
  return <VerificationResult result={check} valid={{ title: t.evidence.valid, text: t.evidence.validText }} invalid={{ title: t.evidence.invalid, text: t.evidence.invalidText }} />
}

/** Any bundle, a folder or a zip, with everything `muster verify` takes. */
export const VerifyAny = () => {
  const words = t.evidence.any
  const [bundle, setBundle] = useState('')
  const [given, setGiven] = useState(nothing)
  const [asked, setAsked] = useState<Asked | null>(null)
  const ask = (): void => {
    const next = { bundle: bundle.trim(), root: given.root[0]?.path ?? null, seen: pathsOf(given.seen), tsa: given.tsa[0]?.path ?? null, lists: pathsOf(given.crl) }
    setAsked((before) => ({ ...next, round: (before?.round ?? 0) + 1 }))
  }
  const filesOf = (kind: keyof Given) => ({ files: given[kind], onChange: (files: readonly TakenFile[]) => setGiven((before) => ({ ...before, [kind]: files })) })
  return (
    <section className="section" aria-labelledby="verify-any">
      <h2 id="verify-any">{words.title}</h2>
      <p className="soft">{words.text}</p>
      <FileDrop words={words} accept=".zip" isSmall onTaken={([file]) => { if (file !== undefined) setBundle(file.path) }} />
      <form className="note-form" onSubmit={(event) => { event.preventDefault(); if (bundle.trim() !== '') ask() }}>
        <TextField label={words.bundle} hint={words.bundleHint} value={bundle} onChange={setBundle} isWide />
        <EngineFiles label={words.root} hint={words.rootHint} accept=".pem,.crt" {...filesOf('root')} />
        <EngineFiles label={words.seen} hint={words.seenHint} isMany {...filesOf('seen')} />
        <EngineFiles label={words.tsa} hint={words.tsaHint} accept=".pem,.crt" {...filesOf('tsa')} />
        <EngineFiles label={words.crl} hint={words.crlHint} accept=".pem,.crl" isMany {...filesOf('crl')} />
        <div className="note-form-foot">
          <button type="submit" className="button" disabled={bundle.trim() === ''}>{t.evidence.verify}</button>
        </div>
      </form>
      {asked === null ? null : <Answer key={asked.round} asked={asked} />}
    </section>
  )
}
