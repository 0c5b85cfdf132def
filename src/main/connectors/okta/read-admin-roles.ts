import type { Client } from '@okta/okta-sdk-nodejs'
import { z } from 'zod'
import {
  LiveSourceError, type CollectionEnd, type DirectoryEntitlement, type Holder, type LivePage, type MirrorChange, type ReadCollection,
} from '../live-connector.ts'
import { customRoleWeight, standardRoleWeight } from './admin-role-weight.ts'
import {
  confersRole, oktaAssignees, oktaCustomRoles, oktaGroup, oktaPermissions, oktaResourceSets, oktaRole, readAll, type OktaRole,
} from './answers.ts'
import type { Org } from './org.ts'
import { beginReading, readJson } from './position.ts'
import { GROUP } from './read-groups.ts'
import { livePage, walk } from './walk.ts'

export const ADMIN_ROLE = 'admin-role:'

/** As the log names the application in which administrators work. */
const CONSOLE = 'Okta Admin Console'

const SCOPE = 'okta.roles.read'

const placeSchema = z.object({
  of: z.enum(['users', 'groups', 'end']),
  /** Token of the page of assignees being gone through, and the last of its assignees that was read. */
  page: z.string().nullable(),
  after: z.string().nullable(),
})
type Place = z.infer<typeof placeSchema>

/** What custom roles and resource sets are called, and what the roles may do. */
interface Vocabulary {
  readonly roles: ReadonlyMap<string, { readonly label: string; readonly description: string | null; readonly permissions: readonly string[] | null }>
  readonly sets: ReadonlyMap<string, string>
}

/**
 * Administrator roles of users and groups, standard and custom (with the resource set they are limited to). Always all: administrators are
 * few. A role a user holds through a group is that group's.
 */
export async function* readAdminRoles(input: ReadCollection, org: Org): AsyncGenerator<LivePage, CollectionEnd, void> {
  const reading = beginReading(input, input.cursor, false)
  let place: Place = reading.at === null ? { of: 'users', page: null, after: null } : readJson(placeSchema, reading.at)
  const cursor = (): string => reading.cursorAt(JSON.stringify(place), org.openedAt())
  const words = await readVocabulary(org)
  if (reading.at === null) yield livePage(org, words.asked, cursor(), { raw: words.body })
  if (place.of === 'users') {
    for (const asked = new Set<string>(); ;) {
      const token = place.page
      const answer = await org.ask(SCOPE, (client) => client.roleAssignmentApi.listUsersWithRoleAssignments({ limit: 100, ...(token === null ? {} : { after: token }) }))
      const assignees = readAnswer(oktaAssignees, answer.json, answer.asked)
      const next = tokenOf(assignees._links?.next?.href)
      if (next !== null && asked.has(next)) throw goesRound(answer.asked)
      if (next !== null) asked.add(next)
      const ids = assignees.value.map((assignee) => assignee.id)
      for (const userId of ids.slice(place.after === null ? 0 : ids.indexOf(place.after) + 1)) {
        const page = await org.page(SCOPE, (client) => client.roleAssignmentApi.listAssignedRolesForUser({ userId }), null, 'may-be-gone')
        place = { ...place, after: userId }
        if (page !== 'gone') yield livePage(org, page.asked, cursor(), { raw: page.body, records: page.items.length, ...rolesOf(page.items, { of: 'account', id: userId }, words) })
      }
      place = { of: 'users', page: next, after: null }
      if (next === null) break
    }
    place = { of: 'groups', page: null, after: null }
  }
  if (place.of === 'groups') yield* readGroupRoles()
  return { mode: 'full', nextCursor: null, sourceCount: null, window: null }

  /** Okta cannot list groups with a role, but says of each group whether it confers one. */
  async function* readGroupRoles(): AsyncGenerator<LivePage, void, void> {
    const pages = walk(org, 'okta.groups.read', (client) => client.groupApi.listGroups({ expand: 'stats', limit: 200 }), place.page)
    for await (const page of pages) {
      const privileged = readAll(page.items, oktaGroup, 'a group').taken.filter((group) => confersRole(group) !== false)
      const ids = privileged.map((group) => group.id)
      const known = place.after === null ? -1 : ids.indexOf(place.after)
      for (const groupId of ids.slice(known + 1)) {
        const roles = await org.page(SCOPE, (client) => client.roleAssignmentApi.listGroupAssignedRoles({ groupId }), null, 'may-be-gone')
        place = { ...place, after: groupId }
        if (roles === 'gone') continue
        yield livePage(org, roles.asked, cursor(), { raw: roles.body, records: roles.items.length, ...rolesOf(roles.items, { of: 'entitlement', id: GROUP + groupId }, words) })
      }
      place = { of: page.next === null ? 'end' : 'groups', page: page.next, after: null }
      yield livePage(org, page.asked, cursor(), {})
    }
  }
}

