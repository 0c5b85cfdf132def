import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { GitCompareArrows, X } from 'lucide-react'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { toHash } from '../../../components/hash-route.ts'
import { plainText } from '../../../components/plain-text.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { SearchBox, type Choice } from '../../../components/search-box.tsx'
import { useInventorySearch } from '../use-searches.ts'
import { WhatIfAnswer } from './what-if-answer.tsx'

interface Right { readonly id: number; readonly name: string; readonly application: string }

const choiceOf = (right: Right): Choice => ({ key: String(right.id), title: right.name, detail: right.application })

const Chosen = ({ rights, onRemove }: { readonly rights: readonly Right[]; readonly onRemove: (id: number) => void }) => (
  <ul className="picks">
    {rights.map((right) => (
      <li key={right.id} className="pick">
        <span><DirectoryText>{right.name}</DirectoryText></span>
        <span className="pick-note"><DirectoryText>{right.application}</DirectoryText></span>
        <button type="button" aria-label={t.policies.rules.remove(plainText(right.name))} onClick={() => onRemove(right.id)}><X size={13} aria-hidden="true" /></button>
      </li>
    ))}
  </ul>
)

/** Names of this many; a group may bring hundreds. */
const namesShown = 8

/** What comes or goes with the rights chosen, because it is held through them. */
const Along = ({ rights, told }: { readonly rights: readonly { readonly id: number; readonly name: string }[]; readonly told: (n: number, shown: string) => string }) => (
  rights.length === 0 ? null : (
    <p className="soft small">
      {told(rights.length, formatNumber(rights.length))}{' '}
      {rights.slice(0, namesShown).map((right, at) => <span key={right.id}>{at === 0 ? '' : ' · '}<DirectoryText>{right.name}</DirectoryText></span>)}
      {rights.length > namesShown ? t.policies.whatIf.more(formatNumber(rights.length - namesShown)) : ''}
    </p>
  )
)

const PersonSearch = () => {
  const [text, setText] = useState('')
  const { found, isSearching } = useInventorySearch(text, 'identities')
  return (
    <SearchBox
      label={t.policies.whatIf.person} placeholder={t.policies.whatIf.personSearch} text={text} onText={setText} isSearching={isSearching}
      choices={(found?.identities ?? []).map((one) => ({ key: String(one.id), title: one.displayName, detail: [one.title, one.department].filter(Boolean).join(', ') }))}
      onChoose={(key) => { window.location.hash = toHash('policies', 'what-if', key) }}
    />
  )
}

const GetsSearch = ({ onChoose }: { readonly onChoose: (right: Right) => void }) => {
  const [text, setText] = useState('')
  const { found, isSearching } = useInventorySearch(text, 'entitlements')
  const rights = found?.entitlements ?? []
  return (
    <SearchBox
      label={t.policies.whatIf.gets} placeholder={t.policies.whatIf.add} text={text} onText={setText} isSearching={isSearching} choices={rights.map(choiceOf)}
      onChoose={(key) => {
        const right = rights.find((one) => String(one.id) === key)
        if (right !== undefined) onChoose(right)
      }}
    />
  )
}

const LosesSearch = ({ held, isSearching, onChoose }: { readonly held: readonly Right[]; readonly isSearching: boolean; readonly onChoose: (right: Right) => void }) => {
  const [text, setText] = useState('')
  const folded = text.trim().toLowerCase()
  const rights = held.filter((one) => `${one.name} ${one.application}`.toLowerCase().includes(folded))
  return (
    <SearchBox
      label={t.policies.whatIf.loses} placeholder={t.policies.whatIf.addHeld} text={text} onText={setText} isSearching={isSearching} choices={rights.map(choiceOf)}
      onChoose={(key) => {
        const right = rights.find((one) => String(one.id) === key)
        if (right !== undefined) onChoose(right)
      }}
    />
  )
}

const PersonWhatIf = ({ identityId }: { readonly identityId: number }) => {
  const engine = useEngine()
  const [gets, setGets] = useState<readonly Right[]>([])
  const [loses, setLoses] = useState<readonly Right[]>([])
  const person = useQuery(engine.inventory.personAccess.queryOptions({ input: { identityId, limit: 1_000 } }))
  const answer = useQuery(engine.policies.whatIf.queryOptions({
    input: { identityId, gets: gets.map((one) => one.id), loses: loses.map((one) => one.id) }, placeholderData: keepPreviousData,
  }))
  const held = [...new Map((person.data?.access ?? []).map(({ entitlement }) => [entitlement.id, entitlement])).values()]
    .filter((one) => !loses.some((other) => other.id === one.id))
  const including = (rights: readonly Right[], right: Right): readonly Right[] => (rights.some((one) => one.id === right.id) ? rights : [...rights, right])
  const without = (rights: readonly Right[], id: number): readonly Right[] => rights.filter((one) => one.id !== id)
  if (answer.isError) return <FailureView error={answer.error} isInline onRetry={() => void answer.refetch()} />
  if (answer.data === undefined) return <Skeleton lines={6} />
  return (
    <>
      <div className="what-if-person">
        <h2><DirectoryText>{answer.data.subject}</DirectoryText></h2>
        {gets.length + loses.length > 0 ? (
          <button type="button" className="button small quiet" onClick={() => { setGets([]); setLoses([]) }}>{t.policies.whatIf.clear}</button>
        ) : null}
      </div>
      <div className="what-if-change">
        <div className="what-if-part">
          <GetsSearch onChoose={(right) => setGets((before) => including(before, right))} />
          <Chosen rights={gets} onRemove={(id) => setGets((before) => without(before, id))} />
          <Along rights={answer.data.getsAlong} told={t.policies.whatIf.getsAlong} />
        </div>
        <div className="what-if-part">
          <LosesSearch held={held} isSearching={person.isPending} onChoose={(right) => setLoses((before) => including(before, right))} />
          <Chosen rights={loses} onRemove={(id) => setLoses((before) => without(before, id))} />
          <Along rights={answer.data.losesAlong} told={t.policies.whatIf.losesAlong} />
        </div>
      </div>
      <p className="visually-hidden" role="status">
        {gets.length + loses.length > 0 && !answer.isFetching
          ? t.policies.whatIf.answer(formatNumber(answer.data.appears.length), formatNumber(answer.data.ends.length)) : ''}
      </p>
      <WhatIfAnswer answer={answer.data} isAsked={gets.length + loses.length > 0} />
    </>
  )
}

/** "If this person gets or loses that, then …" */
export const WhatIfView = ({ identityId }: { readonly identityId: number | null }) => {
  const isKnown = identityId !== null && Number.isSafeInteger(identityId)
  return (
    <div className="policies-body what-if">
      <p className="soft">{t.policies.whatIf.text}</p>
      <PersonSearch />
      {isKnown ? <PersonWhatIf identityId={identityId} /> : (
        <EmptyView title={t.policies.whatIf.nobody} text={t.policies.whatIf.nobodyText} isInline sign={<GitCompareArrows size={20} aria-hidden="true" />} />
      )}
    </div>
  )
}
