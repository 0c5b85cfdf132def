import type { HrRecord } from '../core/inventory/records.ts'
import { directMembersOnly } from '../core/inventory/records.ts'
import { accessGraph, effectiveGrants, pathText, reachFinder, type DirectHold, type NestedHold } from '../core/inventory/effective-access.ts'
import { foldKey } from '../core/inventory/fold-key.ts'
import type { Mirror } from './mirror-file.ts'
import { peopleStaging } from './staging-people.ts'
import { addSums } from './staging-sign-ins.ts'
import type { StagingFile } from './staging-file.ts'

/** Lets the thread breathe; throws when the work was cancelled. */
type Breath = () => Promise<void>

const accountsPerBreath = 2_000
const rowsPerBreath = 20_000

/** Stages every account and entitlement as the mirror describes them; they keep the mirror's numbers. */
export async function stageDescriptions(mirror: Mirror, { sqlite }: StagingFile, breath: Breath): Promise<void> {
  const putAccount = sqlite.prepare(
    `INSERT INTO staged_account (id, native_id, native_key, display_name, email, email_key, employee_id, employee_key, kind, is_enabled, login,
       login_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const accounts = mirror.sqlite.prepare<[], AccountRow>('SELECT node.id, account.* FROM account JOIN node ON node.n = account.n ORDER BY account.n')
  for (const [at, row] of accounts.all().entries()) {
    putAccount.run(
      row.n, row.id, foldKey(row.id) ?? row.id, row.display_name, row.email, foldKey(row.email), row.employee_id, foldKey(row.employee_id), row.kind,
      row.is_enabled, row.login, foldKey(row.login),
    )
    if (at % rowsPerBreath === rowsPerBreath - 1) await breath()
  }
  const putEntitlement = sqlite.prepare(
    `INSERT INTO staged_entitlement (id, native_id, name, application, description, owner_email, privilege, risk, traits)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const entitlements = mirror.sqlite.prepare<[], EntitlementRow>(
    'SELECT node.id, entitlement.* FROM entitlement JOIN node ON node.n = entitlement.n ORDER BY entitlement.n',
  )
  for (const row of entitlements.iterate()) {
    putEntitlement.run(row.n, row.id, row.name, row.application, row.description, row.owner_email, row.privilege, row.risk, row.traits)
  }
  await breath()
}

interface AccountRow {
  n: number; id: string; login: string | null; display_name: string | null; email: string | null; employee_id: string | null; kind: string | null
  is_enabled: number | null
}

interface EntitlementRow {
  n: number; id: string; name: string; application: string; description: string | null; owner_email: string | null; privilege: string; risk: string
  traits: string
}

/**
 * Stages the effective grants of all accounts, or of those whose access may differ from what the inventory last took over.
 * Returns the touched accounts' ids; null = all.
 */
export async function stageGrants(mirror: Mirror, staging: StagingFile, which: 'all' | 'touched', breath: Breath): Promise<readonly string[] | null> {
  const { sqlite } = mirror
  const graph = loadGraph(mirror)
  const reachOf = reachFinder(accessGraph(graph.ids.length, graph.nested))
  const write = grantWriter(staging, graph)
  const touched = which === 'all' ? null : stageTouched(mirror, staging)
  const accounts = sqlite
    .prepare<[], number>(which === 'all' ? 'SELECT n FROM account ORDER BY n' : 'SELECT n FROM account WHERE n IN (SELECT n FROM temp.touched_account) ORDER BY n')
    .pluck(true).all()
  const holds = sqlite.prepare<[number], HoldRow>('SELECT entitlement, granted_at, expires_at, how FROM hold WHERE holder = ? ORDER BY entitlement')
  for (const [at, account] of accounts.entries()) {
    const direct: (DirectHold & { readonly how: string | null })[] = []
    for (const row of holds.all(account)) {
      const entitlement = graph.indexOf(row.entitlement)
      // Held, but not (or no longer) described by the source: nothing a person could decide on.
      if (entitlement !== -1) direct.push({ entitlement, grantedAt: row.granted_at, expiresAt: row.expires_at, how: row.how })
    }
    write(account, direct, reachOf)
    if (at % accountsPerBreath === accountsPerBreath - 1) await breath()
  }
  sqlite.exec('DROP TABLE IF EXISTS temp.touched_account')
  return touched
}

interface HoldRow { entitlement: number; granted_at: string | null; expires_at: string | null; how: string | null }

interface Graph {
  /** Numbers and ids of the described entitlements, in the order of their ids: the order ties are settled in. */
  readonly numbers: readonly number[]
  readonly ids: readonly string[]
  readonly nested: readonly NestedHold[]
  readonly indexOf: (n: number) => number
}

function loadGraph({ sqlite }: Mirror): Graph {
  const rows = sqlite.prepare<[], { n: number; id: string }>('SELECT entitlement.n, node.id FROM entitlement JOIN node ON node.n = entitlement.n ORDER BY node.id').all()
  const highest = sqlite.prepare<[], number | null>('SELECT max(n) FROM node').pluck(true).get() ?? 0
  const indexes = new Int32Array(highest + 1).fill(-1)
  for (const [index, { n }] of rows.entries()) indexes[n] = index
  const indexOf = (n: number): number => indexes[n] ?? -1
  const nested: NestedHold[] = []
  const holds = sqlite.prepare<[], HoldRow & { holder: number }>(
    'SELECT holder, entitlement, granted_at, expires_at, how FROM hold WHERE holder IN (SELECT n FROM entitlement)',
  )
  for (const row of holds.iterate()) {
    const [holder, entitlement] = [indexOf(row.holder), indexOf(row.entitlement)]
    if (holder === -1 || entitlement === -1) continue
    nested.push({ holder, entitlement, grantedAt: row.granted_at, expiresAt: row.expires_at, isForDirectMembers: row.how === directMembersOnly })
  }
  return { numbers: rows.map(({ n }) => n), ids: rows.map(({ id }) => id), nested, indexOf }
}

/** Everybody whose access hangs on something that changed: themselves, or through whatever they hold. */
function stageTouched({ sqlite }: Mirror, staging: StagingFile): readonly string[] {
  sqlite.exec(
    `DROP TABLE IF EXISTS temp.touched_account;
     CREATE TEMP TABLE touched_account (n INTEGER PRIMARY KEY);
     INSERT INTO temp.touched_account
     WITH RECURSIVE below (n) AS (SELECT n FROM touched UNION SELECT hold.holder FROM below JOIN hold ON hold.entitlement = below.n)
     SELECT below.n FROM below JOIN node ON node.n = below.n WHERE node.of_kind = 'account'`,
  )
  const ids = sqlite.prepare<[], string>('SELECT node.id FROM temp.touched_account JOIN node USING (n)').pluck(true).all()
  const insert = staging.sqlite.prepare('INSERT INTO staged_touched (native_id) VALUES (?)')
  for (const id of ids) insert.run(id)
  return ids
}

type Direct = readonly (DirectHold & { readonly how: string | null })[]

function grantWriter({ sqlite }: StagingFile, graph: Graph): (account: number, direct: Direct, reachOf: ReturnType<typeof reachFinder>) => void {
  const putPath = sqlite.prepare('INSERT OR IGNORE INTO staged_path (path) VALUES (?)')
  const findPath = sqlite.prepare<[string], number>('SELECT id FROM staged_path WHERE path = ?').pluck(true)
  const put = sqlite.prepare('INSERT OR IGNORE INTO staged_grant (account, entitlement, path, granted_at, expires_at) VALUES (?, ?, ?, ?, ?)')
  const byText = new Map<string, number>()
  // A way is the same array for everybody who goes it.
  const byWay = new WeakMap<readonly number[], number>()

  function pathId(text: string): number {
    const known = byText.get(text)
    if (known !== undefined) return known
    putPath.run(text)
    const id = findPath.get(text) as number
    if (byText.size >= 200_000) byText.clear()
    byText.set(text, id)
    return id
  }

  function wayId(way: readonly number[]): number {
    let id = byWay.get(way)
    if (id === undefined) {
      id = pathId(pathText(way.map((index) => graph.ids[index] ?? '')))
      byWay.set(way, id)
    }
    return id
  }

  return (account, direct, reachOf) => {
    let own = 0
    for (const { entitlement, path, grantedAt, expiresAt } of effectiveGrants(direct, reachOf)) {
      // A rule or a synchronisation that gave a direct hold is said in the path's place: taking the hold away does not outlast either.
      const way = path.length > 0 ? wayId(path) : pathId(direct[own++]?.how ?? pathText([]))
      put.run(account, graph.numbers[entitlement], way, grantedAt, expiresAt)
    }
  }
}

/** Stages the people the source named. Returns how many. */
export async function stagePeople(mirror: Mirror, staging: StagingFile, breath: Breath): Promise<number> {
  const people = peopleStaging(staging)
  const page = mirror.sqlite.prepare<[string], { employee_id: string; record: string }>(
    'SELECT employee_id, record FROM person WHERE employee_id > ? ORDER BY employee_id LIMIT 5000',
  )
  for (let after = ''; ;) {
    const rows = page.all(after)
    const last = rows.at(-1)
    if (last === undefined) return people.finish().imported
    people.take(rows.map(({ record }) => JSON.parse(record) as HrRecord))
    after = last.employee_id
    await breath()
  }
}

/** Stages what the logs that were read to their end added up, and the span they cover together (`to` exclusive). */
export function stageUsage(
  mirror: Mirror, staging: StagingFile, collections: readonly number[], window: { readonly from: string; readonly to: string } | null,
): void {
  const rows = mirror.sqlite.prepare<[string], unknown[]>(
    `SELECT account_key, application, month, successes, failures, days, first_at, last_success_at FROM usage_sum
     WHERE collection IN (SELECT value FROM json_each(?))`,
  ).raw(true)
  const add = staging.sqlite.prepare<unknown[]>(
    `INSERT INTO staged_usage (account_key, application, month, successes, failures, days, first_at, last_success_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account_key, application, month) DO UPDATE SET ${addSums}`,
  )
  for (const row of rows.iterate(JSON.stringify(collections))) add.run(...row)
  if (window !== null) staging.sqlite.prepare('INSERT INTO staged_window (one, from_at, to_at) VALUES (1, ?, ?)').run(window.from, window.to)
}
