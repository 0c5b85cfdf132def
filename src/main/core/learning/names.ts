import { foldKey } from '../inventory/fold-key.ts'

/** How the inventory calls people, accounts and rights: what a decision of the past is recognised by. Keys are folded. */
export interface HistoryNames {
  readonly people: readonly PersonNames[]
  readonly accounts: readonly AccountNames[]
  readonly entitlements: readonly EntitlementNames[]
}

export interface PersonNames {
  readonly id: number
  readonly email: string | null
  readonly employeeId: string | null
  readonly department: string | null
  readonly title: string | null
  readonly managerId: number | null
}

export interface AccountNames {
  readonly id: number
  readonly identityId: number | null
  readonly nativeKey: string
  readonly emailKey: string | null
  readonly employeeKey: string | null
}

export interface EntitlementNames {
  readonly id: number
  readonly nativeId: string
  readonly name: string
}

/** What is learned from calls people and rights by these codes, so that a renamed person stays who they were. Unknown ones keep their text. */
export const personCode = (identityId: number): string => `person ${identityId}`
export const accountCode = (accountId: number): string => `account ${accountId}`
export const entitlementCode = (entitlementId: number): string => `entitlement ${entitlementId}`

/** The very grant: a right together with whoever holds it. */
export const grantCode = (entitlement: string, holder: string): string => `${entitlement}${GRANT_PARTS}${holder}`
export const GRANT_PARTS = ' · '

export interface Recognised {
  /** Whoever an account, an employee id or an e-mail address belongs to. */
  readonly holder: (text: string) => string
  readonly manager: (text: string) => string
  readonly entitlement: (text: string) => string
  readonly holderOfAccount: (accountId: number) => string
  readonly isKnownEntitlement: (code: string) => boolean
}

const TWO = 'two things share this name'

/** Finds people and rights by their keys; a key that two share recognises neither, because a wrong match is worse than none. */
export function recognise(names: HistoryNames): Recognised {
  const holders = new Map<string, string>()
  const managers = new Map<string, string>()
  const entitlements = new Map<string, string>()
  const note = (known: Map<string, string>, text: string | null, code: string): void => {
    const key = foldKey(text)
    if (key === null) return
    known.set(key, (known.get(key) ?? code) === code ? code : TWO)
  }
  const byAccount = new Map(names.accounts.map(({ id, identityId }) => [id, identityId === null ? accountCode(id) : personCode(identityId)]))
  for (const { id, email, employeeId } of names.people) {
    for (const known of [holders, managers]) for (const key of [email, employeeId]) note(known, key, personCode(id))
  }
  for (const { id, nativeKey, emailKey, employeeKey } of names.accounts) {
    for (const key of [nativeKey, emailKey, employeeKey]) note(holders, key, byAccount.get(id) as string)
  }
  for (const { id, nativeId } of names.entitlements) note(entitlements, nativeId, entitlementCode(id))
  const byName = new Map<string, string>()
  for (const { id, name } of names.entitlements) note(byName, name, entitlementCode(id))
  const find = (known: ReadonlyMap<string, string>, text: string): string | undefined => {
    const code = known.get(foldKey(text) ?? '')
    return code === TWO ? undefined : code
  }
  const codes = new Set(names.entitlements.map(({ id }) => entitlementCode(id)))
  return {
    holder: (text) => find(holders, text) ?? text.trim(),
    manager: (text) => find(managers, text) ?? text.trim(),
    entitlement: (text) => find(entitlements, text) ?? find(byName, text) ?? text.trim(),
    holderOfAccount: (accountId) => byAccount.get(accountId) ?? accountCode(accountId),
    isKnownEntitlement: (code) => codes.has(code),
  }
}
