import { afterEach, describe, expect, it } from 'vitest'
import type { RevokeAnswer, RevokeTarget } from '../../../src/main/connectors/live-connector.ts'
import { APPS, GLOBAL_ADMIN, GROUPS, ROLES, user } from '../../support/fake-graph/contoso.ts'
import { inputOf } from '../live/reading.ts'
import { entraStage, type EntraStage } from './entra-stage.ts'

let stage: EntraStage
afterEach(() => stage.graph.close())

async function revoke(target: Partial<RevokeTarget>, isDryRun = false): Promise<RevokeAnswer | undefined> {
  return stage.connector.revoke?.({
    ...inputOf(stage.asking()), isDryRun, protectedObjects: { accounts: new Set(), entitlements: new Set() },
    target: { account: user(1), entitlement: `group:${GROUPS.finance}`, path: 'direct', traits: [], ...target },
  })
}

const writes = (): readonly string[] => stage.graph.requests.filter((line) => !line.startsWith('GET '))

describe('removing access in Microsoft Entra', () => {
  it('sends nothing that changes anything on a dry run, and shows what would be sent', async () => {
    stage = await entraStage()
    expect(await revoke({}, true)).toEqual({
      outcome: 'would-remove', request: `DELETE /v1.0/groups/${GROUPS.finance}/members/${user(1)}/$ref`,
      effect: 'The account is no longer a direct member of "Finance". What it holds through other groups stays.',
    })
    expect(writes()).toEqual([])
  })

  it('believes the source rather than what was read of it before', async () => {
    stage = await entraStage()
    const finance = stage.graph.tenant.get('groups', GROUPS.finance)
    stage.graph.tenant.put('groups', { ...finance, id: GROUPS.finance, groupTypes: ['DynamicMembership'] })
    expect(await revoke({})).toMatchObject({ outcome: 'refused', instead: 'Change the rule, or the attribute of the person that it looks at.' })
    expect(writes()).toEqual([])
  })

  it('names the group through which an application is held', async () => {
    stage = await entraStage()
    expect(await revoke({ account: user(6), entitlement: `app-role:${APPS.ledger}/${ROLES.poster}` })).toMatchObject({
      outcome: 'refused', instead: 'Remove the account from the group "Principal 1".',
    })
  })

  it('leaves the last Global Administrator alone', async () => {
    stage = await entraStage()
    expect(await revoke({ account: user(4), entitlement: `directory-role:${GLOBAL_ADMIN}`, path: 'activated' })).toMatchObject({ outcome: 'removed' })
    expect(await revoke({ account: user(0), entitlement: `directory-role:${GLOBAL_ADMIN}` })).toMatchObject({ outcome: 'refused', instead: 'Give the role to another account first.' })
  })

  it('ends the right to take on a role by asking for it, not by deleting', async () => {
    stage = await entraStage()
    expect(await revoke({ account: user(5), entitlement: `directory-role:${GLOBAL_ADMIN}#eligible` })).toMatchObject({
      outcome: 'removed', request: expect.stringMatching(/^POST .*roleEligibilityScheduleRequests \{"action":"adminRemove"/) as string,
    })
  })

  it('finds that somebody else was faster, and that the app may not', async () => {
    stage = await entraStage()
    stage.graph.faults.plan(/^DELETE/, { kind: 'status', status: 404, code: 'Request_ResourceNotFound' })
    expect(await revoke({})).toMatchObject({ outcome: 'already-gone' })
    stage.graph.faults.plan(/^DELETE/, { kind: 'status', status: 403, code: 'Authorization_RequestDenied' })
    expect(await revoke({})).toMatchObject({ outcome: 'failed', reason: 'The app may not do this; it takes GroupMember.ReadWrite.All.' })
    stage.graph.directory.secret = 'changed'
    stage.graph.tokens.expireAll()
    expect(await revoke({})).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('AADSTS7000215') as string })
  })

  it('puts nothing of a target it does not understand into a request', async () => {
    stage = await entraStage()
    for (const target of [{ account: '../users/x' }, { entitlement: 'group:../../x' }, { entitlement: 'app-role:a/b' }, { entitlement: 'directory-role:x\'or' }, { entitlement: 'nothing' }]) {
      expect((await revoke(target))?.outcome).toMatch(/refused|already-gone/)
    }
    expect(stage.graph.requests).toEqual([])
  })
})
