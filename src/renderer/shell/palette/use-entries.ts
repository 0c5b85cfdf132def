import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { FileKey2, KeyRound, UserRound } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useEngine } from '../../api/engine.ts'
import type { Session } from '../../api/session.ts'
import { formatNumber } from '../../components/format.ts'
import { goTo } from '../../components/hash-route.ts'
import { t } from '../../texts/texts.ts'
import { isInsider } from '../navigation.tsx'
import { campaignEntry, fixedEntries, matches, sourceEntry } from './entries.ts'
import type { Entry } from './entries.ts'

const settleMs = 120
const eachGroup = 6

const useSettled = (value: string): string => {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

const said = (...parts: readonly (string | null)[]): string => parts.filter((part) => part !== null && part !== '').join(' · ')

interface FoundThings {
  readonly entries: readonly Entry[]
  readonly isSearching: boolean
  readonly hasFailed: boolean
}

/** People, access and accounts by what is typed; asked only of whom everybody's access is the business, and only once something is typed. */
const useInventory = (typed: string, isAllowed: boolean): FoundThings => {
  const engine = useEngine()
  const text = useSettled(typed.trim())
  const isAsked = isAllowed && text !== ''
  const search = useQuery(engine.inventory.search.queryOptions({ input: { text, from: 0, limit: eachGroup }, enabled: isAsked, placeholderData: keepPreviousData }))
  if (!isAsked || search.data === undefined) return { entries: [], isSearching: isAllowed && (typed.trim() !== text || (isAsked && search.isFetching)), hasFailed: isAsked && search.isError }
  const { identities, entitlements, accounts } = search.data
  return {
    isSearching: search.isFetching || text !== typed.trim(), hasFailed: search.isError,
    entries: [
      ...identities.map((one): Entry => ({
        id: `person-${one.id}`, group: 'people', sign: UserRound, name: one.displayName, more: said(one.title, one.department), run: () => goTo('people', 'person', String(one.id)),
      })),
      ...entitlements.map((one): Entry => ({
        id: `right-${one.id}`, group: 'rights', sign: FileKey2, name: one.name, more: said(one.application, t.shell.palette.holders(one.holders, formatNumber(one.holders))),
        run: () => goTo('people', 'entitlement', String(one.id)),
      })),
      ...accounts.map((one): Entry => ({
        id: `account-${one.id}`, group: 'accounts', sign: KeyRound, name: one.login ?? one.nativeId, more: said(one.displayName, one.source),
        run: () => (one.identityId === null ? goTo('people', 'orphans') : goTo('people', 'person', String(one.identityId))),
      })),
    ],
  }
}

/** Every line of the palette for what is typed, group after group. */
export const useEntries = (session: Session, typed: string, isWide: boolean, onToggleWide: () => void): FoundThings => {
  const engine = useEngine()
  const isAllowed = isInsider(session)
  const campaigns = useQuery(engine.campaigns.list.queryOptions({ enabled: isAllowed, staleTime: 30_000 }))
  const sources = useQuery(engine.sources.list.queryOptions({ enabled: isAllowed, staleTime: 30_000 }))
  const inventory = useInventory(typed, isAllowed)
  const known = [...fixedEntries(session, isWide, onToggleWide), ...(campaigns.data ?? []).map(campaignEntry), ...(sources.data ?? []).map(({ name }) => sourceEntry(name))]
  return { ...inventory, entries: [...known.filter((entry) => matches(entry, typed.trim())), ...inventory.entries] }
}
