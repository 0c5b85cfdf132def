import { expect, it } from 'vitest'
import { fillOrganisation } from '../../support/fake-okta/large.ts'
import { startFakeOkta } from '../../support/fake-okta/server.ts'
import { readEverything } from '../live/reading.ts'
import { askingOf } from './company.ts'

it('an organisation of thousands is read whole: nobody missing, every sign-in once', async () => {
  const fake = await startFakeOkta()
  fillOrganisation(fake, { users: 1_100, groups: 60, memberships: 6_000, apps: 7, signIns: 12_345 })
  const asking = { ...askingOf(fake), now: () => new Date(fake.now()).toISOString() }
  const { mirror } = await readEverything(asking)
  const memberships = [...fake.organisation.groups.values()].reduce((sum, group) => sum + group.members.size, 0)
  expect(mirror.count('account')).toBe(1_100)
  expect(mirror.count('entitlement')).toBe(67)
  expect(mirror.count('hold')).toBe(memberships + 14)
  expect(mirror.count('sign-in')).toBe(12_345)
  await fake.close()
})
