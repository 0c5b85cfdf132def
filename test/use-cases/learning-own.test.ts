import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  buildWorkspace, finish, fixtureFolder, launch, mia, openWorkspace, passphrase, specOf, type TestWorkspace,
} from '../support/workspace-builder.ts'

let place: string
let folder: string
let workspace: TestWorkspace

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-own-'))
  folder = join(place, 'w')
  workspace = await buildWorkspace(folder, { enrolled: [mia] })
})
afterAll(async () => {
  await workspace.close()
  await rm(place, { recursive: true, force: true })
})

/** Mia revokes Tia's CRM right and keeps all else she is asked about, and signs. */
async function miaDecides(controlSharePercent: number): Promise<number> {
  const { officer, as } = workspace
  const campaign = await launch(officer, specOf(`Control ${controlSharePercent}`, { rules: { reasonRequired: [], controlSharePercent } }))
  const reviewer = await as(mia)
  for (const { itemId } of (await reviewer.review.queue({ campaign })).items) {
    const { access } = await reviewer.review.item({ itemId })
    const isRevoked = access.account === 'tia' && access.entitlementNativeId === 'crm-read'
    await reviewer.review.decide({ itemId, outcome: isRevoked ? 'revoke' : 'keep', reasonCode: isRevoked ? 'not-needed' : 'still-needed', openMs: 4_000 })
  }
  return (await reviewer.review.signOff({ campaign, passphrase })).decided
}

async function syncGrants(change: (text: string) => string, day: string): Promise<void> {
  const file = join(fixtureFolder(folder), 'grants.csv')
  const changed = join(place, `grants-${day}.csv`)
  await writeFile(changed, change(await readFile(file, 'utf8')))
  const run = await finish(await workspace.officer.sources.sync({ source: 'ERP', asOf: day, file: changed }))
  expect(run.state).toBe('complete')
}

/** One story. */
describe('what the workspace\'s own decisions teach', () => {
  test('decisions taken with the advice in sight teach nothing', async () => {
    const decided = await miaDecides(0)
    const { history, calibration } = await workspace.officer.learning.overview()
    // The advice on elevated and admin rights is hidden whatever the control share.
    expect(history.adviceSeen).toBeGreaterThan(0)
    expect(history.blind + history.adviceSeen).toBe(decided)
    expect(history.decisions).toBe(history.blind)
    expect(calibration.isCalibrated).toBe(false)
  })

  test('a right revoked with the advice in sight and granted again within 30 days was wrongly revoked: it counts as kept', async () => {
    const before = (await workspace.officer.learning.overview()).history
    await syncGrants((text) => text.split('\n').filter((line) => !line.startsWith('tia,') || !line.includes('crm-read')).join('\n'), '2026-12-01')
    expect((await workspace.officer.learning.overview()).history.corrected).toBe(0)
    await syncGrants((text) => text, '2026-12-20')
    const { history } = await workspace.officer.learning.overview()
    expect([history.corrected, history.kept, history.adviceSeen]).toEqual([1, before.kept + 1, before.adviceSeen - 1])
  })

  test('decisions taken blind teach, and count towards a percentage', async () => {
    const before = await workspace.officer.learning.overview()
    const decided = await miaDecides(100)
    const after = await workspace.officer.learning.overview()
    // Tia's right, revoked once more as of the same day, is known to have come back.
    expect([after.history.blind, after.history.corrected]).toEqual([before.history.blind + decided - 1, 2])
    expect(after.calibration.blind).toBeGreaterThan(before.calibration.blind)
  })

  test('with 199 blind decisions confidence is a word; with 200 new campaigns carry a percentage beside it, and the log still checks out', async () => {
    const { calibration } = await workspace.officer.learning.overview()
    const chances = async (): Promise<readonly (number | null | undefined)[]> => {
      const campaign = await launch(workspace.officer, specOf('Another', { rules: { reasonRequired: [], controlSharePercent: 0 } }))
      const reviewer = await workspace.as(mia)
      const found: (number | null | undefined)[] = []
      for (const { itemId } of (await reviewer.review.queue({ campaign })).items) {
        const { advice } = await reviewer.review.item({ itemId })
        if (advice !== null) {
          expect(['low', 'medium', 'high']).toContain(advice.confidence)
          if (advice.rules.length > 0 || advice.action === 'look-closer') expect(advice.chance ?? null).toBeNull()
          else found.push(advice.chance)
        }
      }
      return found
    }
    await workspace.close()
    addBlindDecisions(join(folder, 'muster.db'), 199 - calibration.blind)
    workspace = await openWorkspace(folder)
    expect((await workspace.officer.learning.overview()).calibration).toMatchObject({ blind: 199, isCalibrated: false, error: null })
    expect((await chances()).filter((chance) => chance != null)).toEqual([])

    await workspace.close()
    addBlindDecisions(join(folder, 'muster.db'), 1)
    workspace = await openWorkspace(folder)
    const now = (await workspace.officer.learning.overview()).calibration
    expect([now.blind, now.isCalibrated]).toEqual([200, true])
    expect(now.error).toBeGreaterThanOrEqual(0)
    const said = await chances()
    expect(said.length).toBeGreaterThan(0)
    for (const chance of said) expect(chance).toBeGreaterThan(0)
  })
})

/** Copies of a blind, signed-off item that no rule decided: what years of campaigns would leave behind. */
function addBlindDecisions(path: string, count: number): void {
  const db = new Database(path)
  const columns = (table: string): string[] => db.prepare<[], { name: string }>(`PRAGMA table_info(${table})`).all().map(({ name }) => name)
  const model = db.prepare<[], { id: number }>(
    `SELECT i.id FROM review_item i JOIN decision d ON d.item_id = i.id
     WHERE i.rules = '[]' AND d.advice_visible = 0 AND d.signed_off_seq IS NOT NULL AND d.outcome = 'keep' ORDER BY i.id DESC`,
  ).get()
  const next = db.prepare<[], { n: number }>('SELECT max(id) + 1000 AS n FROM review_item').get()
  if (model === undefined || next === undefined) throw new Error('no blind decision to copy')
  const copy = (table: string, set: Readonly<Record<string, string>>, where: string): void => {
    const names = columns(table)
    const statement = db.prepare(`INSERT INTO ${table} (${names.join(', ')}) SELECT ${names.map((name) => set[name] ?? name).join(', ')} FROM ${table} WHERE ${where} = ?`)
    for (let at = 0; at < count; at++) statement.run({ new: next.n + at }, model.id)
  }
  copy('review_item', { id: '$new', n: '$new', grant_id: '$new + 100000' }, 'id')
  copy('decision', { item_id: '$new' }, 'item_id')
  db.close()
}
