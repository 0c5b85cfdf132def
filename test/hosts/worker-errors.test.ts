import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { buildWorkspace, finish, openWorkspace, specOf, asOf } from '../support/workspace-builder.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

it('what nobody foresaw in a worker thread ends in the workspace\'s log under the id the caller is told', async () => {
  const folder = join(await temporaryFolder(), 'w')
  await (await buildWorkspace(folder)).close()
  const database = new Database(join(folder, 'muster.db'))
  database.exec(`UPDATE entitlement SET privilege = 'godlike'`)
  database.close()

  const workspace = await openWorkspace(folder, { threads: true })
  try {
    const { id } = await workspace.officer.campaigns.create({ spec: specOf('All'), asOf })
    const failure: unknown = await workspace.officer.campaigns.launch({ campaign: id }).then(finish).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'INTERNAL', data: { logId: expect.any(String) as string } })
    const { logId } = (failure as { data: { logId: string } }).data
    expect(await readFile(join(folder, 'logs', 'errors.jsonl'), 'utf8')).toContain(logId)
    expect((await workspace.officer.campaigns.list())[0]?.state).toBe('draft')
  } finally {
    await workspace.close()
  }
})
