import { readFileSync } from 'node:fs'
import type { Privilege, Risk } from '../../src/shared/model/entitlement.ts'
import type { EmploymentStatus, IdentityKind, LinkReason } from '../../src/shared/model/identity.ts'
import { signalWeights } from '../../src/shared/model/recommendation.ts'
import { sodRule, type SodRule, type SodRuleInput } from '../../src/shared/model/sod-rule.ts'
import { populationBuilder } from '../../src/main/core/signals/population-builder.ts'
import type { HrEventRow, ReviewRow } from '../../src/main/core/signals/population-rows.ts'
import { dayOf, dateOf } from '../../src/main/core/signals/day.ts'
import type { Population } from '../../src/main/core/signals/population.ts'
import { prepare, weighGrant } from '../../src/main/core/signals/weigh.ts'
import type { Weighed } from '../../src/main/core/signals/weigh.ts'

export const AS_OF = '2026-06-30'

export const shippedWeights = signalWeights.parse(
  JSON.parse(readFileSync(new URL('../../resources/signal-weights.json', import.meta.url), 'utf8')),
)

export interface PersonSpec {
  kind?: IdentityKind
  accountKind?: IdentityKind
  status?: EmploymentStatus
  department?: string | null
  title?: string | null
  location?: string | null
  manager?: string
  hireDate?: string
  terminationDate?: string
  isEnabled?: boolean | null
  /** No identity behind the account. */
  orphan?: Extract<LinkReason, 'no-candidate' | 'two-candidates'>
  email?: string
}

export interface RightSpec { name?: string; application?: string; privilege?: Privilege; risk?: Risk; sourceId?: number; source?: string; tags?: readonly string[] }
export interface GrantSpec { path?: string; grantedAt?: string | null; firstSeen?: string; expiresAt?: string; lastUsed?: string }

