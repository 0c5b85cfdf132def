import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useAnnounce } from '../../../components/announcer.tsx'
import { formatNumber } from '../../../components/format.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { AccountLine, EntitlementLine, IdentityLine } from './result-lines.tsx'
import { useSettled } from '../../../components/use-settled.ts'
import { useGroup } from './use-search.ts'

const storageKey = 'muster.people.search'
const settleMs = 120

/** One box over people, accounts and entitlements; results as they are typed, by group. */
export const SearchScreen = ({ isOfficer }: { readonly isOfficer: boolean }) => {
  const announce = useAnnounce()
  const box = useRef<HTMLInputElement>(null)
  const results = useRef<HTMLDivElement>(null)
  // Coming back from a person's page, the search is as it was left.
  const [typed, setTyped] = useState(() => window.sessionStorage.getItem(storageKey) ?? '')
  const text = useSettled(typed.trim(), settleMs)
  useEffect(() => window.sessionStorage.setItem(storageKey, typed), [typed])
  useEffect(() => box.current?.focus(), [])
  const [identities, accounts, entitlements] = [useGroup(text, 'identities'), useGroup(text, 'accounts'), useGroup(text, 'entitlements')]
  const found = {
    identities: identities.data?.pages.flatMap((page) => page.identities) ?? [],
    accounts: accounts.data?.pages.flatMap((page) => page.accounts) ?? [],
    entitlements: entitlements.data?.pages.flatMap((page) => page.entitlements) ?? [],
  }
  const isDone = [identities, accounts, entitlements].every((query) => query.isSuccess && !query.isPlaceholderData)
  const count = found.identities.length + found.accounts.length + found.entitlements.length
  const spoken = !isDone || text === '' ? null : count === 0 ? t.inventory.nothing(text)
    : t.inventory.results(formatNumber(found.identities.length), formatNumber(found.accounts.length), formatNumber(found.entitlements.length))
  useEffect(() => {
    if (spoken !== null) announce(spoken)
  }, [announce, spoken])

  const links = (): HTMLElement[] => [...(results.current?.querySelectorAll<HTMLElement>('a.result') ?? [])]
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const at = links().indexOf(document.activeElement as HTMLElement)
    if (event.key === 'ArrowDown') links()[Math.min(at + 1, links().length - 1)]?.focus()
    else if (event.key === 'ArrowUp' && at === 0) box.current?.focus()
    else if (event.key === 'ArrowUp' && at > 0) links()[at - 1]?.focus()
    else if (event.key === 'Escape' && typed !== '') { setTyped(''); box.current?.focus() }
    // What is shown may still be the answer to what was typed before.
    else if (event.key === 'Enter' && event.target === box.current && isDone && text === typed.trim()) links()[0]?.click()
    else return
    event.preventDefault()
  }
  const failed = [identities, accounts, entitlements].find((query) => query.isError)
  return (
    <div className="people-search" onKeyDown={onKeyDown}>
      <div className="search-box">
        <Search size={18} aria-hidden="true" />
        <input ref={box} type="search" value={typed} placeholder={t.inventory.searchPlaceholder} aria-label={t.inventory.searchLabel} aria-describedby="people-search-hint"
          autoComplete="off" spellCheck={false} onChange={(event) => setTyped(event.target.value)} />
        {typed === '' ? null : (
          <button type="button" className="button quiet icon-only" aria-label={t.inventory.clear} onClick={() => { setTyped(''); box.current?.focus() }}>
            <X size={16} aria-hidden="true" />
          </button>
        )}
      </div>
      <p className="field-hint" id="people-search-hint">{t.inventory.searchHint} {t.inventory.keys}</p>
      {failed === undefined ? null : <FailureView error={failed.error} isInline onRetry={() => { void identities.refetch(); void accounts.refetch(); void entitlements.refetch() }} />}
      {identities.isPending ? <Skeleton lines={8} /> : null}
      {isDone && count === 0 ? (text === '' ? (
        <EmptyView isInline title={t.inventory.empty} text={t.inventory.emptyText}>{isOfficer ? <a className="button primary" href="#/sources">{t.inventory.toSources}</a> : null}</EmptyView>
      ) : <EmptyView isInline title={t.inventory.nothing(text)} text={t.inventory.nothingText} />) : null}
      <div ref={results} className="result-groups" aria-busy={!isDone}>
        <ResultGroup title={t.inventory.groups.identities} query={identities}>{found.identities.map((one) => <IdentityLine key={one.id} identity={one} />)}</ResultGroup>
        <ResultGroup title={t.inventory.groups.entitlements} query={entitlements}>{found.entitlements.map((one) => <EntitlementLine key={one.id} entitlement={one} />)}</ResultGroup>
        <ResultGroup title={t.inventory.groups.accounts} query={accounts}>{found.accounts.map((one) => <AccountLine key={one.id} account={one} />)}</ResultGroup>
      </div>
    </div>
  )
}

const ResultGroup = ({ title, query, children }: {
  readonly title: string
  readonly query: { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; readonly fetchNextPage: () => unknown }
  readonly children: readonly React.ReactNode[]
}) => (children.length === 0 ? null : (
  <section className="section">
    <h2>{title}</h2>
    <ul className="sheet results">{children}</ul>
    {query.hasNextPage ? (
      <p>
        <button type="button" className="button small" disabled={query.isFetchingNextPage} aria-label={t.inventory.moreOf(title)} onClick={() => void query.fetchNextPage()}>{t.inventory.more}</button>
      </p>
    ) : null}
  </section>
))
