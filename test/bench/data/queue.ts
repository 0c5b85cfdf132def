import { join } from 'node:path'
import Database from 'better-sqlite3'
import { buildWorkspace, launch, mia, specOf } from '../../support/workspace-builder.ts'

/** People hold ten rights each; one right in five hundred is the same. The evidence of every item is as long as a real one's, being one. */
const perPerson = 10
const rights = 200

/**
 * A campaign of one small workspace, its only reviewer's (Mia's) queue filled up to `items` by copying a launched item in one statement: what a
 * screen asks of a queue is the same as after a launch of that size, which takes minutes. Half may be kept in bulk, a tenth attested.
 * The log does not know the copies, so it is never checked here.
 */
export async function fillQueue(folder: string, items: number): Promise<number> {
  const built = await buildWorkspace(folder)
  const spec = specOf('Bench', {
    scope: { applications: ['CRM'] }, reviewers: { order: ['named'], named: mia }, rules: { reasonRequired: [], controlSharePercent: 0 },
  })
  const campaign = await launch(built.officer, spec)
  await built.close()
  const database = new Database(join(folder, 'muster.db'))
  const columns = (database.prepare('PRAGMA table_info(review_item)').all() as { name: string }[]).map(({ name }) => name)
  const changed: Readonly<Record<string, string>> = {
    id: 'model.id + 1000 + k', n: '100 + k', grant_id: '1000000 + k', account_id: '1000000 + k', identity_id: `1000000 + k / ${perPerson}`, case_item: 'NULL',
    subject_name: `'Person ' || (k / ${perPerson})`, subject_email: `'p' || (k / ${perPerson}) || '@example.com'`, is_flagged: '0', advice: "'keep'", hide_advice: '0',
    entitlement_id: `1000 + k % ${rights}`, entitlement_name: `'Right ' || (k % ${rights})`, application: `'Application ' || (k % ${rights} / 5)`,
    ease: "CASE WHEN k % 10 < 4 THEN 'single' WHEN k % 10 = 4 THEN 'unchanged' ELSE 'alike' END",
    ease_reason: "CASE WHEN k % 10 < 4 THEN 'risky' WHEN k % 10 = 4 THEN '2025-11-28' ELSE 'never-reviewed' END",
  }
  const rightColumns = (database.prepare('PRAGMA table_info(entitlement)').all() as { name: string }[]).map(({ name }) => name)
  const changedRight: Readonly<Record<string, string>> = { id: '1000 + k', native_id: "'right-' || k", name: "'Right ' || k", application: "'Application ' || (k / 5)" }
  database.exec(`INSERT INTO entitlement (${rightColumns.join(', ')})
    WITH RECURSIVE n(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM n WHERE k < ${rights - 1}), model AS (SELECT * FROM entitlement WHERE native_id = 'crm-read')
    SELECT ${rightColumns.map((name) => changedRight[name] ?? `model.${name}`).join(', ')} FROM n CROSS JOIN model`)
  database.exec(`INSERT INTO review_item (${columns.join(', ')})
    WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < ${items}),
      model AS (SELECT * FROM review_item WHERE subject_email LIKE 'tom.%' LIMIT 1)
    SELECT ${columns.map((name) => changed[name] ?? `model.${name}`).join(', ')} FROM n CROSS JOIN model`)
  database.exec(`INSERT INTO assignment (item_id, campaign_id, reviewer_id, basis, since_seq)
    SELECT i.id, i.campaign_id, i.reviewer_id, i.basis, 0 FROM review_item i WHERE i.id NOT IN (SELECT item_id FROM assignment)`)
  database.exec('ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
  return campaign
}
