import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useEngine } from '../api/engine.ts'
import type { Session } from '../api/session.ts'
import { SearchBox } from './search-box.tsx'
import { useSettled } from './use-settled.ts'
import { t } from '../texts/texts.ts'
import { Chips } from './chips.tsx'

interface PickerProps {
  readonly label: string
  readonly session: Session
  /** Addresses. */
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  /** Choosing replaces what was chosen before. */
  readonly isSingle?: boolean
  readonly error?: string | undefined
}

/** Colleagues by name or address, oneself, or an address nobody here has. */
export const PersonPicker = ({ label, session, chosen, onChange, isSingle = false, error }: PickerProps) => {
  const engine = useEngine()
  const id = useId()
  const [text, setText] = useState('')
  const asked = useSettled(text.trim())
  const found = useQuery(engine.review.colleagues.queryOptions({ input: { text: asked }, enabled: asked !== '', placeholderData: keepPreviousData }))
  const me = session.person
  const needle = text.trim().toLocaleLowerCase()
  const others = asked === '' ? [] : (found.data ?? []).map(({ email, name, title }) => ({ key: email, title: name, detail: title === null ? email : `${title} · ${email}` }))
  const isMe = needle === '' || `${me.name} ${me.email}`.toLocaleLowerCase().includes(needle)
  const typed = needle.includes('@') && !others.some(({ key }) => key === needle) && needle !== me.email
  const choices = [
    ...(isMe ? [{ key: me.email, title: t.campaigns.wizard.myself, detail: me.email }] : []), ...others,
    ...(typed ? [{ key: needle, title: needle, detail: t.campaigns.wizard.useAddress }] : []),
  ].filter(({ key }) => !chosen.includes(key))
  return (
    <div className="picker" role="group" aria-label={label} aria-describedby={error === undefined ? undefined : `${id}-error`} data-invalid={error === undefined ? undefined : true}>
      <SearchBox label={label} placeholder={t.campaigns.wizard.personHint} text={text} onText={setText} choices={choices} isSearching={found.isFetching || asked !== text.trim()}
        onChoose={(key) => onChange(isSingle ? [key] : [...chosen, key])} />
      <Chips values={chosen} onRemove={(value) => onChange(chosen.filter((one) => one !== value))} />
      {error === undefined ? null : <span className="field-error" id={`${id}-error`} role="alert">{error}</span>}
    </div>
  )
}
