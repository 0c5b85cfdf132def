import { addPeople, nameIndex, suggestMatches, type NameIndex, type Suggestion } from '../core/inventory/suggest-match.ts'
import { inventoryVersion, orphanPage, peopleAfter, type OrphanRow } from '../storage/account-lists.ts'
import type { Page } from '../storage/inventory-rows.ts'
import type { Store } from '../storage/database.ts'
import type { Context } from './context.ts'

export interface OrphanAccount extends OrphanRow {
  readonly suggestions: Suggestion[]
}

/** A page of accounts that belong to nobody, with people whose names come near. */
export async function listOrphans(context: Context, page: Page): Promise<{ total: number; accounts: OrphanAccount[] }> {
  const { total, accounts } = await orphanPage(context.store.db, page)
  if (accounts.length === 0) return { total, accounts: [] }
  const people = await peoplesNames(context.store)
  return { total, accounts: accounts.map((account) => ({ ...account, suggestions: [...suggestMatches(account, people)] })) }
}

/** Everybody's names by their words: half a second's work for 50,000 people, so it is kept until another reading was taken. */
const kept = new WeakMap<Store, { readonly version: string; readonly names: Promise<NameIndex> }>()
const peopleAtOnce = 500

async function peoplesNames(store: Store): Promise<NameIndex> {
  const version = await inventoryVersion(store.db)
  const known = kept.get(store)
  if (known?.version === version) return known.names
  const names = readNames(store)
  kept.set(store, { version, names })
  names.catch(() => kept.delete(store))
  return names
}

/** A few hundred people at a time: others ask things in between. */
async function readNames(store: Store): Promise<NameIndex> {
  const index = nameIndex([])
  for (let after = 0; ;) {
    const people = await peopleAfter(store.db, after, peopleAtOnce)
    addPeople(index, people)
    const last = people.at(-1)
    if (last === undefined || people.length < peopleAtOnce) return index
    after = last.identityId
    await new Promise((resolve) => setImmediate(resolve))
  }
}
