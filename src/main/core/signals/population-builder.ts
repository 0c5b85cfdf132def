import type { IsoDate } from '../../../shared/model/time.ts'
import type { SodRule } from '../../../shared/model/sod-rule.ts'
import { dictionary, foldedText, groupRows, int32Column } from './columns.ts'
import { dayOf, NO_DAY } from './day.ts'
import { datedEvents, hrEventColumns, takeBack } from './hr-columns.ts'
import { identityKinds, linkReasons, privileges, risks, statuses, subjectCount, subjectOf } from './population.ts'
import type { Accounts, Entitlements, Grants, Identities, Population } from './population.ts'
import type { AccountRow, EntitlementRow, GrantRow, HrEventRow, IdentityRow, ReviewRow, UsageRow, UsageWindowRow } from './population-rows.ts'
import { pastReviewColumns } from './past-reviews.ts'
import { usageColumns } from './usage-columns.ts'

/**
 * Takes rows one at a time, so that no reader ever holds a table. Order: identities, accounts, entitlements, then the rest in any order.
 */
export interface PopulationBuilder {
  readonly addIdentity: (row: IdentityRow) => void
  readonly addAccount: (row: AccountRow) => void
  readonly addEntitlement: (row: EntitlementRow) => void
  readonly addGrant: (row: GrantRow) => void
  readonly addUsage: (row: UsageRow) => void
  readonly addUsageWindow: (row: UsageWindowRow) => void
  readonly addHrEvent: (row: HrEventRow) => void
  /** Reviews of accounts and rights the population does not have are left out. */
  readonly addReview: (row: ReviewRow) => void
  readonly addSodRule: (rule: SodRule) => void
  /** A conflict of an identity accepted up to and including a day; one that has expired by as-of counts for nothing. */
  readonly addExemption: (row: { readonly ruleId: string; readonly identityId: number; readonly until: IsoDate }) => void
  readonly addProtected: (row: { readonly kind: 'account' | 'entitlement'; readonly id: number }) => void
  readonly finish: () => Population
}

const noTags: readonly string[] = []

