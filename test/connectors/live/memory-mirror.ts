import type { CollectionEnd, DirectoryHold, Holder, MirrorChange, MirrorView } from '../../../src/main/connectors/live-connector.ts'
import type { SignInRecord } from '../../../src/main/core/inventory/records.ts'

/** The plainest mirror that keeps the door's rules: what a connector says is judged by what is in here afterwards. */
export interface MemoryMirror {
  readonly view: MirrorView
  readonly apply: (collection: string, changes: readonly MirrorChange[], signIns: readonly SignInRecord[]) => void
  /** After a full listing, what the collection no longer names goes. */
  readonly end: (collection: string, end: CollectionEnd) => void
  /** Forgets which rows a collection named so far: a listing begins from its beginning. */
  readonly begin: (collection: string) => void
  /** Everything in it, sorted, one line each; sign-ins by how often each was said. */
  readonly lines: () => readonly string[]
  readonly count: (kind: RowKind) => number
  /** Holds that name an entitlement or a holder the mirror does not have: they give nobody anything, and are no lines. */
  readonly dangling: () => readonly string[]
}

export type RowKind = 'account' | 'entitlement' | 'hold' | 'person' | 'sign-in'

interface Row { readonly kind: RowKind; readonly id: string; record: unknown; collection: string }

export function memoryMirror(): MemoryMirror {
  const rows = new Map<string, Row>()
  const dates = new Map<string, string>()
  const holdsOf = new Map<string, Set<string>>()
  const signIns = new Map<string, number>()
  const named = new Map<string, Set<string>>()

  const put = (collection: string, kind: RowKind, id: string, record: unknown): void => {
    rows.set(`${kind} ${id}`, { kind, id, record, collection })
    const seen = named.get(collection) ?? new Set()
    named.set(collection, seen.add(`${kind} ${id}`))
  }
  const drop = (kind: RowKind, id: string): void => {
    rows.delete(`${kind} ${id}`)
    if (kind === 'hold') dates.delete(id)
  }
  const ofEntitlement = (entitlement: string): Set<string> => {
    const found = holdsOf.get(entitlement) ?? new Set<string>()
    holdsOf.set(entitlement, found)
    return found
  }
  const isWhole = (row: Row): boolean => {
    const { entitlement, holder } = row.record as DirectoryHold
    return rows.has(`entitlement ${entitlement}`) && rows.has(`${holder.of} ${holder.id}`)
  }
  const sortedIds = (kind: RowKind, prefix: string, after: string | null, limit: number): readonly string[] =>
    [...rows.values()].filter((row) => row.kind === kind && row.id.startsWith(prefix) && (after === null || row.id > after))
      .map((row) => row.id).sort((a, b) => (a < b ? -1 : 1)).slice(0, limit)

  const change = (collection: string, one: MirrorChange): void => {
    if ('put' in one) {
      switch (one.put) {
        case 'account': { put(collection, 'account', one.record.account, one.record); return }
        case 'entitlement': { put(collection, 'entitlement', one.record.entitlement, one.record); return }
        case 'person': { put(collection, 'person', one.record.employeeId, one.record); return }
        case 'hold': {
          const id = holdId(one.record.entitlement, one.record.holder)
          ofEntitlement(one.record.entitlement).add(id)
          put(collection, 'hold', id, one.record)
          return
        }
        case 'granted-at': {
          const id = holdId(one.entitlement, one.holder)
          if (rows.has(`hold ${id}`)) dates.set(id, one.at)
          return
        }
      }
    }
    switch (one.drop) {
      case 'hold': { drop('hold', holdId(one.entitlement, one.holder)); return }
      case 'holds-of': {
        for (const id of ofEntitlement(one.entitlement)) if (rows.get(`hold ${id}`)?.collection === collection) drop('hold', id)
        return
      }
      default: drop(one.drop, one.id)
    }
  }

  return {
    view: {
      entitlements: (prefix, after, limit) => Promise.resolve(sortedIds('entitlement', prefix, after, limit)),
      accounts: (after, limit) => Promise.resolve(sortedIds('account', '', after, limit)),
    },
    apply: (collection, changes, events) => {
      for (const one of changes) change(collection, one)
      for (const event of events) {
        const key = JSON.stringify([event.account, event.application, event.at, event.isSuccess])
        signIns.set(key, (signIns.get(key) ?? 0) + 1)
      }
    },
    begin: (collection) => { named.set(collection, new Set()) },
    end: (collection, end) => {
      const seen = named.get(collection) ?? new Set()
      if (end.mode === 'full') {
        for (const [key, row] of rows) if (row.collection === collection && !seen.has(key)) drop(row.kind, row.id)
      }
      named.delete(collection)
    },
    dangling: () => [...rows.values()].filter((row) => row.kind === 'hold' && !isWhole(row)).map((row) => row.id),
    lines: () => [
      ...[...rows.values()].filter((row) => row.kind !== 'hold' || isWhole(row)).map((row) => `${row.kind} ${row.id} ${JSON.stringify(row.record)} ${dates.get(row.id) ?? ''}`),
      ...[...signIns].map(([key, times]) => `sign-in ${key} ×${times}`),
    ].sort(),
    count: (kind) => (kind === 'sign-in'
      ? [...signIns.values()].reduce((sum, times) => sum + times, 0)
      : [...rows.values()].filter((row) => row.kind === kind).length),
  }
}

function holdId(entitlement: string, holder: Holder): string {
  return JSON.stringify([entitlement, holder.of, holder.id])
}
