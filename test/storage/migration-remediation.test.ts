import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/storage/database.ts'
import { migrations } from '../../src/main/storage/migrations/index.ts'
import { loadRemediationSettings } from '../../src/main/storage/remediation-settings.ts'
import { listRemediations, remediationFigures } from '../../src/main/storage/remediations.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

it('a workspace from before there were removals keeps all it holds, has none, and only advises; their history cannot be changed', async () => {
  const path = join(await temporaryFolder(), 'muster.db')
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new Database(path) }) })
  const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0009'))
  expect((await new Migrator({ db, provider: { getMigrations: () => Promise.resolve(before) } }).migrateToLatest()).error).toBeUndefined()
  await db.destroy()
  const old = new Database(path)
  old.prepare('INSERT INTO source (name, kind, config, created_at) VALUES (?, ?, ?, ?)').run('ERP', 'csv-entitlements', '{}', '2026-01-01T00:00:00.000Z')
  old.close()

  const store = await openStore(path, { mustExist: true })
  onTestFinished(store.close)
  expect(await store.db.selectFrom('source').select('name').execute()).toEqual([{ name: 'ERP' }])
  expect(await listRemediations(store.db, {}, '2026-01-01')).toEqual({ total: 0, rows: [] })
  expect(await remediationFigures(store.db, '2026-01-01')).toEqual({ byState: {}, overdue: 0, alarms: 0, stillThere: 0, usedAfter: 0 })
  expect(await loadRemediationSettings(store.db)).toMatchObject({ mode: 'advise', separatesDuties: true })
  store.sqlite.pragma('foreign_keys = OFF')
  store.sqlite.prepare(`INSERT INTO remediation_step VALUES (1, 1, '2026-01-01T00:00:00.000Z', 'olga', 'planned', '', NULL)`).run()
  expect(() => store.sqlite.prepare('UPDATE remediation_step SET detail = ?').run('x')).toThrow(/append-only evidence/)
  expect(() => store.sqlite.prepare('DELETE FROM remediation_step').run()).toThrow(/append-only evidence/)
})
