import {
  LiveSourceError, type Collection, type CollectionEnd, type LiveConnector, type LivePage, type MirrorChange, type ReadCollection,
} from '../../src/main/connectors/live-connector.ts'
import type { HrRecord, SignInRecord } from '../../src/main/core/inventory/records.ts'
import type { Reject } from '../../src/shared/model/source.ts'

// A directory in memory that is asked like a real one: page by page, by full listing or by changes since a token, with faults on demand.

export interface ScriptedUser { name: string; email: string | null; employeeId: string | null; isEnabled: boolean; title: string | null }

export interface ScriptedDirectory {
  readonly users: Map<string, ScriptedUser>
  readonly groups: Map<string, string>
  /** `<group> <a|e>:<holder>` → since when. */
  readonly members: Map<string, string | null>
  readonly signIns: SignInRecord[]
  /** What changed, in order; a token is a place in it. */
  readonly log: { readonly of: 'users' | 'groups' | 'members'; readonly key: string }[]
}

export interface Script {
  readonly pageSize: number
  /** `delta`: every collection can be asked what changed. `relist`: members are listed anew each time, group by group. */
  readonly members: 'delta' | 'relist'
  readonly isHr: boolean
  readonly readsUsage: boolean
  /** Sign-ins before it are not told any more. */
  signInsKeptFrom: string
  now: string
  /** Tokens of places before it are refused. */
  expiredBefore: number
  /** Called before each page; throws, aborts or changes the directory. `page` counts all pages of this connector. */
  onPage: (page: number, collection: string) => void | Promise<void>
  /** Changes a page before it is handed over. */
  distort: (page: LivePage, collection: string) => LivePage
  /** What the source says there are; null = it does not say. */
  count: (collection: string, real: number) => number | null
}

export function scriptedDirectory(): ScriptedDirectory {
  return { users: new Map(), groups: new Map(), members: new Map(), signIns: [], log: [] }
}

export function putUser(directory: ScriptedDirectory, id: string, more: Partial<ScriptedUser> = {}): void {
  const before = directory.users.get(id) ?? { name: `Name of ${id}`, email: `${id}@example.com`, employeeId: null, isEnabled: true, title: null }
  directory.users.set(id, { ...before, ...more })
  directory.log.push({ of: 'users', key: id })
}

export function removeUser(directory: ScriptedDirectory, id: string): void {
  if (!directory.users.delete(id)) return
  directory.log.push({ of: 'users', key: id })
  for (const key of [...directory.members.keys()]) if (key.endsWith(` a:${id}`)) takeMember(directory, key)
}

export function putGroup(directory: ScriptedDirectory, id: string, name = `Group ${id}`): void {
  directory.groups.set(id, name)
  directory.log.push({ of: 'groups', key: id })
}

export function removeGroup(directory: ScriptedDirectory, id: string): void {
  if (!directory.groups.delete(id)) return
  directory.log.push({ of: 'groups', key: id })
  for (const key of [...directory.members.keys()]) if (key.startsWith(`${id} `) || key.endsWith(` e:${id}`)) takeMember(directory, key)
}

export function addMember(directory: ScriptedDirectory, group: string, holder: string, since: string | null = null): void {
  directory.members.set(`${group} ${holder}`, since)
  directory.log.push({ of: 'members', key: `${group} ${holder}` })
}

export function takeMember(directory: ScriptedDirectory, key: string): void {
  if (directory.members.delete(key)) directory.log.push({ of: 'members', key })
}

