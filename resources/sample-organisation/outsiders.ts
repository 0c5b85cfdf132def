import { ledgerlineLogin } from './accounts.ts'
import { DOMAIN, departments, locations, partnerCompanies } from './company.ts'
import { PROJECT_ROOMS } from './entitlements.ts'
import { createProfiles, type Holdings, type Origin } from './grants.ts'
import type { Account, Entitlement } from './model.ts'
import { createNames, toAscii, type PersonName } from './names.ts'
import { createRandom, type Random } from './random.ts'

/** Guests, orphans and shared logins per thousand people. */
const PER_MILLE = { guests: 62.5, orphans: 20, shared: 10 }

const portals: Readonly<Record<string, readonly string[]>> = {
  'kelpworks.example': ['LT-PARTNER'],
  'tavory-lunde.example': ['AR-EXTERNAL'],
  'brightmoor.example': ['RA-VPN-VENDOR', 'SB-SUPPLIER-PORTAL'],
  'ostravaoptik.example': ['RC-PARTNER-PORTAL'],
  'quillfeather.example': ['CF-AGENCY'],
  'sandhop.example': ['SB-SUPPLIER-PORTAL'],
}

function give(holdings: Holdings, random: Random, account: Account, entitlement: Entitlement, from: number, origin: Origin): void {
  const { asOf, grants } = holdings
  const expires = origin === 'outsider' && random.chance(35) ? asOf + random.int(15, 250) : null
  grants.push({
    account: account.index, entitlement: entitlement.index, from, to: null, isDated: random.chance(93), path: 'direct', expires, origin,
  })
}

function local(name: PersonName): string {
  return `${name.asciiFirst}.${name.asciiLast}`.toLowerCase()
}

/** People from partner companies: in the directory only, each for a portal or a project. */
function addGuests(holdings: Holdings, people: number, byId: ReadonlyMap<string, Entitlement>): void {
  const { seed, asOf, entitlements, book } = holdings
  const random = createRandom(seed, 'guests')
  const nextName = createNames(createRandom(seed, 'guest-names'))
  const rooms = entitlements.filter((entitlement) => entitlement.application === PROJECT_ROOMS)
  const entry = byId.get('GRP-PARTNER-GUESTS') as Entitlement
  for (let at = 0; at < Math.max(2, Math.round((people * PER_MILLE.guests) / 1000)); at += 1) {
    const name = nextName()
    const partner = random.pick(partnerCompanies)
    const mail = `${local(name)}${at >= 60 ? at : ''}@${partner.domain}`
    const account = book.open({
      source: 'directory', name: `${mail.replace('@', '_')}#EXT#@${DOMAIN}`, displayName: `${name.display} (${partner.name})`, email: mail,
      employeeId: '', kind: 'guest', disabledFrom: null, worker: null, isOrphan: false,
    })
    const invited = asOf - random.int(20, 900)
    const portal = (portals[partner.domain] ?? []).flatMap((id) => byId.get(id) ?? [])
    const chosen = new Set([entry, ...portal, ...(random.chance(60) ? [random.pick(rooms)] : [])])
    for (const entitlement of chosen) {
      give(holdings, random, account, entitlement, Math.min(asOf - 1, invited + random.int(0, 10)), 'outsider')
    }
  }
}

/** Logins of people HR has no record of: left before the first export, or never entered. A third of them in the ERP. */
function addOrphans(holdings: Holdings, people: number): void {
  const { seed, asOf, book, entitlements } = holdings
  const random = createRandom(seed, 'orphans')
  const nextName = createNames(createRandom(seed, 'orphan-names'))
  const profiles = createProfiles(entitlements)
  const inUse = new Set(holdings.workers.map((worker) => worker.email))
  const count = Math.max(3, Math.round((people * PER_MILLE.orphans) / 1000))
  for (let at = 0; at < count; at += 1) {
    const source = at % 3 === 2 ? 'ledgerline' : 'directory'
    let name = nextName()
    while (inUse.has(`${local(name)}@${DOMAIN}`)) name = nextName()
    const mail = `${local(name)}@${DOMAIN}`
    inUse.add(mail)
    const department = source === 'ledgerline' ? departments.find(({ name: known }) => known === 'Finance') : random.pick(departments)
    if (!department) continue
    const account = book.open({
      source,
      // Numbered from 7 up: the ERP gives low numbers to people who exist.
      name: source === 'directory' ? mail : `${ledgerlineLogin(name.asciiFirst, name.asciiLast)}7${at}`,
      displayName: source === 'directory' ? name.display : `${name.asciiLast} ${name.asciiFirst}`,
      email: source === 'directory' || random.chance(40) ? mail : '',
      // A number from before today's numbering, which nobody holds any more; or none at all.
      employeeId: random.chance(50) ? `N0${random.int(10_000, 89_999)}` : '',
      kind: 'employee', disabledFrom: null, worker: null, isOrphan: true,
    })
    const title = random.pickWeighted(department.titles)
    const location = random.pick(department.locations)
    const role = { department: department.name, title, rank: 'member', location, kind: 'Employee' } as const
    const since = asOf - random.int(500, 2500)
    const rights = profiles(role).filter((right) => right.entitlement.source === source)
    const held = rights.filter((right) => random.chance(right.percent))
    for (const right of held.length > 0 ? held : rights.slice(0, 1)) {
      give(holdings, random, account, right.entitlement, since + random.int(0, 200), 'orphan')
    }
  }
}

/** Logins several people use at a counter or on a shop floor. */
function addSharedLogins(holdings: Holdings, people: number, byId: ReadonlyMap<string, Entitlement>): void {
  const { seed, asOf, book } = holdings
  const random = createRandom(seed, 'shared-logins')
  const places = [
    { place: 'goods-in', text: 'Goods-in counter', rights: ['GRP-OFFICE-WEB', 'SR-PICK'] },
    { place: 'reception', text: 'Reception', rights: ['GRP-MAIL-STANDARD', 'GRP-OFFICE-WEB'] },
    { place: 'line-terminal', text: 'Line terminal', rights: ['FL-OPERATE', 'FL-SCRAP'] },
    { place: 'lab-bench', text: 'Laboratory bench', rights: ['LT-CALIBRATION', 'GRP-OFFICE-WEB'] },
  ]
  for (let at = 0; at < Math.max(1, Math.round((people * PER_MILLE.shared) / 1000)); at += 1) {
    const kind = places[at % places.length] as (typeof places)[number]
    const site = random.pick(locations)
    const account = book.open({
      source: 'directory',
      name: `${kind.place}-${toAscii(site.name).toLowerCase()}-${at + 1}@${DOMAIN}`,
      displayName: `${kind.text} ${site.name}`,
      email: '', employeeId: '', kind: 'shared', disabledFrom: null, worker: null, isOrphan: false,
    })
    for (const id of kind.rights) {
      const entitlement = byId.get(id)
      if (entitlement) give(holdings, random, account, entitlement, asOf - random.int(400, 1600), 'shared')
    }
  }
}

export function addOutsiders(holdings: Holdings, people: number): void {
  const byId = new Map(holdings.entitlements.map((entitlement) => [entitlement.id, entitlement]))
  addGuests(holdings, people, byId)
  addOrphans(holdings, people)
  addSharedLogins(holdings, people, byId)
}
