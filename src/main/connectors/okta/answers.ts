import { z } from 'zod'
import type { Reject } from '../../../shared/model/source.ts'

// What is taken of Okta's answers; everything else in them is passed over. Source: Okta's published OpenAPI description, 2026.06.

const time = z.string().nullish()
const profile = z.record(z.string(), z.unknown())

export const oktaUser = z.object({ id: z.string().min(1), status: z.string(), created: time, profile })

export const oktaGroup = z.object({
  id: z.string().min(1),
  type: z.string(),
  profile: z.object({ name: z.string(), description: z.string().nullish() }),
  // Published with the first spelling, answered by some organisations with the second.
  _embedded: z.object({ stats: z.object({ hasAdminPrivlege: z.boolean().nullish(), hasAdminPrivilege: z.boolean().nullish() }).nullish() }).nullish(),
})

/** Whether an administrator role is assigned to the group; null where Okta does not say. */
export function confersRole(group: OktaGroup): boolean | null {
  const stats = group._embedded?.stats
  return stats?.hasAdminPrivlege ?? stats?.hasAdminPrivilege ?? null
}

export const oktaRule = z.object({
  id: z.string().min(1),
  name: z.string(),
  status: z.string(),
  conditions: z.object({
    expression: z.object({ value: z.string() }).nullish(),
    people: z.object({
      users: z.object({ exclude: z.array(z.string()).nullish() }).nullish(),
      groups: z.object({ exclude: z.array(z.string()).nullish() }).nullish(),
    }).nullish(),
  }).nullish(),
  actions: z.object({ assignUserToGroups: z.object({ groupIds: z.array(z.string()).nullish() }).nullish() }).nullish(),
})

export const oktaApp = z.object({ id: z.string().min(1), name: z.string().nullish(), label: z.string(), status: z.string() })

export const oktaAppUser = z.object({ id: z.string().min(1), scope: z.string().nullish(), created: time })

export const oktaAppGroup = z.object({ id: z.string().min(1) })

export const oktaRole = z.object({
  id: z.string().min(1),
  label: z.string().nullish(),
  type: z.string(),
  assignmentType: z.string().nullish(),
  status: z.string().nullish(),
  created: time,
  /** Custom roles only. */
  role: z.string().nullish(),
  'resource-set': z.string().nullish(),
})

const links = z.object({ next: z.object({ href: z.string() }).nullish() }).nullish()
export const oktaAssignees = z.object({ value: z.array(z.object({ id: z.string().min(1) })), _links: links })
export const oktaCustomRoles = z.object({ roles: z.array(z.object({ id: z.string(), label: z.string(), description: z.string().nullish() })), _links: links })
export const oktaPermissions = z.object({ permissions: z.array(z.object({ label: z.string() })) })
export const oktaResourceSets = z.object({ 'resource-sets': z.array(z.object({ id: z.string(), label: z.string() })), _links: links })

const party = z.object({ id: z.string().nullish(), type: z.string().nullish(), alternateId: z.string().nullish(), displayName: z.string().nullish() })
export const oktaEvent = z.object({
  uuid: z.string().nullish(),
  published: z.string(),
  eventType: z.string(),
  actor: party.nullish(),
  target: z.array(party).nullish(),
  outcome: z.object({ result: z.string().nullish() }).nullish(),
})

export type OktaUser = z.infer<typeof oktaUser>
export type OktaGroup = z.infer<typeof oktaGroup>
export type OktaRule = z.infer<typeof oktaRule>
export type OktaApp = z.infer<typeof oktaApp>
export type OktaRole = z.infer<typeof oktaRole>
export type OktaEvent = z.infer<typeof oktaEvent>

/** The readable ones, and a reject for every other: `row` is its place in the answer, from 1. */
export function readAll<T>(items: readonly unknown[], schema: z.ZodType<T>, what: string): { readonly taken: readonly T[]; readonly rejects: readonly Reject[] } {
  const taken: T[] = []
  const rejects: Reject[] = []
  items.forEach((item, index) => {
    const parsed = schema.safeParse(item)
    if (parsed.success) {
      taken.push(parsed.data)
      return
    }
    const where = parsed.error.issues[0]?.path.join('.') ?? ''
    rejects.push({
      row: index + 1,
      column: where === '' ? null : where,
      code: 'bad-value',
      reason: `${what} without a usable ${where === '' ? 'content' : where}`,
      effect: 'row-rejected',
      raw: typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string' ? item.id : '',
    })
  })
  return { taken, rejects }
}
