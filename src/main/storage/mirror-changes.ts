import type { HrRecord } from '../core/inventory/records.ts'
import { isAllTouched, type Mirror } from './mirror-file.ts'

/** What a connector says, as the mirror takes it: the live connector's changes, by shape. */
export type Change =
  | { readonly put: 'account'; readonly record: AccountChange }
  | { readonly put: 'entitlement'; readonly record: EntitlementChange }
  | { readonly put: 'hold'; readonly record: HoldChange }
  | { readonly put: 'person'; readonly record: HrRecord }
  | { readonly put: 'granted-at'; readonly entitlement: string; readonly holder: HolderRef; readonly at: string }
  | { readonly drop: 'account' | 'entitlement' | 'person'; readonly id: string }
  | { readonly drop: 'hold'; readonly entitlement: string; readonly holder: HolderRef }
  | { readonly drop: 'holds-of'; readonly entitlement: string }

interface HolderRef { readonly of: 'account' | 'entitlement'; readonly id: string }

interface AccountChange {
  readonly account: string
  readonly login: string | null
  readonly accountName: string | null
  readonly email: string | null
  readonly employeeId: string | null
  readonly accountKind: string | null
  readonly isEnabled: boolean | null
}

interface EntitlementChange {
  readonly entitlement: string
  readonly name: string
  readonly application: string
  readonly description: string | null
  readonly owner: string | null
  readonly privilege: string
  readonly risk: string
  readonly traits: readonly string[]
}

interface HoldChange {
  readonly entitlement: string
  readonly holder: HolderRef
  readonly grantedAt: string | null
  readonly expiresAt: string | null
  readonly how: string | null
}

/** The collection that speaks and its present reading. */
export interface Speaker { readonly collection: number; readonly generation: number }

export interface ChangeWriter {
  /** Inside the caller's transaction. Returns how many entities were named before in this very reading. */
  readonly apply: (speaker: Speaker, changes: readonly Change[]) => { readonly repeated: number }
  /** After a full listing: what the collection named once and no longer names goes. */
  readonly dropUnnamed: (speaker: Speaker) => number
  /** Numbers learnt in a transaction that was rolled back are void. */
  readonly forget: () => void
}

/** Numbers kept in memory: looked up again beyond it. */
const rememberedNodes = 500_000

