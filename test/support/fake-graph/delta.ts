import { fault, select, token, untoken, type Answered, type Asked } from './query.ts'
import type { Happening, Json, Kind, Member, Tenant } from './tenant.ts'

/** Where a round of paging is. `since` null = the first listing. `until`: happenings after it belong to the next round. */
interface Round {
  readonly since: number | null
  readonly until: number
  readonly index: number
  readonly memberIndex: number
  readonly fields: string
  readonly epoch: number
}

export interface PageSizes { readonly entities: number; readonly members: number }

/** Answers `/kind/delta`. Tokens for changes from an earlier epoch are answered with 410. */
export function delta(tenant: Tenant, kind: Kind, ask: Asked, sizes: PageSizes, origin: string, epoch: number): Answered {
  for (const name of ask.query.keys()) {
    if (!['$select', '$skiptoken', '$deltatoken'].includes(name)) return fault(400, 'Request_UnsupportedQuery', `${name} is not supported on delta.`)
  }
  const round = roundOf(ask, tenant, epoch)
  if (round === null) return fault(400, 'Request_BadRequest', 'Badly formed token.')
  if (round.since !== null && round.epoch < epoch) return fault(410, 'SyncStateNotFound', 'Resync required.')
  return round.since === null ? listed(tenant, kind, round, sizes, origin) : happened(tenant, kind, round, sizes, origin)
}

function roundOf(ask: Asked, tenant: Tenant, epoch: number): Round | null {
  const skip = ask.query.get('$skiptoken')
  if (skip !== undefined) return untoken(skip) as Round | null
  const since = ask.query.get('$deltatoken')
  const fields = ask.query.get('$select') ?? ''
  if (since === undefined) return { since: null, until: tenant.happenings.length, index: 0, memberIndex: 0, fields, epoch }
  const known = untoken(since) as Round | null
  return known === null ? null : { ...known, since: known.until, until: tenant.happenings.length, index: known.until, memberIndex: 0 }
}

/** Groups with many members come several times, the later times with nothing but their id and more members. */
function listed(tenant: Tenant, kind: Kind, round: Round, sizes: PageSizes, origin: string): Answered {
  const value: Json[] = []
  let { index, memberIndex } = round
  let members = 0
  const wantsMembers = round.fields.split(',').includes('members')
  while (index < tenant.size(kind) && value.length < sizes.entities && members < sizes.members) {
    const entity = tenant.at(kind, index)
    if (entity === undefined) {
      index += 1
      continue
    }
    const own = memberIndex === 0 ? select(entity, round.fields === '' ? undefined : round.fields) : { id: entity.id }
    if (!wantsMembers) {
      value.push({ ...own, id: entity.id })
      index += 1
      continue
    }
    const count = tenant.memberCount(entity.id)
    const some: Json[] = []
    while (memberIndex < count && members < sizes.members) {
      const member = tenant.memberAt(entity.id, memberIndex)
      memberIndex += 1
      if (member === undefined) continue
      some.push(memberJson(member))
      members += 1
    }
    value.push({ ...own, id: entity.id, ...(some.length === 0 ? {} : { 'members@delta': some }) })
    if (memberIndex >= count) {
      index += 1
      memberIndex = 0
    }
  }
  return page(kind, value, index < tenant.size(kind), { ...round, index, memberIndex }, origin)
}

/** In the order it happened, so that the same entity can come several times; neighbouring member changes of one group come together. */
function happened(tenant: Tenant, kind: Kind, round: Round, sizes: PageSizes, origin: string): Answered {
  const value: Json[] = []
  let { index } = round
  while (index < round.until && value.length < sizes.entities) {
    const one = tenant.happenings[index]
    index += 1
    if (one?.kind !== kind) continue
    if (!('member' in one)) {
      value.push(one.now === null ? { id: one.id, '@removed': { reason: one.reason } } : { ...select(one.now, round.fields === '' ? undefined : round.fields), id: one.id })
      continue
    }
    const changes = [memberChange(one)]
    for (let next = tenant.happenings[index]; next !== undefined && index < round.until && 'member' in next && next.id === one.id; next = tenant.happenings[index]) {
      changes.push(memberChange(next))
      index += 1
    }
    const group = tenant.get('groups', one.id)
    if (group !== undefined) value.push({ ...select(group, round.fields), id: one.id, 'members@delta': changes })
  }
  return page(kind, value, index < round.until, { ...round, index }, origin)
}

function memberChange(one: Extract<Happening, { readonly member: Member }>): Json {
  return one.isAdded ? memberJson(one.member) : { ...memberJson(one.member), '@removed': { reason: 'deleted' } }
}

function memberJson({ id, type }: Member): Json {
  return { '@odata.type': `#microsoft.graph.${type}`, id }
}

function page(kind: Kind, value: readonly Json[], isMore: boolean, round: Round, origin: string): Answered {
  const link = isMore
    ? { '@odata.nextLink': `${origin}/v1.0/${kind}/delta?$skiptoken=${token(round)}` }
    : { '@odata.deltaLink': `${origin}/v1.0/${kind}/delta?$deltatoken=${token(round)}` }
  return { status: 200, body: { '@odata.context': `${origin}/v1.0/$metadata#${kind}`, ...link, value } }
}
