import { Hash, X } from 'lucide-react'
import { useId, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import type { SodSide } from '../../../../shared/model/sod-rule.ts'
import { t } from '../../../texts/texts.ts'
import type { SidePreview } from '../policy-types.ts'
import { SearchBox } from '../../../components/search-box.tsx'
import { useInventorySearch } from '../use-searches.ts'
import { withEntitlement, withoutEntitlement, withoutTag, withTag } from './rule-draft.ts'

interface SideProps {
  readonly title: string
  readonly hint?: string
  readonly side: SodSide
  /** What the side stands for now; undefined until it is known. */
  readonly known: SidePreview | undefined
  readonly mayChange: boolean
  readonly onChange: (side: SodSide) => void
}

/** One side of a rule: what is picked, and a field that finds more. */
export const SideEditor = ({ title, hint, side, known, mayChange, onChange }: SideProps) => {
  const engine = useEngine()
  const [text, setText] = useState('')
  const id = useId()
  const tags = useQuery(engine.policies.tags.queryOptions({ staleTime: 60_000 }))
  const { found, isSearching } = useInventorySearch(text, 'entitlements')
  const folded = text.trim().toLowerCase().replace(/^#/, '')
  const tagChoices = (tags.data ?? []).filter(({ tag, name }) => !side.tags.includes(tag) && (tag.includes(folded) || name.toLowerCase().includes(folded)))
    .slice(0, text === '' ? 0 : 8)
    .map((one) => ({ key: `tag ${one.tag}`, title: `#${one.tag}`, detail: `${one.name} · ${t.policies.tags.carry(one.entitlements, formatNumber(one.entitlements))}` }))
  const rightChoices = (found?.entitlements ?? []).map((one) => ({
    key: `right ${one.id}`, title: one.name, detail: `${one.application} · ${one.nativeId}`,
  }))
  const choose = (key: string): void => {
    if (key.startsWith('tag ')) onChange(withTag(side, key.slice(4)))
    const right = found?.entitlements.find((one) => `right ${one.id}` === key)
    if (right !== undefined) onChange(withEntitlement(side, { id: right.nativeId, source: right.source }))
  }
  const nameOf = (ref: SodSide['entitlements'][number]) =>
    known?.entitlements.find((one) => one.nativeId.toLowerCase() === ref.id.toLowerCase() && (ref.source === null || one.source === ref.source))
  const isUnknown = (ref: SodSide['entitlements'][number]): boolean => known?.unknown.some((one) => one.id === ref.id && one.source === ref.source) ?? false
  return (
    <section className="rule-side" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {hint === undefined ? null : <p className="field-hint">{hint}</p>}
      <ul className="picks">
        {side.tags.map((tag) => (
          <li key={`tag ${tag}`} className={known?.emptyTags.includes(tag) === true ? 'pick tag doubtful' : 'pick tag'}>
            <Hash size={13} aria-hidden="true" />
            <span><span className="visually-hidden">{t.policies.rules.tag} </span>{tag}</span>
            {known?.emptyTags.includes(tag) === true ? <a className="pick-note" href={`#/policies/tags/${tag}`}>{t.policies.rules.emptyTag}</a> : null}
            {mayChange ? (
              <button type="button" aria-label={t.policies.rules.remove(tag)} onClick={() => onChange(withoutTag(side, tag))}><X size={13} aria-hidden="true" /></button>
            ) : null}
          </li>
        ))}
        {side.entitlements.map((ref) => {
          const right = nameOf(ref)
          return (
            <li key={`${ref.source ?? ''} ${ref.id}`} className={isUnknown(ref) ? 'pick doubtful' : 'pick'}>
              <span><DirectoryText>{right?.name ?? ref.id}</DirectoryText></span>
              <span className="pick-note">
                {isUnknown(ref) ? t.policies.rules.unknownRight : <DirectoryText>{right?.application ?? ref.source ?? ''}</DirectoryText>}
              </span>
              {mayChange ? (
                <button type="button" aria-label={t.policies.rules.remove(plainText(right?.name ?? ref.id))} onClick={() => onChange(withoutEntitlement(side, ref))}>
                  <X size={13} aria-hidden="true" />
                </button>
              ) : null}
            </li>
          )
        })}
      </ul>
      {mayChange ? (
        <SearchBox
          label={t.policies.rules.addTo(title)} isLabelHidden placeholder={t.policies.rules.search} text={text} onText={setText}
          choices={[...tagChoices, ...rightChoices]} isSearching={isSearching} onChoose={choose}
        />
      ) : null}
    </section>
  )
}
