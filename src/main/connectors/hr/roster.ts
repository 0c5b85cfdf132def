import { hash } from 'node:crypto'
import { nameKey } from '../values/names.ts'
import type { Person } from './read-person.ts'

/** What stays in memory of the first pass: who exists, where each was first read, and what each row said. */
export interface Roster {
  /** Notes a person the first time their id is met. */
  readonly enter: (person: Person, line: number) => void
  /** Where the person's id was first met, and whether that row said exactly the same. */
  readonly firstOf: (person: Person) => { readonly line: number; readonly isSame: boolean } | null
  readonly resolveManager: (person: Person) => Manager
}

export type Manager =
  | { readonly is: 'none' }
  | { readonly is: 'found'; readonly employeeId: string }
  | { readonly is: 'oneself' }
  | { readonly is: 'missing'; readonly by: 'managerId' | 'managerName'; readonly wanted: string }
  | { readonly is: 'several'; readonly by: 'managerId' | 'managerName'; readonly wanted: string; readonly count: number }

/** Employee ids are compared as written. Names are compared without regard to case, and `Last, First` counts as `First Last`. */
export function createRoster(): Roster {
  const lines = new Map<string, { readonly line: number; readonly saying: string }>()
  const byName = new Map<string, string[]>()
  const byEmail = new Map<string, string[]>()

  function enter(person: Person, line: number): void {
    if (lines.has(person.employeeId)) return
    lines.set(person.employeeId, { line, saying: sayingOf(person) })
    add(byName, nameKey(person.displayName), person.employeeId)
    if (person.email !== null) add(byEmail, person.email.toLowerCase(), person.employeeId)
  }

  function firstOf(person: Person) {
    const first = lines.get(person.employeeId)
    return first === undefined ? null : { line: first.line, isSame: first.saying === sayingOf(person) }
  }

  function resolveManager(person: Person): Manager {
    const byId = person.managerId === '' ? null : find(person, 'managerId', person.managerId)
    if (byId !== null && (byId.is === 'found' || byId.is === 'oneself' || person.managerName === '')) return byId
    if (person.managerName !== '') return find(person, 'managerName', person.managerName)
    return { is: 'none' }
  }

  function find(person: Person, by: 'managerId' | 'managerName', wanted: string): Manager {
    const ids = candidates(wanted, by)
    if (ids.length === 0) return { is: 'missing', by, wanted }
    if (ids.length > 1) return { is: 'several', by, wanted, count: ids.length }
    const employeeId = ids[0] ?? ''
    return employeeId === person.employeeId ? { is: 'oneself' } : { is: 'found', employeeId }
  }

  // An id, an address, a name, or Workday's `Jane Doe (12345)`, whichever the column holds.
  function candidates(wanted: string, by: 'managerId' | 'managerName'): readonly string[] {
    if (lines.has(wanted)) return [wanted]
    if (wanted.includes('@')) return byEmail.get(wanted.toLowerCase()) ?? []
    if (by === 'managerName') {
      const named = byName.get(nameKey(wanted))
      if (named !== undefined) return named
    }
    const inBrackets = /\(([^()]+)\)\s*$/.exec(wanted)?.[1]?.trim()
    return inBrackets !== undefined && lines.has(inBrackets) ? [inBrackets] : []
  }

  return { enter, firstOf, resolveManager }
}

function add(index: Map<string, string[]>, key: string, id: string): void {
  const ids = index.get(key)
  if (ids === undefined) index.set(key, [id])
  else ids.push(id)
}

// A digest instead of the row: what is kept must stay small for a very large file.
const sayingOf = (person: Person): string => hash('sha256', JSON.stringify(person), 'base64')