/** An organisation in a few lines: names stand for ids, one account per person unless `account` adds another. */
export function organisation(asOf: string = AS_OF) {
  const identityIds = new Map<string, number>()
  const accountIds = new Map<string, number>()
  const rightIds = new Map<string, number>()
  const people: [string, PersonSpec][] = []
  const accounts: { name: string; owner: string; spec: PersonSpec; sourceId: number }[] = []
  const rights: [string, RightSpec][] = []
  const grants: { id: number; who: string; right: string; spec: GrantSpec }[] = []
  const usage: { who: string; application: string; date: string; accountsSource: number }[] = []
  const windows: { from: string; to: string; accountsSource: number }[] = []
  const events: Omit<HrEventRow, 'id'>[] = []
  const rules: SodRule[] = []
  const reviews: { who: string; right: string; row: Omit<ReviewRow, 'itemId' | 'accountId' | 'entitlementId'> }[] = []
  const exemptions: { ruleId: string; who: string; until: string }[] = []
  const protectedNames: { kind: 'account' | 'entitlement'; name: string }[] = []

  const it = {
    person: (name: string, spec: PersonSpec = {}) => {
      identityIds.set(name, identityIds.size + 100)
      people.push([name, spec])
      return it.account(name, name, spec)
    },
    account: (name: string, owner: string, spec: PersonSpec = {}, sourceId = 1) => {
      accountIds.set(name, accountIds.size + 1000)
      accounts.push({ name, owner, spec, sourceId })
      return it
    },
    people: (prefix: string, count: number, spec: PersonSpec = {}) => {
      for (let n = 1; n <= count; n++) it.person(`${prefix}${n}`, spec)
      return it
    },
    right: (name: string, spec: RightSpec = {}) => {
      rightIds.set(name, rightIds.size + 500)
      rights.push([name, spec])
      return it
    },
    grant: (who: string, right: string, spec: GrantSpec = {}) => {
      if (!rightIds.has(right)) it.right(right)
      grants.push({ id: grants.length + 1, who, right, spec })
      return it
    },
    grantAll: (prefix: string, count: number, right: string, spec: GrantSpec = {}) => {
      for (let n = 1; n <= count; n++) it.grant(`${prefix}${n}`, right, spec)
      return it
    },
    used: (who: string, application: string, dates: readonly string[], accountsSource = 1) => {
      for (const date of dates) usage.push({ who, application, date, accountsSource })
      return it
    },
    watched: (from: string, to: string = asOf, accountsSource = 1) => {
      windows.push({ from, to, accountsSource })
      return it
    },
    event: (who: string, event: Omit<HrEventRow, 'id' | 'employeeId' | 'seenAsOf'> & { seenAsOf?: string }) => {
      events.push({ employeeId: who, seenAsOf: event.effectiveOn, ...event })
      return it
    },
    rule: (rule: Partial<SodRuleInput> & Pick<SodRuleInput, 'left' | 'right'>) => {
      rules.push(sodRule.parse({ id: `rule-${rules.length + 1}`, name: 'Pay and approve', severity: 'high', description: '', ...rule }))
      return it
    },
    exempt: (who: string, ruleId: string, until: string) => {
      exemptions.push({ ruleId, who, until })
      return it
    },
    protect: (kind: 'account' | 'entitlement', name: string) => {
      protectedNames.push({ kind, name })
      return it
    },
    /** An item of an earlier campaign; campaigns judge and decide on the same day unless told otherwise. */
    reviewed: (who: string, right: string, campaignId: number, asOf: string, answer: ReviewRow['answer'], decidedOn?: string) => {
      reviews.push({ who, right, row: { campaignId, asOf, answer, decidedOn: answer === 'none' ? null : (decidedOn ?? asOf) } })
      return it
    },
    build: (): Population => {
      const builder = populationBuilder(asOf)
      for (const [name, spec] of people) {
        if (spec.orphan !== undefined) continue
        builder.addIdentity({
          id: identityIds.get(name) ?? 0, employeeId: name, kind: spec.kind ?? 'employee', status: spec.status ?? 'active',
          department: spec.department ?? null, title: spec.title ?? null, location: spec.location ?? null,
          managerId: spec.manager === undefined ? null : (identityIds.get(spec.manager) ?? null),
          hireDate: spec.hireDate ?? null, terminationDate: spec.terminationDate ?? null,
        })
      }
      for (const { name, owner, spec, sourceId } of accounts) {
        builder.addAccount({
          id: accountIds.get(name) ?? 0, sourceId, nativeKey: name, emailKey: spec.email ?? null,
          kind: spec.accountKind ?? spec.kind ?? 'unknown',
          isEnabled: spec.isEnabled ?? null, identityId: spec.orphan === undefined ? (identityIds.get(owner) ?? null) : null,
          linkReason: spec.orphan ?? 'employee-id',
        })
      }
      for (const [name, spec] of rights) {
        builder.addEntitlement({
          id: rightIds.get(name) ?? 0, nativeId: name, name: spec.name ?? name, application: spec.application ?? 'ERP',
          privilege: spec.privilege ?? 'none', risk: spec.risk ?? 'low', source: spec.source ?? 'ERP', tags: spec.tags ?? [],
        })
      }
      for (const { id, who, right, spec } of grants) {
        builder.addGrant({
          id, accountId: accountIds.get(who) ?? 0, entitlementId: rightIds.get(right) ?? 0, path: spec.path ?? 'direct',
          grantedAt: spec.grantedAt === undefined ? '2024-01-15' : spec.grantedAt, firstSeen: spec.firstSeen ?? null,
          expiresAt: spec.expiresAt ?? null, lastUsed: spec.lastUsed ?? null,
        })
      }
      for (const one of usage) {
        builder.addUsage({
          sourceId: 9, accountsSource: one.accountsSource, accountKey: one.who, application: one.application, month: one.date.slice(0, 7),
          days: 1 << (Number(one.date.slice(8, 10)) - 1),
        })
      }
      for (const one of windows) {builder.addUsageWindow(
        { sourceId: 9, accountsSource: one.accountsSource, fromAt: `${one.from}T00:00:00.000Z`, toAt: `${one.to}T23:59:59.000Z` },
      )}
      events.forEach((event, at) => { builder.addHrEvent({ id: at + 1, ...event }) })
      reviews.forEach(({ who, right, row }, at) => {
        builder.addReview({ itemId: at + 1, accountId: accountIds.get(who) ?? 0, entitlementId: rightIds.get(right) ?? 0, ...row })
      })
      for (const rule of rules) builder.addSodRule(rule)
      for (const { who, ...one } of exemptions) builder.addExemption({ ...one, identityId: identityIds.get(who) ?? 0 })
      for (const { kind, name } of protectedNames) builder.addProtected({ kind, id: (kind === 'account' ? accountIds : rightIds).get(name) ?? 0 })
      return builder.finish()
    },
    /** Weighs the grant of `right` to `who` with the shipped weights. */
    weigh: (who: string, right: string): Weighed => {
      const population = it.build()
      const grantId = grants.find((one) => one.who === who && one.right === right)?.id ?? -1
      return weighGrant(prepare(population, shippedWeights), population.grants.id.indexOf(grantId))
    },
  }
  return it
}

/** ISO dates from one day to another, every `step` days. */
export function everyDays(from: string, to: string, step: number): readonly string[] {
  const days: string[] = []
  for (let day = dayOf(from); day <= dayOf(to); day += step) days.push(dateOf(day))
  return days
}

/** The last four days of each quarter that ended in the range. */
export function quarterEnds(years: readonly number[]): readonly string[] {
  return years.flatMap(
    (year) => [
      '03-28', '03-29', '03-30', '03-31', '06-27', '06-28', '06-29', '06-30', '09-27', '09-28', '09-29', '09-30', '12-28', '12-29', '12-30',
      '12-31',
    ].map((day) => `${year}-${day}`),
  )
}
