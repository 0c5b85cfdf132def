import type { Day } from './calendar.ts'

export type Privilege = 'none' | 'elevated' | 'admin'
export type Risk = 'low' | 'medium' | 'high' | 'critical'

/** The two systems that hand out access; each has its own accounts, files and login names. */
export type SourceName = 'directory' | 'ledgerline'

/** What a worker's year is about. Each worker has one, so no two planted truths can contradict each other. */
export type Story =
  | 'plain' | 'joiner'
  | 'left-cleanly' | 'left-keeping-access'
  | 'moved-cleanly' | 'moved-keeping-access' | 'promoted'
  | 'on-leave' | 'back-from-leave'
  | 'toxic-pair' | 'dormant-admin'

export type Rank = 'chief' | 'head' | 'manager' | 'lead' | 'member'

/** A job held from a day on. `manager` is a worker's index; null = none recorded. */
export type Assignment = { from: Day; department: string; title: string; location: string; manager: number | null }

/** `to` is the first day back; null = still away. */
export type Absence = { from: Day; to: Day | null }

export type Worker = {
  index: number
  workerId: string
  kind: 'Employee' | 'Contractor'
  firstName: string
  lastName: string
  preferredName: string
  displayName: string
  /** Latin-letter forms for login names. */
  asciiFirst: string
  asciiLast: string
  email: string
  gender: string
  birth: Day
  rank: Rank
  hired: Day
  /** Last day of employment, and whether HR then shows an Inactive row or no row at all. */
  left: Day | null
  leftHow: 'inactive' | 'disappeared' | null
  /** Oldest first; the last one is current. */
  assignments: Assignment[]
  leaves: Absence[]
  vacations: Absence[]
  story: Story
}

export type AccountKind = 'employee' | 'contractor' | 'guest' | 'service' | 'shared'

export type Account = {
  index: number
  source: SourceName
  name: string
  displayName: string
  email: string
  employeeId: string
  kind: AccountKind
  /** Disabled from this day on; null = enabled. */
  disabledFrom: Day | null
  /** Whose it is; null = guest, service, shared or orphan. */
  worker: number | null
  /** A human login that no HR record stands behind. */
  isOrphan: boolean
}

/** Whom a right is meant for, as percent of those people; see `audience.ts` for the keys. */
export type Audience = Readonly<Record<string, number>>

export type Entitlement = {
  index: number
  source: SourceName
  application: string
  /** The source's own id, unique over all sources. */
  id: string
  name: string
  description: string
  privilege: Privilege
  risk: Risk
  /** E-mail; blank = nobody named. */
  owner: string
  audience: Audience
}

/** Held from `from` until the day before `to` (null = still held). */
export type Grant = {
  account: number
  entitlement: number
  from: Day
  to: Day | null
  /** Whether the source remembers when it was given. */
  isDated: boolean
  path: string
  expires: Day | null
}

export type Cadence =
  | { kind: 'workdays'; perMille: number }
  | { kind: 'weekly'; weekday: number; perMille: number }
  | { kind: 'rare'; perMille: number }
  | { kind: 'month-end'; perMille: number }
  | { kind: 'quarter-end'; perMille: number }
  | { kind: 'seasonal'; months: readonly number[]; perMille: number }
  | { kind: 'every-night'; second: number }
  | { kind: 'never' }

/** How one account uses one application. Used on days `from` … `to` − 1; after `to` only failed attempts, if any. */
export type UsagePlan = {
  account: number
  application: string
  cadence: Cadence
  from: Day
  to: Day | null
  failsAfterwards: boolean
  utcOffsetMinutes: number
}

export type GrantRef = { source: SourceName; account: string; application: string; entitlement: string }
export type AccountRef = { source: SourceName; account: string }

/** What was planted, in the words of the files. Every grant named is in the latest access file of its source. */
export type Truth = {
  leavers: {
    workerId: string; leftOn: string; how: 'inactive' | 'disappeared'; usedAfterLeaving: boolean; accounts: AccountRef[]; grants: GrantRef[]
  }[]
  movers: { workerId: string; movedOn: string; from: string; to: string; grants: (GrantRef & { applicationStillUsed: boolean })[] }[]
  orphans: { source: SourceName; account: string; grants: GrantRef[] }[]
  toxicPairs: { workerId: string; ruleId: string; left: GrantRef; right: GrantRef }[]
  dormantAdmins: { workerId: string; unusedSince: string; failedAttemptsSince: boolean; grants: GrantRef[] }[]
  quarterlyUsers: { workerId: string; source: SourceName; account: string; application: string; grants: GrantRef[] }[]
  serviceAccounts: { source: SourceName; account: string; grants: GrantRef[] }[]
  normal: (GrantRef & { workerId: string })[]
}

/** Everything but the sign-ins, which are derived day by day while writing (`sign-ins.ts`). */
export type Organisation = {
  name: string
  seed: number
  people: number
  asOf: string
  /** Days of the HR and of the directory states, oldest first; the last is the as-of day. */
  hrDays: Day[]
  directoryDays: Day[]
  workers: Worker[]
  accounts: Account[]
  entitlements: Entitlement[]
  grants: Grant[]
  usage: UsagePlan[]
  truth: Truth
}
