import type { DirectoryEntitlement, Holder, MirrorChange } from '../live-connector.ts'
import { BATCH, batch } from './batch.ts'
import type { Graph } from './graph.ts'
import { listOf, objectOf, textOf, type JsonObject } from './json.ts'
import { query } from './links.ts'
import { listing } from './listing.ts'
import { consentWeight } from './risky-permissions.ts'
import { rejectOf, type EntraCollection, type Taken } from './reading.ts'

const IDS_AT_ONCE = 15

/** One permission a program was given: to act as one person, or as everybody. */
export function consentId(client: string, resource: string, scope: string, isForEverybody: boolean): string {
  return isForEverybody ? `consent-for-all:${resource}/${scope}` : `consent:${client}/${resource}/${scope}`
}

/**
 * Delegated permissions. What a person consented to is held by that person's account; what an administrator consented to for
 * everybody is held by the program's account.
 */
export function consents(): EntraCollection {
  return listing({
    name: 'consents', title: 'What programs may do in people\'s names', isOptional: true, isDelta: false, countPath: null,
    steps: [{ path: `/oauth2PermissionGrants?${query({ $top: '999' })}` }],
    take: async (entities, { graph }): Promise<Taken> => {
      const { names, retries, throttledMs } = await namesOf(entities, graph)
      const rejects = entities.flatMap((grant, index) => (isWhole(grant) ? [] : [rejectOf(index, grant, 'A consent in the answer does not say whose or to what.')]))
      return { changes: entities.filter(isWhole).flatMap((grant) => changesOf(grant, names)), rejects, retries, throttledMs }
    },
  })
}

function isWhole(grant: JsonObject): boolean {
  const isForEverybody = textOf(grant['consentType']) === 'AllPrincipals'
  return textOf(grant['clientId']) !== null && textOf(grant['resourceId']) !== null && (isForEverybody || textOf(grant['principalId']) !== null)
}

function changesOf(grant: JsonObject, names: ReadonlyMap<string, string>): readonly MirrorChange[] {
  const client = textOf(grant['clientId']) ?? ''
  const resource = textOf(grant['resourceId']) ?? ''
  const isForEverybody = textOf(grant['consentType']) === 'AllPrincipals'
  const holder: Holder = { of: 'account', id: isForEverybody ? client : textOf(grant['principalId']) ?? '' }
  const scopes = new Set((textOf(grant['scope']) ?? '').split(/\s+/).filter((scope) => scope !== ''))
  return [...scopes].flatMap((scope): readonly MirrorChange[] => {
    const record = entitlementOf({ client, resource, scope, isForEverybody }, names)
    return [
      { put: 'entitlement', record },
      { put: 'hold', record: { entitlement: record.entitlement, holder, grantedAt: null, expiresAt: null, how: null } },
    ]
  })
}

interface Consent { readonly client: string; readonly resource: string; readonly scope: string; readonly isForEverybody: boolean }

function entitlementOf({ client, resource, scope, isForEverybody }: Consent, names: ReadonlyMap<string, string>): DirectoryEntitlement {
  const clientName = names.get(client) ?? client
  const resourceName = names.get(resource) ?? resource
  return {
    entitlement: consentId(client, resource, scope, isForEverybody),
    name: isForEverybody ? `${resourceName}: ${scope} in everybody's name` : `${clientName} may use ${resourceName}: ${scope}`,
    description: isForEverybody
      ? `A program with this may use ${scope} of ${resourceName} in the name of whoever signs in to it; an administrator consented for everybody.`
      : `The person let ${clientName} use ${scope} of ${resourceName} in their name.`,
    application: isForEverybody ? resourceName : clientName, ...consentWeight(scope, isForEverybody), owner: null, traits: [],
  }
}

/** Consents name programs by id only. */
async function namesOf(grants: readonly JsonObject[], graph: Graph): Promise<{ names: ReadonlyMap<string, string>; retries: number; throttledMs: number }> {
  const ids = [...new Set(grants.flatMap((grant) => [textOf(grant['clientId']), textOf(grant['resourceId'])]).filter((id) => id !== null))].sort()
  const names = new Map<string, string>()
  let retries = 0
  let throttledMs = 0
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE * BATCH) {
    const part = ids.slice(start, start + IDS_AT_ONCE * BATCH)
    const paths = Array.from({ length: Math.ceil(part.length / IDS_AT_ONCE) }, (_, index) => {
      const some = part.slice(index * IDS_AT_ONCE, (index + 1) * IDS_AT_ONCE)
      return `/servicePrincipals?${query({ $filter: `id in (${some.map((id) => `'${id}'`).join(',')})`, $select: 'id,displayName' })}`
    })
    // Without a name the program's id stands for it.
    const got = await batch(graph, paths, [400, 403])
    retries += got.retries
    throttledMs += got.throttledMs
    for (const { body } of got.answers) {
      for (const one of listOf(objectOf(body)?.['value'])) {
        const id = textOf(objectOf(one)?.['id'])
        const name = textOf(objectOf(one)?.['displayName'])
        if (id !== null && name !== null) names.set(id, name)
      }
    }
  }
  return { names, retries, throttledMs }
}