/** Builds the picture to be judged as of a day; what happened later is left out or taken back. */
export function populationBuilder(asOf: IsoDate): PopulationBuilder {
  const asOfDay = dayOf(asOf)
  const labels = dictionary(foldedText)
  const paths = dictionary()
  const identity = columnsOf('id', 'kind', 'status', 'department', 'title', 'location', 'managerId', 'hired', 'terminated')
  const account = columnsOf('id', 'sourceId', 'kind', 'enabled', 'identity', 'linkReason')
  const entitlement = columnsOf('id', 'application', 'privilege', 'risk')
  const grant = columnsOf('id', 'account', 'entitlement', 'path', 'granted', 'inferred', 'expires', 'lastUsed')
  const [names, nativeIds]: [string[], string[]] = [[], []]
  const [identityAt, accountAt, entitlementAt] = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()]
  const byEmployeeId = new Map<string, number>()
  const usageRows = usageColumns(asOfDay)
  const hrRows: HrEventRow[] = []
  const reviews = pastReviewColumns()
  const sodRules: SodRule[] = []
  const [sourceNames, tags]: [string[], (readonly string[])[]] = [[], []]
  const exemptions = new Map<string, IsoDate>()
  const protectedIndexes = { account: new Set<number>(), entitlement: new Set<number>() }
  // Packets are hashed as canonical JSON, which has no form for half a character.
  const label = (text: string | null): number => (text === null || text.trim() === '' ? -1 : labels.indexOf(text.toWellFormed()))
  /** Days after as-of had not happened yet. */
  const past = (date: string | null): number => {
    const day = dayOf(date)
    return day > asOfDay ? NO_DAY : day
  }

  return {
    addIdentity: (row) => {
      identityAt.set(row.id, identityAt.size)
      if (row.employeeId !== null) byEmployeeId.set(row.employeeId, identityAt.size - 1)
      identity.push(
        row.id, identityKinds.indexOf(row.kind), statuses.indexOf(row.status), label(row.department), label(row.title), label(row.location),
        row.managerId ?? -1, dayOf(row.hireDate), dayOf(row.terminationDate),
      )
    },
    addAccount: (row) => {
      const index = accountAt.size
      accountAt.set(row.id, index)
      const owner = row.identityId === null ? -1 : indexIn(identityAt, row.identityId, 'identity')
      account.push(
        row.id, row.sourceId, identityKinds.indexOf(row.kind), row.isEnabled === null
          ? -1
          : Number(row.isEnabled), owner, linkReasons.indexOf(row.linkReason),
      )
      const subject = owner >= 0 ? owner : identityAt.size + index
      usageRows.addLogin({ sourceId: row.sourceId, nativeKey: row.nativeKey, emailKey: row.emailKey, subject })
    },
    addEntitlement: (row) => {
      entitlementAt.set(row.id, entitlementAt.size)
      names.push(row.name.toWellFormed())
      nativeIds.push(row.nativeId)
      sourceNames.push(row.source ?? '')
      tags.push(row.tags ?? noTags)
      entitlement.push(row.id, label(row.application), privileges.indexOf(row.privilege), risks.indexOf(row.risk))
    },
    addGrant: (row) => {
      const granted = past(row.grantedAt)
      const firstSeen = past(row.firstSeen)
      const isInferred = granted === NO_DAY && firstSeen !== NO_DAY
      grant.push(
        row.id, indexIn(accountAt, row.accountId, 'account'), indexIn(
          entitlementAt, row.entitlementId, 'entitlement',
        ), paths.indexOf(row.path.toWellFormed()),
        isInferred ? firstSeen : granted, isInferred ? 1 : 0, dayOf(row.expiresAt), past(row.lastUsed),
      )
    },
    addUsage: (row) => usageRows.addUsage(row, label(row.application)),
    addUsageWindow: (row) => usageRows.addWindow(row),
    addHrEvent: (row) => void hrRows.push(row),
    addReview: (row) => {
      const [onAccount, onRight] = [accountAt.get(row.accountId), entitlementAt.get(row.entitlementId)]
      if (onAccount !== undefined && onRight !== undefined && dayOf(row.asOf) <= asOfDay) reviews.add(row, onAccount, onRight)
    },
    addSodRule: (rule) => void sodRules.push({ ...rule, name: rule.name.toWellFormed() }),
    addExemption: ({ ruleId, identityId, until }) => {
      const subject = identityAt.get(identityId)
      if (subject !== undefined && until >= asOf) exemptions.set(`${ruleId} ${subject}`, until)
    },
    addProtected: ({ kind, id }) => {
      const index = (kind === 'account' ? accountAt : entitlementAt).get(id)
      if (index !== undefined) protectedIndexes[kind].add(index)
    },
    finish: () => {
      const people = identity.values()
      const identities: Identities = { ...people, count: identityAt.size, manager: people.managerId.map((id) => identityAt.get(id) ?? -1) }
      const signIns = usageRows.lastSignIns()
      const accounts: Accounts = { ...account.values(), count: accountAt.size, lastSignIn: signIns }
      const entitlements: Entitlements = { ...entitlement.values(), count: entitlementAt.size, name: names, nativeId: nativeIds, source: sourceNames, tags }
      const events = datedEvents(hrRows, (employeeId) => byEmployeeId.get(employeeId) ?? -1, asOfDay)
      takeBack(events.future, identities, labels, (employeeId) => byEmployeeId.get(employeeId) ?? -1)
      const hrEvents = hrEventColumns(events.past, identities.count, labels)
      const { usage, coverage } = usageRows.finish(subjectCount({ identities, accounts }))
      return {
        asOf, asOfDay, labels: labels.texts(), paths: paths.texts(), identities, accounts, entitlements,
        grants: sortedGrants(grant.values(), { identities, accounts }), usage, coverage, hrEvents, reviews: reviews.finish(entitlements.count), sodRules, exemptions,
        protectedAccounts: protectedIndexes.account, protectedEntitlements: protectedIndexes.entitlement,
      }
    },
  }
}

type Column = 'id' | 'account' | 'entitlement' | 'path' | 'granted' | 'inferred' | 'expires' | 'lastUsed'

function sortedGrants(columns: Record<Column, Int32Array>, population: Pick<Population, 'identities' | 'accounts'>): Grants {
  const { rows } = groupRows(columns.account.map((account) => subjectOf(population, account)), subjectCount(population))
  const sorted = (column: Int32Array): Int32Array => rows.map((row) => column[row] as number)
  return {
    count: rows.length, id: sorted(columns.id), account: sorted(columns.account), entitlement: sorted(columns.entitlement),
    path: sorted(columns.path),
    granted: sorted(columns.granted), grantedInferred: Uint8Array.from(sorted(columns.inferred)), expires: sorted(columns.expires),
    lastUsed: sorted(columns.lastUsed),
  }
}

function columnsOf<const Name extends string>(...names: readonly Name[]) {
  const columns = names.map(() => int32Column())
  return {
    push: (...values: readonly number[]): void => columns.forEach((column, at) => { column.push(values[at] as number) }),
    values: (): Record<Name, Int32Array> =>
      Object.fromEntries(names.map((name, at) => [name, columns[at]?.values() ?? new Int32Array()])) as Record<Name, Int32Array>,
  }
}

function indexIn(indexes: ReadonlyMap<number, number>, id: number, what: string): number {
  const index = indexes.get(id)
  if (index === undefined) throw new Error(`A row refers to ${what} ${id}, which is not part of the population`)
  return index
}
