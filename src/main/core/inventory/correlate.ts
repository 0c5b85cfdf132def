import type { IdentityKind, LinkReason } from '../../../shared/model/identity.ts'

// Accounts are linked to identities by what they state, never by what they look like: employee id, then e-mail, then the
// officer's word, then a login name that *is* an e-mail address or employee id. Two candidates are a question for the officer, not a guess.

/** What correlation asks of an account, keys folded. `origin`: the identity it would found, `account:<source>:<native id>`. */
export interface LinkableAccount {
  readonly origin: string
  readonly kind: IdentityKind
  readonly nativeKey: string
  /** What people call the account, where the source's id is something else. */
  readonly loginKey: string | null
  readonly emailKey: string | null
  readonly employeeKey: string | null
  /** Origin of the identity the officer confirmed, if that identity exists. */
  readonly confirmedOrigin: string | null
}

export interface LinkTarget {
  readonly origin: string
  readonly emailKey: string | null
  readonly employeeKey: string | null
}

type Orphaned = Extract<LinkReason, 'no-candidate' | 'two-candidates'>

export type Link =
  | { readonly origin: string; readonly reason: Exclude<LinkReason, Orphaned> }
  | { readonly origin: null; readonly reason: Orphaned }

type Candidates = Map<string, readonly string[]>

/** Identities by what accounts can name them with. Grows by `addTarget` only. */
export interface TargetIndex {
  readonly byEmployeeKey: Candidates
  readonly byEmailKey: Candidates
}

export function emptyIndex(): TargetIndex {
  return { byEmployeeKey: new Map(), byEmailKey: new Map() }
}

export function addTarget(index: TargetIndex, target: LinkTarget): void {
  addCandidate(index.byEmployeeKey, target.employeeKey, target.origin)
  addCandidate(index.byEmailKey, target.emailKey, target.origin)
}

function addCandidate(candidates: Candidates, key: string | null, origin: string): void {
  if (key === null) return
  const known = candidates.get(key)
  if (known === undefined) candidates.set(key, [origin])
  else if (!known.includes(origin)) candidates.set(key, [...known, origin])
}

const noCandidate: Link = { origin: null, reason: 'no-candidate' }
const twoCandidates: Link = { origin: null, reason: 'two-candidates' }

/** The link among these targets. Two candidates under one rule silence the weaker rules; only the officer's word settles it. */
export function linkByStatements(account: LinkableAccount, targets: TargetIndex): Link {
  const byId = candidatesOf(targets.byEmployeeKey, account.employeeKey)
  if (byId.length === 1) return { origin: byId[0] as string, reason: 'employee-id' }
  const byEmail = byId.length > 1 ? byId : candidatesOf(targets.byEmailKey, account.emailKey)
  if (byId.length === 0 && byEmail.length === 1) return { origin: byEmail[0] as string, reason: 'email' }
  if (account.confirmedOrigin !== null) return { origin: account.confirmedOrigin, reason: 'confirmed' }
  if (byEmail.length > 1) return twoCandidates
  const byLogin = new Set([account.nativeKey, account.loginKey].flatMap((key) => key === null ? none : [
    ...candidatesOf(targets.byEmailKey, key),
    // A bare number may be a personnel number or anything's row number; who knows it is the former maps the employee id to it.
    ...(/\p{L}/u.test(key) ? candidatesOf(targets.byEmployeeKey, key) : none),
  ]))
  if (byLogin.size > 1) return twoCandidates
  for (const origin of byLogin) return { origin, reason: 'login-name' }
  return noCandidate
}

const none: readonly string[] = []

function candidatesOf(candidates: Candidates, key: string | null): readonly string[] {
  return key === null ? none : (candidates.get(key) ?? none)
}

/** Workloads are nobody's access even when their record names an owner's address: they are linked by the officer's word alone. */
function isWorkload(kind: IdentityKind): boolean {
  return kind === 'service' || kind === 'shared'
}

/** Outsiders need no HR record; where no HR file was ever read, nobody can have one. */
function needsNoHrRecord(kind: IdentityKind, hasHr: boolean): boolean {
  return !hasHr || kind === 'guest' || kind === 'contractor'
}

/**
 * First pass, in the accounts' order of appearance: does this account stand for itself? If so it joins `founders`, so that the same
 * person's accounts in other sources find it. The first account seen stays the founder, which keeps identities stable from run to run.
 */
export function foundsIdentity(account: LinkableAccount, people: TargetIndex, founders: TargetIndex, hasHr: boolean): boolean {
  if (isWorkload(account.kind)) return account.confirmedOrigin === null
  if (!needsNoHrRecord(account.kind, hasHr)) return false
  if (linkByStatements(account, people).reason !== 'no-candidate') return false
  if (linkByStatements(account, founders).reason !== 'no-candidate') return false
  addTarget(founders, account)
  return true
}

/** Second pass: the account's link. `isFounder` is what the first pass said. */
export function linkAccount(account: LinkableAccount, isFounder: boolean, people: TargetIndex, founders: TargetIndex): Link {
  if (isFounder) return { origin: account.origin, reason: 'account-itself' }
  if (isWorkload(account.kind)) {
    return account.confirmedOrigin === null ? noCandidate : { origin: account.confirmedOrigin, reason: 'confirmed' }
  }
  const link = linkByStatements(account, people)
  return link.reason === 'no-candidate' ? linkByStatements(account, founders) : link
}
