import { expect, onTestFinished, test } from 'vitest'
import type { GiveBackAnswer, RevokeTarget } from '../../../src/main/connectors/live-connector.ts'
import { APPS, GLOBAL_ADMIN, GROUPS, ROLES, user } from '../../support/fake-graph/contoso.ts'
import { inputOf } from '../live/reading.ts'
import { entraStage } from './entra-stage.ts'

test('Entra: groups and applications are given back once; what a rule or a person decides, and what carries a role, is not given at all', async () => {
  const stage = await entraStage()
  onTestFinished(() => stage.graph.close())
  const { tenant, requests } = stage.graph
  const give = (target: Partial<RevokeTarget>, accounts: readonly string[] = []): Promise<GiveBackAnswer | undefined> | undefined => stage.connector.giveBack?.({
    ...inputOf(stage.asking()), isDryRun: false, protectedObjects: { accounts: new Set(accounts), entitlements: new Set() },
    target: { account: user(1), entitlement: `group:${GROUPS.finance}`, path: 'direct', traits: [], ...target },
  })
  const writes = (): number => requests.filter((line) => !line.startsWith('GET ')).length
  const before = writes()

  expect(await give({})).toMatchObject({ outcome: 'already-held' })
  expect(await give({ entitlement: `group:${GROUPS.everybody}` })).toMatchObject({ outcome: 'refused', reason: 'A rule decides who is in this group.' })
  expect(await give({ entitlement: `directory-role:${GLOBAL_ADMIN}@/` })).toMatchObject({ outcome: 'refused' })
  tenant.leave(GROUPS.finance, user(1))
  expect(await give({}, [user(1)])).toMatchObject({ outcome: 'refused', reason: 'The account or the right is protected.' })
  const finance = tenant.get('groups', GROUPS.finance)
  tenant.put('groups', { ...finance, id: GROUPS.finance, isAssignableToRole: true })
  expect(await give({})).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('Directory roles can hang on this group') as string })
  expect([writes() - before, tenant.isMember(GROUPS.finance, user(1))]).toEqual([0, false])

  tenant.put('groups', { ...finance, id: GROUPS.finance })
  expect(await give({})).toMatchObject({ outcome: 'given' })
  expect(tenant.isMember(GROUPS.finance, user(1))).toBe(true)
  const app = `app-role:${APPS.ledger}/${ROLES.poster}`
  expect(await give({ account: user(3), entitlement: app })).toMatchObject({ outcome: 'given', request: expect.stringContaining('appRoleAssignedTo') as string })
  expect(await give({ account: user(3), entitlement: app })).toMatchObject({ outcome: 'already-held' })
})
