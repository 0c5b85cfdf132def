import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { bigTenant, ISSUE_SIZE } from './big-tenant.ts'
import { makeTestCertificates } from './certificates.ts'
import { CLIENT_ID, SECRET, startFakeGraph, TENANT_ID } from './server.ts'
import { tenantFrom } from './tenant.ts'

// A large tenant in a process of its own, so that a benchmark's memory is the reader's alone. Prints one line of JSON when it answers;
// the reader trusts the authority in `--ca FILE` (NODE_EXTRA_CA_CERTS). A message on the process channel changes a share of the tenant.

const { values } = parseArgs({
  options: {
    users: { type: 'string' }, groups: { type: 'string' }, memberships: { type: 'string' }, apps: { type: 'string' }, 'sign-ins': { type: 'string' },
    now: { type: 'string' }, ca: { type: 'string' },
  },
})
const number = (text: string | undefined, otherwise: number): number => (text === undefined ? otherwise : Number(text))
const size = {
  users: number(values.users, ISSUE_SIZE.users), groups: number(values.groups, ISSUE_SIZE.groups), memberships: number(values.memberships, ISSUE_SIZE.memberships),
  apps: number(values.apps, ISSUE_SIZE.apps), signIns: number(values['sign-ins'], ISSUE_SIZE.signIns), now: values.now ?? new Date().toISOString(),
}
const certificates = await makeTestCertificates()
if (values.ca !== undefined) writeFileSync(values.ca, certificates.ca)
const tenant = tenantFrom(bigTenant(size))
const graph = await startFakeGraph({ tenant, certificates, sizes: { entities: 999, members: 10_000 }, isQuiet: true })
process.stdout.write(`${JSON.stringify({ origin: graph.origin, tenant: TENANT_ID, clientId: CLIENT_ID, secret: SECRET, ...size })}\n`)

process.on('message', (message: unknown) => {
  const { change } = message as { readonly change?: number }
  if (change === undefined) return
  for (let user = 0; user < size.users * change; user += 1) {
    const known = tenant.at('users', (user * 101) % size.users)
    if (known !== undefined) tenant.put('users', { ...known, jobTitle: 'Another title' })
  }
  for (let moved = 0; moved < size.memberships * change; moved += 1) {
    const group = tenant.at('groups', moved % size.groups)
    const member = group === undefined ? undefined : tenant.memberAt(group.id, 1)
    if (group !== undefined && member !== undefined) tenant.leave(group.id, member.id)
  }
  process.send?.({ changed: tenant.happenings.length })
})
process.on('disconnect', () => { void graph.close().then(() => { process.exit(0) }) })
