import { DirectoryText } from '../../../components/directory-text.tsx'
import { t } from '../../../texts/texts.ts'

/** In fours: people compare it with paper. */
export const Fingerprint = ({ hex }: { readonly hex: string }) => <code className="fingerprint">{(hex.match(/.{4}/g) ?? []).join(' ')}</code>

/** What a file holds, before anything is changed. */
export const FoundFacts = ({ facts, validTo, fingerprint }: {
  readonly facts: readonly (readonly [title: string, words: string])[]; readonly validTo: string; readonly fingerprint: string
}) => (
  <section className="found-facts" aria-label={t.keys.holds}>
    <dl>
      {facts.map(([title, words]) => <div key={title}><dt>{title}</dt><dd><DirectoryText>{words}</DirectoryText></dd></div>)}
      <div><dt>{t.keys.fingerprint}</dt><dd><Fingerprint hex={fingerprint} /></dd></div>
    </dl>
    <p className="faint">{t.keys.validTo(validTo)}</p>
  </section>
)
