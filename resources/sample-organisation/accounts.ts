import { currentRole } from './audience.ts'
import { separateAdminLogins } from './applications.ts'
import { DOMAIN } from './company.ts'
import type { Account, Entitlement, SourceName, Worker } from './model.ts'
import type { Random } from './random.ts'

/** Departments whose people administer systems with a login of their own. */
const administering: ReadonlySet<string> = new Set(['IT Operations', 'Information Security', 'Engineering'])

export type AccountBook = {
  accounts: Account[]
  /** The login of a worker that would hold a right, opened on first use. */
  accountFor(worker: Worker, entitlement: Entitlement): Account
  /** A login nobody in HR stands behind. `name` is made unique by a number if need be. */
  open(account: Omit<Account, 'index'>): Account
}

/** Sign-in names the way each system makes them: mail-like in the directory, `HBRANDT1` in the ERP. */
export function ledgerlineLogin(asciiFirst: string, asciiLast: string): string {
  return `${asciiFirst.slice(0, 1)}${asciiLast.replaceAll('-', '').slice(0, 9)}`.toUpperCase()
}

function createDirectoryAccount(random: Random, worker: Worker): Omit<Account, 'index'> {
  // What the other file can be matched by differs from person to person, but never is there nothing.
  const hasNoEmployeeId = random.chance(6)
  const hasOtherMail = !hasNoEmployeeId && random.chance(2)
  return {
    source: 'directory',
    name: worker.email,
    displayName: worker.displayName,
    email: hasOtherMail ? worker.email.replace('@', '.mail@') : worker.email,
    employeeId: hasNoEmployeeId ? '' : worker.workerId,
    kind: worker.kind === 'Contractor' ? 'contractor' : 'employee',
    disabledFrom: null,
    worker: worker.index,
    isOrphan: false,
  }
}

function createLedgerlineAccount(random: Random, worker: Worker): Omit<Account, 'index'> {
  const hasNoEmployeeId = random.chance(18)
  const hasNoMail = !hasNoEmployeeId && random.chance(25)
  const [local = '', domain = ''] = worker.email.split('@')
  const capitalised = `${local.split('.').map((part) => part.slice(0, 1).toUpperCase() + part.slice(1)).join('.')}@${domain}`
  return {
    source: 'ledgerline',
    name: ledgerlineLogin(worker.asciiFirst, worker.asciiLast),
    displayName: `${worker.asciiLast} ${worker.asciiFirst}`,
    email: hasNoMail ? '' : random.chance(30) ? capitalised : worker.email,
    employeeId: hasNoEmployeeId ? '' : worker.workerId,
    kind: worker.kind === 'Contractor' ? 'contractor' : 'employee',
    disabledFrom: null,
    worker: worker.index,
    isOrphan: false,
  }
}

/** When a leaver's logins are switched off: at once for those who left cleanly; for the others, sometimes never. */
function disabledFrom(random: Random, worker: Worker): number | null {
  if (worker.left === null) return null
  if (worker.story === 'left-keeping-access' && random.chance(60)) return null
  return worker.left + 1
}

export function createAccountBook(random: Random): AccountBook {
  const accounts: Account[] = []
  const taken = new Map<string, number>()
  const owned = new Map<string, Account>()
  const open = (account: Omit<Account, 'index'>): Account => {
    const times = (taken.get(`${account.source} ${account.name}`) ?? 0) + 1
    taken.set(`${account.source} ${account.name}`, times)
    const isNumbered = account.source === 'ledgerline' && account.worker !== null
    const name = isNumbered || times > 1 ? `${account.name}${times}` : account.name
    const opened = { ...account, name, index: accounts.length }
    accounts.push(opened)
    return opened
  }
  const create = (worker: Worker, source: SourceName, isAdminLogin: boolean): Account => {
    const key = `${worker.index} ${source} ${isAdminLogin}`
    const known = owned.get(key)
    if (known) return known
    const draft = source === 'directory' ? createDirectoryAccount(random, worker) : createLedgerlineAccount(random, worker)
    const local = worker.email.split('@')[0] ?? ''
    const account = open({
      ...draft,
      ...(isAdminLogin
        ? { name: `adm-${local}@${DOMAIN}`, displayName: `${worker.displayName} (admin)`, email: '', employeeId: worker.workerId }
        : {}),
      disabledFrom: disabledFrom(random, worker),
    })
    owned.set(key, account)
    return account
  }
  return {
    accounts,
    open,
    accountFor: (worker, entitlement) => {
      const isAdminLogin = entitlement.privilege === 'admin'
        && separateAdminLogins.has(entitlement.application)
        && administering.has(currentRole(worker).department)
      return create(worker, entitlement.source, isAdminLogin)
    },
  }
}
