import type { LiveConfig } from '../../../shared/model/live-source.ts'
import {
  LiveSourceError, type Collection, type CollectionEnd, type LiveConnector, type LivePage, type ReadCollection,
} from '../live-connector.ts'
import { testOkta } from './connection-test.ts'
import { giveBackInOkta } from './give-back.ts'
import { defaultOptions, openOrg, type OktaOptions, type Org } from './org.ts'
import { readAdminRoles } from './read-admin-roles.ts'
import { readAppAssignments, readApps } from './read-apps.ts'
import { readGroupMembers, readMembershipDays } from './read-group-members.ts'
import { readGroups } from './read-groups.ts'
import { readSignIns } from './read-sign-ins.ts'
import { readUsers } from './read-users.ts'
import { revokeInOkta } from './revoke.ts'

const API = 'Okta API v1'

type Reader = (input: ReadCollection, org: Org) => AsyncGenerator<LivePage, CollectionEnd, void>

const readers: readonly (Collection & { readonly read: Reader })[] = [
  { name: 'users', title: 'Users', apiVersion: API, isOptional: false, read: readUsers },
  { name: 'groups', title: 'Groups and the rules that fill them', apiVersion: API, isOptional: false, read: readGroups },
  { name: 'group-members', title: 'Group members', apiVersion: API, isOptional: false, read: readGroupMembers },
  { name: 'membership-days', title: 'When members were added to groups', apiVersion: API, isOptional: true, read: readMembershipDays },
  { name: 'applications', title: 'Applications', apiVersion: API, isOptional: true, read: readApps },
  { name: 'application-assignments', title: 'Assignments to applications', apiVersion: API, isOptional: true, read: readAppAssignments },
  { name: 'admin-roles', title: 'Administrator roles', apiVersion: API, isOptional: true, read: readAdminRoles },
  { name: 'sign-ins', title: 'Sign-ins', apiVersion: API, isOptional: true, read: readSignIns },
]

/** The connector with the requests leaving another way than by the SDK's own https: for tests. */
export function createOkta(options: Partial<OktaOptions>): LiveConnector {
  const complete = { ...defaultOptions, ...options }
  return {
    kind: 'okta',
    test: (input) => testOkta(input, complete),
    collections: (config) => readers
      .filter(({ name }) => name !== 'sign-ins' || readsUsage(config))
      .map(({ name, title, apiVersion, isOptional }) => ({ name, title, apiVersion, isOptional })),

    async *read(input) {
      const reader = readers.find(({ name }) => name === input.collection)
      if (reader === undefined) throw new LiveSourceError('not-this-source', `Okta has no collection called ${input.collection}.`)
      const org = await openOrg(input, complete)
      return yield* reader.read(input, org)
    },

    revoke: (input) => revokeInOkta(input, complete),
    giveBack: (input) => giveBackInOkta(input, complete),
  }
}

const readsUsage = (config: LiveConfig): boolean => config.from === 'okta' && config.readsUsage

/** Okta, read and (where the officer allows it) written through Okta's own SDK. */
export const okta = createOkta({})
