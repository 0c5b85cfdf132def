import { z } from 'zod'
import type { Reject } from '../../../shared/model/source.ts'
import type { HrRecord } from '../../core/inventory/records.ts'
import { parseBoolean, parseStatus, parseWorkerKind } from '../values/words.ts'

// SCIM 2.0 (RFC 7643, 7644). Attribute names are case-insensitive there, and servers make use of it: names are lowered before reading.

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user'

export interface ListAnswer {
  readonly totalResults: number | null
  readonly startIndex: number | null
  readonly resources: readonly unknown[]
}

const listSchema = z.object({ totalresults: z.number().int().nonnegative().optional(), startindex: z.number().int().optional(), resources: z.array(z.unknown()).nullish() })

/** Null: not a SCIM list at all. A list without `Resources` is an empty one. */
export function readList(json: unknown): ListAnswer | null {
  const parsed = listSchema.safeParse(lowered(json))
  if (!parsed.success || (parsed.data.totalresults === undefined && parsed.data.resources == null)) return null
  const { totalresults, startindex, resources } = parsed.data
  return { totalResults: totalresults ?? null, startIndex: startindex ?? null, resources: resources ?? [] }
}

/** Names under which a person may be meant as somebody's manager, and the id HR knows them by. */
export interface PersonKey {
  readonly employeeId: string
  readonly names: readonly string[]
}

/** `employeeNumber` where there is one, else `externalId`, `userName` or the server's own id, in this order: whatever outlives a rename best. */
export function keyOf(resource: unknown): PersonKey | null {
  const user = lowered(resource)
  const id = text(user['id'])
  const employeeNumber = text(enterpriseOf(user)['employeenumber'])
  const externalId = text(user['externalid'])
  const userName = text(user['username'])
  const employeeId = employeeNumber ?? externalId ?? userName ?? id
  if (employeeId === null) return null
  return { employeeId, names: [id, employeeNumber, externalId, userName].filter((name) => name !== null) }
}

/** A person, or why the resource is none. `managerOf` finds the employee id behind whatever the resource calls its manager. */
export function readPerson(resource: unknown, row: number, managerOf: (name: string) => string | null): { readonly person: HrRecord | null; readonly rejects: readonly Reject[] } {
  const key = keyOf(resource)
  if (key === null) {
    return { person: null, rejects: [{ row, column: 'id', code: 'missing-required', reason: 'a user without any id', effect: 'row-rejected', raw: '' }] }
  }
  const user = lowered(resource)
  const enterprise = enterpriseOf(user)
  const rejects: Reject[] = []
  const userName = text(user['username'])
  return {
    person: {
      employeeId: key.employeeId,
      displayName: nameOf(user) ?? userName ?? key.employeeId,
      email: emailOf(user['emails']) ?? (userName !== null && userName.includes('@') ? userName : null),
      kind: parseWorkerKind(text(user['usertype']) ?? '') ?? 'unknown',
      status: statusOf(user, row, rejects),
      title: text(user['title']),
      department: text(enterprise['department']),
      division: text(enterprise['division']) ?? text(enterprise['organization']),
      costCenter: text(enterprise['costcenter']),
      location: locationOf(user['addresses']),
      managerEmployeeId: manager(enterprise['manager'], row, managerOf, rejects),
      hireDate: dateOf(enterprise['hiredate'] ?? enterprise['startdate']),
      terminationDate: dateOf(enterprise['terminationdate'] ?? enterprise['enddate']),
    },
    rejects,
  }
}

/** `active` false means gone. Without `active` SCIM leaves the meaning to the server: the person is taken for active. */
function statusOf(user: Fields, row: number, rejects: Reject[]): HrRecord['status'] {
  const active = user['active']
  if (active === undefined || active === null || active === true) return 'active'
  if (active === false) return 'inactive'
  const word = text(active) ?? ''
  const status = parseBoolean(word) === 'true' ? 'active' : parseBoolean(word) === 'false' ? 'inactive' : parseStatus(word)
  if (status !== null) return status
  rejects.push({ row, column: 'active', code: 'bad-value', reason: 'whether the person is active is not said in a known word; taken for active', effect: 'field-dropped', raw: '' })
  return 'active'
}

/** RFC 7643 says `manager.value`; servers also write the value itself, or a list with one entry, or only a `$ref`. */
function manager(given: unknown, row: number, managerOf: (name: string) => string | null, rejects: Reject[]): string | null {
  const one: unknown = Array.isArray(given) ? given[0] : given
  const fields = lowered(one)
  const named = text(one) ?? text(fields['value']) ?? text(fields['managerid']) ?? lastPart(text(fields['$ref']))
  if (named === null) return null
  const employeeId = managerOf(named)
  if (employeeId === null) {
    rejects.push({ row, column: 'manager', code: 'dangling-manager', reason: 'the manager is none of the people listed', effect: 'field-dropped', raw: '' })
  }
  return employeeId
}

const lastPart = (address: string | null): string | null => address?.split('/').at(-1) ?? null

function nameOf(user: Fields): string | null {
  const name = lowered(user['name'])
  const joined = [text(name['givenname']), text(name['familyname'])].filter((part) => part !== null).join(' ')
  return text(user['displayname']) ?? text(name['formatted']) ?? (joined === '' ? null : joined)
}

function emailOf(given: unknown): string | null {
  if (!Array.isArray(given)) return text(given)
  const emails = given.map(lowered)
  const best = emails.find((email) => email['primary'] === true) ?? emails.find((email) => text(email['type'])?.toLowerCase() === 'work') ?? emails[0]
  return best === undefined ? null : text(best['value'])
}

/** Where somebody works, not where they live: the town and country of the work address. */
function locationOf(given: unknown): string | null {
  if (!Array.isArray(given)) return null
  const addresses = given.map(lowered).filter((address) => text(address['type'])?.toLowerCase() !== 'home')
  const work = addresses.find((address) => text(address['type'])?.toLowerCase() === 'work') ?? addresses.find((address) => address['primary'] === true)
  return work === undefined ? null : text(work['locality']) ?? text(work['country'])
}

function dateOf(value: unknown): string | null {
  const day = text(value)?.slice(0, 'YYYY-MM-DD'.length) ?? ''
  return z.iso.date().safeParse(day).success ? day : null
}

type Fields = Readonly<Record<string, unknown>>

/** Extensions whose name ends in `User` and that hold employee numbers differ only by vendor: the standard one counts. */
const enterpriseOf = (user: Fields): Fields => lowered(user[ENTERPRISE])

function lowered(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toLowerCase(), inner]))
}

function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return null
  const trimmed = value.trim()
  return trimmed === '' ? null : trimmed
}
