import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { finish, mia, openWorkspace, passphrase, specOf, launch } from '../support/workspace-builder.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { failed, verifyBoth } from '../support/verify-both.ts'

/** A workspace as version 0.1.0 left it: one campaign sealed, one running with a decision pending. */
const archive = fileURLToPath(new URL('../fixtures/workspace-0.1.0.tar.gz', import.meta.url))

async function unpacked(): Promise<string> {
  const folder = join(await temporaryFolder(), 'workspace')
  await mkdir(join(folder, 'staging'), { recursive: true })
  const { status, stderr } = spawnSync('tar', ['xzf', archive, '-C', folder], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return folder
}

test('a workspace of the first version opens, its log and bundle still verify, and its running campaign goes on to a seal of its own', async () => {
  const folder = await unpacked()
  const rows = countsOf(join(folder, 'muster.db'))
  const { officer, as, close } = await openWorkspace(folder)
  onTestFinished(close)
  expect(countsOf(join(folder, 'muster.db'))).toEqual(rows)

  const soundLog = async (): Promise<void> => expect((await officer.evidence.checkLog()).checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
  await soundLog()
  const rootPem = readFileSync(join(folder, 'keys', 'root.pem'), 'utf8')
  const old = await verifyBoth(join(folder, 'bundles', '1-released-v1.muster'), { rootPem })
  expect(failed(old)).toEqual([])

  const manager = await as(mia)
  const { items } = await manager.review.queue({ campaign: 2 })
  expect(items.filter(({ state }) => state !== 'undecided')).toHaveLength(1)
  await manager.review.signOff({ campaign: 2, passphrase })
  expect((await officer.campaigns.reassign({ campaign: 2, from: mia, to: 'ada.above@example.com', reason: 'Mia left' })).moved).toBeGreaterThan(0)
  await officer.campaigns.close({ campaign: 2 })
  await soundLog()
  const sealed = await finish(await officer.evidence.seal({ campaign: 2, passphrase }))
  expect(failed(await verifyBoth(sealed.path, { rootPem }))).toEqual([])
  await finish(await officer.evidence.seal({ campaign: 1, passphrase })).then(async ({ path, version }) => {
    expect(version).toBe(2)
    expect(failed(await verifyBoth(path, { rootPem }))).toEqual([])
  })
  await launch(officer, specOf('And a new one'))
})

test('what an older version had made evidence is still refused to be changed', async () => {
  const folder = await unpacked()
  await (await openWorkspace(folder)).close()
  const db = new Database(join(folder, 'muster.db'))
  onTestFinished(() => { db.close() })
  for (const table of ['review_item', 'evidence_event', 'sign_off', 'seal', 'campaign_exclusion']) {
    if ((db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number) === 0) continue
    expect(() => db.exec(`DELETE FROM ${table}`), table).toThrow(/append-only/)
    expect(() => db.exec(`UPDATE ${table} SET rowid = rowid`), table).toThrow(/append-only|no such column/)
  }
  expect(db.pragma('foreign_key_check')).toEqual([])
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
})

function countsOf(path: string): Record<string, number> {
  const db = new Database(path, { readonly: true })
  const tables = ['source', 'run', 'snapshot', 'identity', 'account', 'entitlement', 'access_grant', 'campaign', 'review_item', 'decision', 'evidence_event', 'person']
  const counts = Object.fromEntries(tables.map((table) => [table, db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number]))
  db.close()
  return counts
}
