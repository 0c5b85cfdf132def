import { bulkSignIns } from './bulk-sign-ins.ts'
import type { FakeOkta } from './server.ts'

export interface LargeOrganisation {
  readonly users: number
  readonly groups: number
  readonly memberships: number
  readonly apps: number
  readonly signIns: number
}

/** Fills a fake with an organisation of any size; the same sizes always give the same one. Sign-ins are spread over the last 89 days. */
export function fillOrganisation({ organisation: org, settings, now }: FakeOkta, size: LargeOrganisation): void {
  const users: string[] = []
  for (let index = 0; index < size.users; index += 1) {
    const login = `user${String(index)}@example.com`
    const profile = { login, email: login, firstName: `First${String(index)}`, lastName: `Last${String(index % 997)}`, employeeNumber: String(index) }
    users.push(org.addUser(profile, index % 40 === 39 ? 'DEPROVISIONED' : 'ACTIVE').id)
  }
  const groups = Array.from({ length: size.groups }, (_, index) => org.addGroup(`Group ${String(index)}`))
  for (let index = 0; index < size.memberships; index += 1) {
    // A stride that shares no divisor with the users spreads members without chance; no event each, the log would not fit.
    groups[index % size.groups]?.members.add(users[(index * 7_919) % size.users] ?? '')
  }
  const apps = Array.from({ length: size.apps }, (_, index) => org.addApp(`Application ${String(index)}`))
  apps.forEach((app, index) => {
    const group = groups[index % size.groups]
    if (group !== undefined) app.groups.add(group.id)
    app.users.set(users[index % size.users] ?? '', org.time())
  })
  const to = new Date(now() - 86_400_000).toISOString()
  const from = new Date(now() - 89 * 86_400_000).toISOString()
  settings.bulk = bulkSignIns(size.signIns, from, to, users, apps)
}
