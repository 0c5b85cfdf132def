import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import type { Choice } from '../../../components/search-box.tsx'
import { useSettled } from '../../../components/use-settled.ts'

/** What the inventory finds for a text, by what a scope names it with: a person's address, a right's id in its source. */
export const useFound = (text: string, of: 'identities' | 'entitlements'): { readonly choices: readonly Choice[]; readonly isSearching: boolean } => {
  const engine = useEngine()
  const asked = useSettled(text.trim())
  const found = useQuery(engine.inventory.search.queryOptions({ input: { text: asked, of, limit: 20 }, enabled: asked !== '', placeholderData: keepPreviousData }))
  const all: readonly Choice[] = of === 'identities'
    ? (found.data?.identities ?? []).flatMap(({ email, displayName, department }) =>
        email === null ? [] : [{ key: email.trim().normalize('NFKC').toLowerCase(), title: displayName, detail: department === null ? email : `${department} · ${email}` }])
    : (found.data?.entitlements ?? []).map(({ nativeId, name, application, source }) => ({ key: nativeId, title: name, detail: `${application} · ${source} · ${nativeId}` }))
  const byKey = new Map(all.map((choice) => [choice.key, choice]))
  return { choices: asked === '' ? [] : [...byKey.values()], isSearching: found.isFetching || asked !== text.trim() }
}
