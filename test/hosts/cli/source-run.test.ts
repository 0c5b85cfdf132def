import { expect, it } from 'vitest'
import { runCommand, scriptedDoors } from '../run-command.ts'

const run = {
  id: 12, sourceId: 3, sourceName: 'contoso', sourceKind: 'entra', state: 'complete', asOf: '2026-11-20', startedAt: '2026-11-20T08:00:00.000Z',
  finishedAt: '2026-11-20T08:01:30.500Z', actor: 'olga@example.org', query: 'entra contoso.example: users',
  file: { name: 'run-12.pages', bytes: 5_000, sha256: 'ab'.repeat(32), storedAs: 'run-12.pages.gz', storedBytes: 700 },
  rowsRead: 120, imported: 118, rejected: 2, merged: 0, fieldsDropped: 0, protectedColumns: [], notes: ['Users: the source counts 121, we hold 118.'], snapshotId: 4,
}
const users = {
  name: 'users', mode: 'full', query: 'GET /v1.0/users?$select=id\u001b[31m', apiVersion: 'v1.0', pages: 2, records: 120, sourceCount: 121, heldCount: 118, retries: 1,
  throttledMs: 2_500, rejects: 2, gaps: ['Sign-in activity takes a licence.'], from: null, to: null, isComplete: true,
}

it('shows everything an auditor needs to ask a source the same again, and nothing that drives the terminal', async () => {
  const doors = scriptedDoors({ 'sources.run': () => ({ run, collections: [users] }) })
  const { exit, out } = await runCommand(['source', 'run', '12'], doors)
  expect(exit).toBe(0)
  for (const text of [
    '120 = 118 imported + 2 rejected + 0 merged', '90.5 s', 'ab'.repeat(32), '! Users: the source counts 121, we hold 118.', 'users, v1.0:',
    'GET /v1.0/users?$select=id', '! users: Sign-in activity takes a licence.', '2.5 s',
  ]) expect(out).toContain(text)
  expect(out).not.toContain('\u001b')
  expect((await runCommand(['source', 'run', '12', '--json'], doors)).json()).toEqual({ run, collections: [users] })
})
