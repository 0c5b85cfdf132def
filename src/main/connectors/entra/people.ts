import type { HrRecord } from '../../core/inventory/records.ts'
import type { MirrorChange } from '../live-connector.ts'
import { dayOf, objectOf, textOf, type JsonObject } from './json.ts'
import { query } from './links.ts'
import { listing } from './listing.ts'
import { withId, type EntraCollection } from './reading.ts'

const FIELDS = 'id,userPrincipalName,displayName,givenName,surname,mail,accountEnabled,userType,employeeId,employeeType,jobTitle,department,'
  + 'companyName,officeLocation,city,employeeOrgData,employeeHireDate'
const MANAGER = 'manager($select=id,employeeId)'

const CONTRACTOR = /contract|extern|vendor|consult|agency|temp|freelance/i
const EMPLOYEE = /employ|staff|full|part|regular|permanent|intern|trainee|apprentice/i

/**
 * The directory's people, where no HR system says more. Read in full each time, because changes carry no manager. The leave date takes
 * a permission of its own: without it everything else is read again, and its absence is a gap and no failure. Guests are nobody's staff.
 */
export function people(): EntraCollection {
  // Somebody with two accounts has not left because the second one is disabled. Known within one reading, which suffices: who was cut
  // off between the two accounts of one person is told right by the next run.
  const stillHere = new Set<string>()
  return listing({
    name: 'people', title: 'People, their department, title and manager', isOptional: false, isDelta: false, countPath: null,
    steps: [
      {
        path: `/users?${query({ $select: `${FIELDS},employeeLeaveDateTime`, $expand: MANAGER, $top: '999' })}`,
        gapWhenRefused: 'Leave dates could not be read (User-LifeCycleInfo.Read.All is missing): leavers are known by their disabled account only.',
      },
      { path: `/users?${query({ $select: FIELDS, $expand: MANAGER, $top: '999' })}`, isFallback: true },
    ],
    take: (entities, reading) => {
      const { named, rejects } = withId(entities, 'user')
      const staff = named.filter((user) => textOf(user['userType'])?.toLowerCase() !== 'guest')
      const records = staff.map((user) => personOf(user, reading.now().slice(0, 10)))
      for (const { employeeId, status } of records) if (status === 'active') stillHere.add(employeeId)
      const told = records.filter(({ employeeId, status }) => status === 'active' || !stillHere.has(employeeId))
      const changes: MirrorChange[] = told.map((record) => ({ put: 'person', record }))
      const second = records.length - told.length
      const gaps = second === 0 ? [] : [`${second} disabled ${second === 1 ? 'account' : 'accounts'} on this page ${second === 1 ? 'belongs' : 'belong'} to people with another, enabled one; they count as still here.`]
      return { changes, rejects, gaps }
    },
  })
}

function personOf(user: JsonObject & { readonly id: string }, today: string): HrRecord {
  const names = [textOf(user['givenName']), textOf(user['surname'])].filter((part) => part !== null).join(' ')
  const login = textOf(user['userPrincipalName'])
  const manager = objectOf(user['manager'])
  const organisation = objectOf(user['employeeOrgData'])
  const terminationDate = dayOf(user['employeeLeaveDateTime'])
  const hasLeft = user['accountEnabled'] === false || (terminationDate !== null && terminationDate < today)
  return {
    employeeId: textOf(user['employeeId']) ?? user.id,
    displayName: textOf(user['displayName']) ?? (names === '' ? login ?? user.id : names),
    email: textOf(user['mail']) ?? login,
    kind: kindOf(textOf(user['employeeType'])),
    status: hasLeft ? 'inactive' : 'active',
    title: textOf(user['jobTitle']),
    department: textOf(user['department']),
    division: textOf(organisation?.['division']) ?? textOf(user['companyName']),
    costCenter: textOf(organisation?.['costCenter']),
    location: textOf(user['officeLocation']) ?? textOf(user['city']),
    managerEmployeeId: textOf(manager?.['employeeId']) ?? textOf(manager?.['id']),
    hireDate: dayOf(user['employeeHireDate']),
    terminationDate,
  }
}

function kindOf(type: string | null): HrRecord['kind'] {
  if (type === null) return 'unknown'
  if (CONTRACTOR.test(type)) return 'contractor'
  return EMPLOYEE.test(type) ? 'employee' : 'unknown'
}