async function readVocabulary(org: Org): Promise<Vocabulary & { readonly asked: string; readonly body: string }> {
  const roles = new Map<string, { label: string; description: string | null; permissions: readonly string[] | null }>()
  const listed = await listNamed(
    org, (client, after) => client.customRoleApi.listRoles(after), (json, asked) => readAnswer(oktaCustomRoles, json, asked),
  )
  for (const { id, label, description } of listed.flatMap((page) => page.roles)) {
    const may = await org.ask(SCOPE, (client) => client.customRoleApi.listRolePermissions({ roleIdOrLabel: id }), [403, 404])
    const read = oktaPermissions.safeParse(may.json)
    roles.set(id, { label, description: description ?? null, permissions: read.success ? read.data.permissions.map((one) => one.label) : null })
  }
  const limits = await listNamed(
    org, (client, after) => client.resourceSetApi.listResourceSets(after), (json, asked) => readAnswer(oktaResourceSets, json, asked),
  )
  const sets = new Map(limits.flatMap((page) => page['resource-sets']).map(({ id, label }) => [id, label]))
  return { roles, sets, asked: 'GET /api/v1/iam/roles', body: JSON.stringify({ roles: [...roles], resourceSets: [...sets] }) }
}

/** Small listings whose next link stands in the body. */
async function listNamed<T extends { readonly _links?: { readonly next?: { readonly href: string } | null | undefined } | null | undefined }>(
  org: Org, open: (client: Client, after: { after?: string }) => Promise<unknown>, read: (json: unknown, asked: string) => T,
): Promise<readonly T[]> {
  const pages: T[] = []
  const followed = new Set<string>()
  for (let after: { after?: string } = {}; ;) {
    const here = after
    const answer = await org.ask(SCOPE, (client) => open(client, here))
    const page = read(answer.json, answer.asked)
    pages.push(page)
    const next = tokenOf(page._links?.next?.href)
    if (next === null) return pages
    if (followed.has(next)) throw goesRound(answer.asked)
    followed.add(next)
    after = { after: next }
  }
}

function rolesOf(items: readonly unknown[], holder: Holder, words: Vocabulary): Pick<LivePage, 'changes' | 'rejects'> {
  const { taken, rejects } = readAll(items, oktaRole, 'an administrator role')
  const changes: MirrorChange[] = []
  for (const role of taken) {
    if (role.status != null && role.status !== 'ACTIVE') continue
    if (holder.of === 'account' && role.assignmentType === 'GROUP') continue
    const record = roleEntitlement(role, words)
    changes.push({ put: 'entitlement', record })
    const grantedAt = role.created?.slice(0, 'YYYY-MM-DD'.length) ?? null
    changes.push({ put: 'hold', record: { entitlement: record.entitlement, holder, grantedAt, expiresAt: null, how: null } })
  }
  return { changes, rejects }
}

/** `admin-role:SUPER_ADMIN`; a custom role together with what it is limited to, `admin-role:<role>@<resource set>`. */
export const adminRoleId = (role: OktaRole): string =>
  ADMIN_ROLE + (role.role == null ? role.type : `${role.role}@${role['resource-set'] ?? ''}`)

function roleEntitlement(role: OktaRole, words: Vocabulary): DirectoryEntitlement {
  const entitlement = adminRoleId(role)
  const shared = { entitlement, application: CONSOLE, owner: null, traits: [] }
  if (role.role == null) {
    return { ...shared, name: role.label ?? role.type, description: 'Standard administrator role of Okta.', ...standardRoleWeight(role.type) }
  }
  const custom = words.roles.get(role.role)
  const over = role['resource-set'] == null ? null : words.sets.get(role['resource-set']) ?? role['resource-set']
  const label = custom?.label ?? role.label ?? role.role
  const weight = role.type === 'CUSTOM' ? customRoleWeight(custom?.permissions ?? null) : standardRoleWeight(role.type)
  return { ...shared, name: over === null ? label : `${label} (${over})`, description: custom?.description ?? null, ...weight }
}

function tokenOf(href: string | undefined): string | null {
  if (href === undefined || !URL.canParse(href)) return null
  return new URL(href).searchParams.get('after')
}

function readAnswer<T>(schema: z.ZodType<T>, json: unknown, asked: string): T {
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new LiveSourceError('half-answer', `Okta's answer to ${asked} is not what its interface promises.`)
  return parsed.data
}

const goesRound = (asked: string): LiveSourceError =>
  new LiveSourceError('half-answer', `Okta's pages of ${asked} lead back to one that was read: the listing has no end and was not taken.`)
