import type { HrRecord } from '../../core/inventory/records.ts'
import { parseWorkerKind } from '../values/words.ts'
import { oktaUser, type OktaUser } from './answers.ts'
import type { Org } from './org.ts'
import { fullNameOf, textOf } from './profile.ts'

/** The people of an organisation without an HR system go by their employee number, and by their Okta id where they have none. */
const employeeIdOf = (user: OktaUser): string => textOf(user.profile['employeeNumber']) ?? user.id

/**
 * Reads persons off users. `managerId` may hold an employee number, a login or an Okta id: what looks like one of the latter two is looked
 * up once each, so that every page is right as it stands.
 */
export function createPersonReader(org: Org): (user: OktaUser) => Promise<HrRecord> {
  const known = new Map<string, string>()

  async function managerOf(user: OktaUser): Promise<string | null> {
    const named = textOf(user.profile['managerId'])
    if (named === null) return null
    const isAccount = named.includes('@') || /^00u[A-Za-z0-9]{17}$/.test(named)
    if (!isAccount || named.includes('/')) return named
    const before = known.get(named)
    if (before !== undefined) return before
    const answer = await org.ask('okta.users.read', (client) => client.userApi.getUser({ userId: named }), [404])
    const manager = oktaUser.safeParse(answer.json)
    const employeeId = manager.success ? employeeIdOf(manager.data) : named
    known.set(named, employeeId)
    return employeeId
  }

  return async (user) => {
    const { profile } = user
    const employeeId = employeeIdOf(user)
    known.set(user.id, employeeId)
    const login = textOf(profile['login'])
    if (login !== null) known.set(login, employeeId)
    return {
      employeeId,
      displayName: fullNameOf(profile) ?? login ?? employeeId,
      email: textOf(profile['email']),
      kind: parseWorkerKind(textOf(profile['userType']) ?? '') ?? 'unknown',
      status: user.status === 'SUSPENDED' ? 'on-leave' : user.status === 'DEPROVISIONED' ? 'inactive' : 'active',
      title: textOf(profile['title']),
      department: textOf(profile['department']),
      division: textOf(profile['division']) ?? textOf(profile['organization']),
      costCenter: textOf(profile['costCenter']),
      location: textOf(profile['city']),
      managerEmployeeId: await managerOf(user),
      hireDate: null,
      terminationDate: null,
    }
  }
}
