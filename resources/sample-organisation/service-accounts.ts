import { DOMAIN, locations } from './company.ts'
import type { Holdings } from './grants.ts'
import type { SourceName } from './model.ts'
import { toAscii } from './names.ts'
import { createRandom } from './random.ts'

const PER_MILLE = 100

type Purpose = { name: string; text: string; source: SourceName; rights: readonly string[] }

const directory = (name: string, text: string, rights: readonly string[]): Purpose => ({ name, text, source: 'directory', rights })

/** What programs do here, with the rights they need for it. */
const purposes: readonly Purpose[] = [
  directory('svc-backup', 'Nightly backup', ['SP-BACKUP', 'SD-READ-SYNC']),
  directory('svc-monitor', 'Monitoring', ['SP-MONITOR']),
  directory('svc-people-sync', 'Joiner and leaver interface', ['PA-API-EXPORT', 'SD-READ-SYNC']),
  { name: 'BATCH_GL', text: 'Batch general ledger', source: 'ledgerline', rights: ['LL_BC_BATCH', 'LL_GL_DISPLAY'] },
  directory('svc-build', 'Build robot', ['CY-BOT', 'SL-PIPELINE-ROBOT']),
  directory('svc-crm-sync', 'CRM interface', ['RC-API-SYNC']),
  directory('svc-warehouse-load', 'Warehouse loading', ['DM-LOAD']),
  directory('svc-ticket-mail', 'Mail to ticket', ['DW-API']),
  directory('svc-bank-files', 'Bank file transfer', ['BG-FILE-TRANSFER']),
  { name: 'BATCH_MM', text: 'Batch materials', source: 'ledgerline', rights: ['LL_BC_BATCH', 'LL_MM_DISPLAY'] },
  directory('svc-machine-gateway', 'Machine gateway', ['FL-GATEWAY']),
  directory('svc-carrier-link', 'Carrier interface', ['SR-CARRIER-LINK']),
  directory('svc-vuln-scan', 'Weakness scanner', ['SP-READ', 'CY-SCAN']),
  directory('svc-directory-sync', 'Directory synchronisation', ['SD-DOMAIN-ADMIN', 'SD-READ-SYNC']),
]

/** Programs' logins: many used every night, some silent for a year, which is no proof that nothing needs them. */
export function addServiceAccounts(holdings: Holdings, people: number): void {
  const { seed, asOf, entitlements, book, grants } = holdings
  const random = createRandom(seed, 'service-accounts')
  const byId = new Map(entitlements.map((entitlement) => [entitlement.id, entitlement]))
  const total = Math.max(4, Math.round((people * PER_MILLE) / 1000))
  const emergency = people >= 200 ? 2 : 1
  for (let at = 0; at < total; at += 1) {
    const isEmergency = at < emergency
    const purpose = purposes[(at - emergency) % purposes.length] as Purpose
    const site = random.pick(locations)
    const number = String(Math.floor((at - emergency) / purposes.length) + 1).padStart(2, '0')
    const { source, rights, text } = isEmergency ? directory('', 'Emergency access', ['GW-EMERGENCY']) : purpose
    const name = isEmergency
      ? `breakglass-0${at + 1}@${DOMAIN}`
      : source === 'ledgerline' ? `${purpose.name}_${number}` : `${purpose.name}-${toAscii(site.code).toLowerCase()}-${number}@${DOMAIN}`
    const account = book.open({
      source, name, displayName: isEmergency ? `${text} ${at + 1}` : `${text} (${site.name})`, email: '', employeeId: '', kind: 'service',
      disabledFrom: null, worker: null, isOrphan: false,
    })
    const since = asOf - random.int(250, 2400)
    for (const id of rights) {
      const entitlement = byId.get(id)
      if (!entitlement) throw new RangeError(`Service account ${name} needs a right that does not exist: ${id}`)
      grants.push({
        account: account.index, entitlement: entitlement.index, from: since + random.int(0, 90), to: null, isDated: random.chance(80),
        path: 'direct', expires: null, origin: 'service',
      })
    }
  }
}
