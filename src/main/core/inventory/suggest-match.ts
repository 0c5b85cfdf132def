import { foldKey } from './fold-key.ts'

// Near names are only ever *suggested*: a person confirms or not. So these rules may be generous, but each says what it saw.

export interface NamedPerson {
  readonly identityId: number
  readonly displayName: string
  readonly email: string | null
}

export interface NamedAccount {
  readonly nativeId: string
  readonly displayName: string | null
  readonly email: string | null
}

export interface Suggestion {
  readonly identityId: number
  readonly displayName: string
  readonly why: string
}

/** `Müller-Lüdenscheid, Jörg` → ['jorg', 'ludenscheid', 'muller']: folded, without accents, sorted, so that order does not matter. */
export function nameTokens(name: string): readonly string[] {
  const plain = (foldKey(name) ?? '').normalize('NFD').replace(/\p{M}/gu, '')
  return plain.split(/[^\p{L}\p{N}]+/u).filter((token) => token !== '').sort()
}

/** Login shapes people are given: `jane.doe`, `doe.jane`, `jdoe`, `doej`, `janed`. Bare initials say too little. */
function loginShapes(displayName: string): readonly string[] {
  const [left = '', right] = displayName.split(',')
  const ordered = (right === undefined ? left : `${right} ${left}`).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const words = ordered.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  const first = words[0]
  const last = words.at(-1)
  if (first === undefined || last === undefined || words.length < 2 || last.length < 3) return []
  const initial = first.charAt(0)
  const shapes = [`${first}${last}`, `${last}${first}`, `${initial}${last}`, `${last}${initial}`, `${first}${last.charAt(0)}`]
  return shapes.filter((shape) => shape.length >= 4)
}

/** Letters and digits of a login, without domain: `DOM\J.Doe` and `j.doe@corp.example` → `jdoe`. */
function loginCore(login: string): string {
  const bare = login.replace(/^.*\\/, '').replace(/@.*$/, '')
  return (foldKey(bare) ?? '').normalize('NFD').replace(/\p{M}/gu, '').replace(/[^\p{L}\p{N}]/gu, '')
}

/** One edit (insertion, deletion, replacement or swap of neighbours) or none between two words. */
export function isWithinOneEdit(left: string, right: string): boolean {
  if (left === right) return true
  if (left.length > right.length) return isWithinOneEdit(right, left)
  if (right.length - left.length > 1) return false
  let at = 0
  while (at < left.length && left[at] === right[at]) at++
  if (left.length < right.length) return left.slice(at) === right.slice(at + 1)
  if (left.slice(at + 1) === right.slice(at + 1)) return true
  return left[at] === right[at + 1] && left[at + 1] === right[at] && left.slice(at + 2) === right.slice(at + 2)
}

interface PreparedPerson extends NamedPerson {
  readonly tokens: readonly string[]
  readonly local: string
  readonly shapes: readonly string[]
}

/** People by the words of their names and the logins those could make, so that each account is held against a handful only. */
export type NameIndex = Map<string, PreparedPerson[]>

export function nameIndex(people: Iterable<NamedPerson>): NameIndex {
  const index: NameIndex = new Map()
  addPeople(index, people)
  return index
}

/** Adds more people to an index that is being made: in pieces, where making it at once would take too long. */
export function addPeople(index: NameIndex, people: Iterable<NamedPerson>): void {
  for (const person of people) {
    const tokens = nameTokens(person.displayName)
    const local = person.email === null ? '' : loginCore(person.email)
    const prepared = { ...person, tokens, local, shapes: loginShapes(person.displayName) }
    for (const key of new Set([...tokens, local, ...prepared.shapes])) {
      const known = index.get(key)
      if (known === undefined) index.set(key, [prepared])
      else known.push(prepared)
    }
  }
}

/** How well a person's name fits an account, or null. Higher is better; only for ordering. */
function fit(
  account: NamedAccount, names: readonly string[], logins: readonly string[], person: PreparedPerson,
): { score: number; why: string } | null {
  const { tokens, local } = person
  if (names.length >= 2 && names.join(' ') === tokens.join(' ')) return { score: 5, why: `the same name, "${account.displayName ?? ''}"` }
  if (local.length >= 4 && logins.includes(local)) return { score: 4, why: `the login reads like the address ${person.email ?? ''}` }
  const shape = person.shapes.find((candidate) => logins.includes(candidate))
  if (shape !== undefined) return { score: 3, why: `the login "${shape}" can be made of the name` }
  if (names.length < 2 || tokens.length < 2) return null
  if (names.every((token) => tokens.includes(token)) || tokens.every((token) => names.includes(token))) {
    return { score: 2, why: 'part of the name is the same' }
  }
  const isNear = names.length === tokens.length && names.every((token, index) => isWithinOneEdit(token, tokens[index] ?? ''))
  return isNear ? { score: 1, why: 'the name differs by a letter' } : null
}

/** At most `limit` people whose names come near the account's, best first; ties by name, so that the list is the same every time. */
export function suggestMatches(account: NamedAccount, people: NameIndex, limit = 3): readonly Suggestion[] {
  const names = account.displayName === null ? [] : nameTokens(account.displayName)
  const logins = [account.nativeId, account.email]
    .flatMap((login) => (login === null ? [] : [loginCore(login)]))
    .filter((login) => login.length >= 4)
  const near = new Set([...names, ...logins].flatMap((key) => people.get(key) ?? []))
  const found: (Suggestion & { score: number })[] = []
  for (const person of near) {
    const match = fit(account, names, logins, person)
    if (match !== null) found.push({ identityId: person.identityId, displayName: person.displayName, ...match })
  }
  return found
    .sort((one, two) => two.score - one.score || compareText(one.displayName, two.displayName) || one.identityId - two.identityId)
    .slice(0, limit)
    .map(({ identityId, displayName, why }) => ({ identityId, displayName, why }))
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