/** The access the directory gives, worked out the plainest way: one line per account, entitlement and way. */
export function accessLines(directory: ScriptedDirectory): readonly string[] {
  const lines: string[] = []
  const groupsOf = (holder: string): readonly string[] =>
    [...directory.members.keys()].filter((key) => key.endsWith(` ${holder}`)).map((key) => key.split(' ')[0] ?? '').filter((group) => directory.groups.has(group)).sort()
  for (const user of directory.users.keys()) {
    for (const direct of groupsOf(`a:${user}`)) {
      const ways = new Map<string, readonly string[]>([[direct, []]])
      for (let ring = [direct]; ring.length > 0;) {
        const next: string[] = []
        for (const holder of ring) {
          for (const group of groupsOf(`e:${holder}`)) {
            if (ways.has(group)) continue
            ways.set(group, [...(ways.get(holder) ?? []), holder])
            next.push(group)
          }
        }
        ring = next
      }
      for (const [group, way] of ways) lines.push(`${user}\tgroup:${group}\t${way.length === 0 ? 'direct' : way.map((id) => `group:${id}`).join(' > ')}`)
    }
  }
  return lines.sort()
}

type Token =
  | { readonly m: 'full'; readonly after: string; readonly since: number }
  | { readonly m: 'delta'; readonly since: number; readonly upto: number; readonly at: number }
  | { readonly m: 'relist'; readonly group: string }
  | { readonly m: 'window'; readonly from: string; readonly to: string; readonly at: number }

