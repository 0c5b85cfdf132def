import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/storage/database.ts'
import { insertExam, latestExams, loadModelSettings, nextExamId, saveModelSettings, wordingFigures } from '../../src/main/storage/language-model.ts'
import { loadSettings } from '../../src/main/storage/workspace.ts'
import { migrations } from '../../src/main/storage/migrations/index.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const exam = {
  model: 'plain:3b', digest: 'a'.repeat(64), ollama: '0.12.3', at: '2026-11-22T08:00:00.000Z', by: 'olga@example.com', packets: 12, schemaValid: 12,
  sentences: 40, verified: 39, millisecondsPerItem: 900, promptHash: 'b'.repeat(64), verifier: '1', isPassed: true, details: [], eventSeq: 5,
}

it('a workspace from before there were language models keeps what it holds, has none switched on, and refuses to change an exam', async () => {
  const path = join(await temporaryFolder(), 'muster.db')
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new Database(path) }) })
  const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0005'))
  const { error } = await new Migrator({ db, provider: { getMigrations: () => Promise.resolve(before) } }).migrateToLatest()
  expect(error).toBeUndefined()
  await db.destroy()
  const old = new Database(path)
  const settings = { name: 'Old & Sons', logId: 'muster.local/1', isSample: false, createdBy: 'olga@example.com' }
  old.prepare('INSERT INTO workspace (key, value) VALUES (?, ?)').run('settings', JSON.stringify(settings))
  old.close()

  const store = await openStore(path, { mustExist: true })
  onTestFinished(store.close)
  expect(await loadSettings(store.db)).toEqual(settings)
  expect(await loadModelSettings(store.db)).toBeUndefined()
  expect(await wordingFigures(store.db)).toEqual({ narratives: 0, byModel: 0, replaced: 0, disagreeing: 0 })

  await saveModelSettings(store.db, { host: 'http://127.0.0.1:11434', allowedHosts: ['gpu-box'], chosen: null })
  expect(await loadModelSettings(store.db)).toEqual({ host: 'http://127.0.0.1:11434', allowedHosts: ['gpu-box'], chosen: null })
  expect(await loadSettings(store.db)).toEqual(settings)

  await insertExam(store.db, await nextExamId(store.db), exam)
  await insertExam(store.db, await nextExamId(store.db), { ...exam, verified: 12, isPassed: false })
  expect((await latestExams(store.db)).get('plain:3b')).toMatchObject({ id: 2, verified: 12, isPassed: false })
  for (const change of ['UPDATE model_exam SET is_passed = 1', 'DELETE FROM model_exam', 'INSERT OR REPLACE INTO model_exam SELECT * FROM model_exam']) {
    expect(() => store.sqlite.prepare(change).run()).toThrow('append-only evidence')
  }
})
