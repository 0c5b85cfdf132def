import { afterAll, describe, expect, it } from 'vitest'
import { bigTenant } from '../../support/fake-graph/big-tenant.ts'
import { tenantFrom } from '../../support/fake-graph/tenant.ts'
import { readInput } from '../live/reading.ts'
import { memoryMirror } from '../live/memory-mirror.ts'
import { NOW } from '../../support/fake-graph/contoso.ts'
import { entraStage, type EntraStage } from './entra-stage.ts'

let stage: EntraStage | undefined
afterAll(() => stage?.graph.close())

describe('a tenant worked out as it is asked for', () => {
  it('is read to the last membership and the last sign-in, whatever its size', async () => {
    const size = { users: 2_000, groups: 400, memberships: 20_000, apps: 10, signIns: 30_000, now: NOW }
    const firstDay = bigTenant(size)
    stage = await entraStage({ tenant: tenantFrom(firstDay), sizes: { entities: 999, members: 5_000 }, isQuiet: true, config: { isHr: false } })
    const expected = Array.from({ length: size.groups }, (_, group) => firstDay.memberCount(group)).reduce((sum, count) => sum + count, 0)
    const counts = { account: 0, hold: 0, signIns: 0, firstAt: '', lastAt: '' }
    for (const collection of ['users', 'groups', 'sign-ins']) {
      for await (const page of stage.connector.read(readInput(stage.asking(), collection, null, memoryMirror().view))) {
        for (const change of page.changes) if ('put' in change && (change.put === 'account' || change.put === 'hold')) counts[change.put] += 1
        counts.signIns += page.signIns.length
      }
    }
    expect(counts.account).toBe(size.users)
    expect(counts.hold).toBe(expected)
    expect(expected).toBeGreaterThan(size.memberships * 0.95)
    // The last three hours have not settled yet.
    expect(counts.signIns).toBe(Math.ceil(size.signIns * (1 - 3 / 720)))
    expect(await firstDay.signIns(Date.parse('2026-11-01T00:00:00Z'), Date.parse('2026-11-02T00:00:00Z')).count).toBe(1_000)
  })
})