/** Takes changes into the mirror and notes whose access they may change. */
export function changeWriter(mirror: Mirror): ChangeWriter {
  const { sqlite } = mirror
  const isNoting = !isAllTouched(mirror)
  const numbers = { account: new Map<string, number>(), entitlement: new Map<string, number>() }
  const addNode = sqlite.prepare('INSERT OR IGNORE INTO node (of_kind, id) VALUES (?, ?)')
  const findNode = sqlite.prepare<[string, string], number>('SELECT n FROM node WHERE of_kind = ? AND id = ?').pluck(true)
  const touch = sqlite.prepare('INSERT OR IGNORE INTO touched (n) VALUES (?)')
  const touchHolders = sqlite.prepare('INSERT OR IGNORE INTO touched (n) SELECT holder FROM hold WHERE entitlement = ? AND collection = ?')
  const addAccount = sqlite.prepare(
    `INSERT OR IGNORE INTO account (n, collection, generation, login, display_name, email, employee_id, kind, is_enabled)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const setAccount = sqlite.prepare(
    `UPDATE account SET login = ?, display_name = ?, email = ?, employee_id = ?, kind = ?, is_enabled = ? WHERE n = ?`,
  )
  const addEntitlement = sqlite.prepare(
    `INSERT OR IGNORE INTO entitlement (n, collection, generation, name, application, description, owner_email, privilege, risk, traits)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const setEntitlement = sqlite.prepare(
    `UPDATE entitlement SET name = ?, application = ?, description = ?, owner_email = ?, privilege = ?, risk = ?, traits = ? WHERE n = ?`,
  )
  const claim = {
    account: sqlite.prepare('UPDATE account SET collection = ?, generation = ? WHERE n = ? AND (collection <> ? OR generation <> ?)'),
    entitlement: sqlite.prepare('UPDATE entitlement SET collection = ?, generation = ? WHERE n = ? AND (collection <> ? OR generation <> ?)'),
  }
  const remove = { account: sqlite.prepare('DELETE FROM account WHERE n = ?'), entitlement: sqlite.prepare('DELETE FROM entitlement WHERE n = ?') }
  const addHold = sqlite.prepare(
    `INSERT OR IGNORE INTO hold (entitlement, holder, collection, generation, granted_at, expires_at, how) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const claimHold = sqlite.prepare(
    `UPDATE hold SET collection = ?, generation = ? WHERE entitlement = ? AND holder = ? AND (granted_at IS ? OR ? IS NULL)
       AND expires_at IS ? AND how IS ?`,
  )
  const setHold = sqlite.prepare(
    `UPDATE hold SET collection = ?, generation = ?, granted_at = coalesce(?, granted_at), expires_at = ?, how = ?
     WHERE entitlement = ? AND holder = ?`,
  )
  const dateHold = sqlite.prepare('UPDATE hold SET granted_at = ? WHERE entitlement = ? AND holder = ? AND granted_at IS NOT ?')
  const dropHold = sqlite.prepare('DELETE FROM hold WHERE entitlement = ? AND holder = ?')
  const dropHolds = sqlite.prepare('DELETE FROM hold WHERE entitlement = ? AND collection = ?')
  const putPerson = sqlite.prepare(
    `INSERT INTO person (employee_id, collection, generation, account, record) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (employee_id) DO UPDATE SET collection = excluded.collection, generation = excluded.generation,
       account = coalesce(excluded.account, account), record = excluded.record`,
  )
  const dropPerson = sqlite.prepare('DELETE FROM person WHERE employee_id = ? OR account = ?')
  const accountOf = sqlite.prepare<[string], number>('SELECT n FROM account WHERE employee_id = ?').pluck(true)

  function numberOf(of: 'account' | 'entitlement', id: string): number {
    const known = numbers[of].get(id)
    if (known !== undefined) return known
    const { changes, lastInsertRowid } = addNode.run(of, id)
    const n = changes === 1 ? Number(lastInsertRowid) : (findNode.get(of, id) as number)
    if (numbers[of].size >= rememberedNodes) numbers[of].clear()
    numbers[of].set(id, n)
    return n
  }

  function note(n: number): void {
    if (isNoting) touch.run(n)
  }

  /** True when this reading had named it before. */
  function claimed(of: 'account' | 'entitlement', n: number, { collection, generation }: Speaker): boolean {
    return claim[of].run(collection, generation, n, collection, generation).changes === 0
  }

  function putAccount(speaker: Speaker, record: AccountChange): boolean {
    const n = numberOf('account', record.account)
    const isEnabled = record.isEnabled === null ? null : Number(record.isEnabled)
    const values = [record.login, record.accountName, record.email, record.employeeId, record.accountKind, isEnabled]
    if (addAccount.run(n, speaker.collection, speaker.generation, ...values).changes === 1) {
      note(n)
      return false
    }
    setAccount.run(...values, n)
    return claimed('account', n, speaker)
  }

  function putEntitlement(speaker: Speaker, record: EntitlementChange): boolean {
    const n = numberOf('entitlement', record.entitlement)
    const { name, application, description, owner, privilege, risk } = record
    const values = [name, application, description, owner, privilege, risk, JSON.stringify(record.traits)]
    if (addEntitlement.run(n, speaker.collection, speaker.generation, ...values).changes === 1) {
      note(n)
      return false
    }
    setEntitlement.run(...values, n)
    return claimed('entitlement', n, speaker)
  }

  function putHold({ collection, generation }: Speaker, record: HoldChange): void {
    const entitlement = numberOf('entitlement', record.entitlement)
    const holder = numberOf(record.holder.of, record.holder.id)
    // Access is dated by the day; some sources say the second.
    const [granted, expires] = [dayOf(record.grantedAt), dayOf(record.expiresAt)]
    if (addHold.run(entitlement, holder, collection, generation, granted, expires, record.how).changes === 0) {
      if (claimHold.run(collection, generation, entitlement, holder, granted, granted, expires, record.how).changes === 1) return
      setHold.run(collection, generation, granted, expires, record.how, entitlement, holder)
    }
    note(holder)
  }

  function change(speaker: Speaker, one: Change): boolean {
    if ('put' in one) {
      switch (one.put) {
        case 'account': return putAccount(speaker, one.record)
        case 'entitlement': return putEntitlement(speaker, one.record)
        case 'hold': putHold(speaker, one.record); return false
        case 'person': {
          const account = accountOf.get(one.record.employeeId) ?? null
          putPerson.run(one.record.employeeId, speaker.collection, speaker.generation, account, JSON.stringify(one.record))
          return false
        }
        case 'granted-at': {
          const at = dayOf(one.at)
          const holder = numberOf(one.holder.of, one.holder.id)
          if (dateHold.run(at, numberOf('entitlement', one.entitlement), holder, at).changes === 1) note(holder)
          return false
        }
      }
    }
    switch (one.drop) {
      case 'hold': {
        const holder = numberOf(one.holder.of, one.holder.id)
        if (dropHold.run(numberOf('entitlement', one.entitlement), holder).changes === 1) note(holder)
        return false
      }
      case 'holds-of': {
        const entitlement = numberOf('entitlement', one.entitlement)
        if (isNoting) touchHolders.run(entitlement, speaker.collection)
        dropHolds.run(entitlement, speaker.collection)
        return false
      }
      // A directory that stands in for HR knows a person who left by the account's id alone.
      case 'person': dropPerson.run(one.id, findNode.get('account', one.id) ?? null); return false
      case 'account':
      case 'entitlement': {
        const n = numberOf(one.drop, one.id)
        if (remove[one.drop].run(n).changes === 1) note(n)
        return false
      }
    }
  }

  function dropUnnamed({ collection, generation }: Speaker): number {
    let dropped = 0
    const stale = 'collection = ? AND generation < ?'
    for (const [table, column] of [['account', 'n'], ['entitlement', 'n'], ['hold', 'holder'], ['person', null]] as const) {
      if (isNoting && column !== null) {
        sqlite.prepare(`INSERT OR IGNORE INTO touched (n) SELECT ${column} FROM ${table} WHERE ${stale}`).run(collection, generation)
      }
      dropped += sqlite.prepare(`DELETE FROM ${table} WHERE ${stale}`).run(collection, generation).changes
    }
    return dropped
  }

  return {
    apply: (speaker, changes) => {
      let repeated = 0
      for (const one of changes) if (change(speaker, one)) repeated++
      return { repeated }
    },
    dropUnnamed,
    forget: () => {
      numbers.account.clear()
      numbers.entitlement.clear()
    },
  }
}

function dayOf(time: string | null): string | null {
  return time === null ? null : time.slice(0, 10)
}
