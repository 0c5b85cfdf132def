import type { Rank, Worker } from './model.ts'

/** What decides who a right is meant for: the job, the rank, the site, and whether the person is employed here. */
export type Role = { department: string; title: string; rank: Rank; location: string; kind: Worker['kind'] }

/**
 * The most specific key of a table keyed by audience that applies to a role, or null. From specific to general:
 * `@contractor`, `Finance/Accountant`, `Finance/@head`, `Finance/@lead`, `Finance`, `@site:Leeds`, `@head`, `@lead`, `*`.
 */
export function bestKey(table: Readonly<Record<string, unknown>>, role: Role): string | null {
  const isHead = role.rank === 'head' || role.rank === 'chief'
  const isLead = role.rank !== 'member'
  const keys = [
    role.kind === 'Contractor' ? '@contractor' : '',
    `${role.department}/${role.title}`,
    isHead ? `${role.department}/@head` : '',
    isLead ? `${role.department}/@lead` : '',
    role.department,
    `@site:${role.location}`,
    isHead ? '@head' : '',
    isLead ? '@lead' : '',
    '*',
  ]
  return keys.find((key) => key !== '' && Object.hasOwn(table, key)) ?? null
}

export function roleAt(worker: Worker, assignment: Worker['assignments'][number]): Role {
  return { department: assignment.department, title: assignment.title, location: assignment.location, rank: worker.rank, kind: worker.kind }
}

/** The job held now (or last). */
export function currentRole(worker: Worker): Role {
  const last = worker.assignments.at(-1)
  if (!last) throw new RangeError(`Worker ${worker.workerId} has no assignment`)
  return roleAt(worker, last)
}