export function scriptedConnector(directory: ScriptedDirectory, more: Partial<Script> = {}): LiveConnector & { readonly script: Script } {
  const script: Script = {
    pageSize: 2, members: 'delta', isHr: false, readsUsage: false, signInsKeptFrom: '2026-01-01T00:00:00.000Z', now: '2026-02-01T00:00:00.000Z',
    expiredBefore: 0, onPage: () => undefined, distort: (page) => page, count: (_, real) => real, ...more,
  }
  let pages = 0
  const collections: Collection[] = ['users', 'groups', 'members', ...(script.readsUsage ? ['sign-ins'] : [])].map((name) => ({
    name, title: name, apiVersion: 'scripted 1', isOptional: name === 'sign-ins',
  }))

  async function* read({ collection, cursor, signal, mirror }: ReadCollection): AsyncGenerator<LivePage, CollectionEnd, void> {
    const give = async (changes: readonly MirrorChange[], token: Token, records: number, signIns: readonly SignInRecord[] = []): Promise<LivePage> => {
      await new Promise((resolve) => setImmediate(resolve))
      signal.throwIfAborted()
      await script.onPage(pages++, collection)
      signal.throwIfAborted()
      return script.distort({
        request: `GET /${collection}?size=${script.pageSize}`, raw: JSON.stringify({ changes, signIns }), changes, signIns, records, rejects: [] as Reject[],
        retries: 0, throttledMs: 0, cursor: JSON.stringify(token), gaps: [], progress: null,
      }, collection)
    }
    let token: Token | null = cursor === null ? null : JSON.parse(cursor) as Token
    if (token !== null && 'since' in token && token.since < script.expiredBefore) throw new LiveSourceError('expired-cursor', 'The token has expired.')

    if (collection === 'sign-ins') {
      const from = token?.m === 'window' ? token.from : script.signInsKeptFrom
      const to = token?.m === 'window' && token.to !== '' ? token.to : script.now
      const events = directory.signIns.filter(({ at }) => at >= from && at < to && at >= script.signInsKeptFrom).toSorted((a, b) => (a.at < b.at ? -1 : 1))
      for (let at = token?.m === 'window' && token.to !== '' ? token.at : 0; at < events.length; at += script.pageSize) {
        const some = events.slice(at, at + script.pageSize)
        yield await give([], { m: 'window', from, to, at: at + some.length }, some.length, some)
      }
      const next: Token = { m: 'window', from: to, to: '', at: 0 }
      return { mode: 'window', nextCursor: JSON.stringify(next), sourceCount: null, window: { from: from > script.signInsKeptFrom ? from : script.signInsKeptFrom, to } }
    }

    if (collection === 'members' && script.members === 'relist') {
      let group = token?.m === 'relist' ? token.group : null
      for (;;) {
        const [id] = await mirror.entitlements('group:', group === null ? null : `group:${group}`, 1)
        if (id === undefined) return { mode: 'full', nextCursor: null, sourceCount: script.count('members', directory.members.size), window: null }
        group = id.slice('group:'.length)
        const keys = [...directory.members.keys()].filter((key) => key.startsWith(`${group ?? ''} `)).sort()
        yield await give([{ drop: 'holds-of', entitlement: id }, ...keys.flatMap((key) => changesOf('members', key))], { m: 'relist', group }, keys.length)
      }
    }

    const things = directory[collection as 'users' | 'groups' | 'members']
    if (token === null || token.m === 'full') {
      const since = token?.since ?? directory.log.length
      let after = token?.after ?? ''
      for (;;) {
        const keys = [...things.keys()].filter((key) => key > after).sort().slice(0, script.pageSize)
        const last = keys.at(-1)
        if (last === undefined) break
        after = last
        token = { m: 'full', after, since }
        yield await give(keys.flatMap((key) => changesOf(collection, key)), token, keys.length)
      }
      return ended('full', collection, since, things.size)
    }
    if (token.m !== 'delta') throw new Error('a token of another collection')
    const { since } = token
    const upto = token.upto === -1 ? directory.log.length : token.upto
    const changed = directory.log.slice(since, upto).filter(({ of }) => of === collection).map(({ key }) => key)
    for (let at = token.at; at < changed.length; at += script.pageSize) {
      const keys = changed.slice(at, at + script.pageSize)
      yield await give(keys.flatMap((key) => changesOf(collection, key)), { m: 'delta', since, upto, at: at + keys.length }, keys.length)
    }
    return ended('changes', collection, upto, things.size)
  }

  function ended(mode: 'full' | 'changes', collection: string, since: number, size: number): CollectionEnd {
    const next: Token = { m: 'delta', since, upto: -1, at: 0 }
    return { mode, nextCursor: JSON.stringify(next), sourceCount: script.count(collection, size), window: null }
  }

  function changesOf(collection: string, key: string): readonly MirrorChange[] {
    if (collection === 'users') return userChanges(key)
    if (collection === 'groups') {
      const name = directory.groups.get(key)
      if (name === undefined) return [{ drop: 'entitlement', id: `group:${key}` }]
      const record = {
        entitlement: `group:${key}`, name, description: null, application: 'Directory', privilege: 'none', risk: 'low', owner: null, traits: [],
      } as const
      return [{ put: 'entitlement', record }]
    }
    const [group = '', holder = ''] = key.split(' ')
    const holds = { of: holder.startsWith('a:') ? 'account' : 'entitlement', id: holder.startsWith('a:') ? holder.slice(2) : `group:${holder.slice(2)}` } as const
    const since = directory.members.get(key)
    return since === undefined
      ? [{ drop: 'hold', entitlement: `group:${group}`, holder: holds }]
      : [{ put: 'hold', record: { entitlement: `group:${group}`, holder: holds, grantedAt: since, expiresAt: null, how: null } }]
  }

  function userChanges(id: string): readonly MirrorChange[] {
    const user = directory.users.get(id)
    if (user === undefined) return [...(script.isHr ? [{ drop: 'person', id } as const] : []), { drop: 'account', id }]
    const account: MirrorChange = {
      put: 'account',
      record: { account: id, login: `${id}.login`, accountName: user.name, email: user.email, employeeId: user.employeeId, accountKind: 'employee', isEnabled: user.isEnabled },
    }
    if (!script.isHr || user.employeeId === null) return [account]
    const person: HrRecord = {
      employeeId: user.employeeId, displayName: user.name, email: user.email, kind: 'employee', status: user.isEnabled ? 'active' : 'inactive',
      title: user.title, department: null, division: null, costCenter: null, location: null, managerEmployeeId: null, hireDate: null, terminationDate: null,
    }
    return [account, { put: 'person', record: person }]
  }

  return {
    kind: 'okta', script, collections: () => collections, read,
    test: () => Promise.resolve({ isConnected: true, account: 'scripted', permissions: [], removals: [], notes: [] }),
  }
}
