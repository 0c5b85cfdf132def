import { z } from 'zod'
import type { CompiledQuery } from 'kysely'
import type { IsoDate } from '../../shared/model/time.ts'
import { identityKind, employmentStatus, hrEventKind, linkReason } from '../../shared/model/identity.ts'
import { privilege, risk } from '../../shared/model/entitlement.ts'
import { sodRuleOf } from './sod-rules.ts'
import { pathNamer } from './access-rows.ts'
import { populationBuilder } from '../core/signals/population-builder.ts'
import type { Population } from '../core/signals/population.ts'
import type { Store } from './database.ts'

const tagsInJson = z.array(z.string())

const none: readonly string[] = []

/**
 * Reads everything needed to weigh the grants of the given snapshots, judged as of a day, in one streamed query per table: a
 * million grants never exist as objects at once. The reading itself does not pause, so large workspaces call it from a worker thread.
 * Snapshots without grants (HR, sign-ins) may be among the ids.
 */
export function loadPopulation(
  store: Store, input: { readonly asOf: IsoDate; readonly snapshots: readonly number[] },
): Promise<Population> {
  return Promise.resolve().then(() => readPopulation(store, input))
}

function readPopulation(store: Store, input: { readonly asOf: IsoDate; readonly snapshots: readonly number[] }): Population {
  const { db } = store
  const builder = populationBuilder(input.asOf)
  const snapshots = [...input.snapshots]

  // All tables in one read transaction: a sync that commits in between must not mix two states.
  store.sqlite.transaction(() => {
    const identities = db.selectFrom('identity')
      .select(['id', 'employee_id', 'kind', 'status', 'department', 'title', 'location', 'manager_id', 'hire_date', 'termination_date'])
      .orderBy('id').compile()
    for (const row of streamed(store, identities)) {
      builder.addIdentity({
        id: row.id, employeeId: row.employee_id, kind: identityKind.parse(row.kind), status: employmentStatus.parse(row.status),
        department: row.department, title: row.title, location: row.location, managerId: row.manager_id, hireDate: row.hire_date,
        terminationDate: row.termination_date,
      })
    }

    // Accounts of every state, not only open ones: last year's sign-ins may carry a login that has been renamed since.
    const accounts = db.selectFrom('account as a').leftJoin('identity as i', 'i.id', 'a.identity_id')
      .select((eb) => [
        'a.id', 'a.source_id', 'a.native_key', eb.fn.coalesce('a.email_key', 'i.email_key').as('email_key'), 'a.kind', 'a.is_enabled',
        'a.identity_id',
        'a.link_reason',
      ])
      .orderBy('a.id').compile()
    for (const row of streamed(store, accounts)) {
      builder.addAccount({
        id: row.id, sourceId: row.source_id, nativeKey: row.native_key, emailKey: row.email_key, kind: identityKind.parse(row.kind),
        isEnabled: row.is_enabled === null
          ? null
          : row.is_enabled === 1, identityId: row.identity_id, linkReason: linkReason.parse(row.link_reason),
      })
    }

    const entitlements = db.selectFrom('entitlement as e').innerJoin('source as s', 's.id', 'e.source_id')
      .select(['e.id', 'e.native_id', 'e.name', 'e.application', 'e.privilege', 'e.risk', 'e.source_id', 's.name as source'])
      .select((eb) => eb.selectFrom('entitlement_tag as t').whereRef('t.source', '=', 's.name').whereRef('t.native_id', '=', 'e.native_id')
        .select(({ fn }) => fn<string>('json_group_array', ['t.tag']).as('tags')).as('tags'))
      .orderBy('e.id').compile()
    const paths = pathNamer()
    for (const row of streamed(store, entitlements)) {
      paths.know(row.source_id, row.native_id, row.name)
      builder.addEntitlement({
        id: row.id, nativeId: row.native_id, name: row.name, application: row.application, privilege: privilege.parse(row.privilege),
        risk: risk.parse(row.risk), source: row.source, tags: row.tags === null || row.tags === '[]' ? none : tagsInJson.parse(JSON.parse(row.tags)),
      })
    }

    for (const row of grantsOf(store, snapshots)) builder.addGrant({ ...row, path: paths.named(row.sourceId, row.path) })

    const windows = db.selectFrom('usage_window as w').innerJoin('source as s', 's.id', 'w.source_id').where('s.removed_at', 'is', null)
      .select(['w.source_id', 'w.accounts_source', 'w.from_at', 'w.to_at']).orderBy('w.run_id').compile()
    for (const row of streamed(store, windows)) {
      builder.addUsageWindow({ sourceId: row.source_id, accountsSource: row.accounts_source, fromAt: row.from_at, toAt: row.to_at })
    }
    const usage = db.selectFrom('usage as u').innerJoin('source as s', 's.id', 'u.source_id').where('s.removed_at', 'is', null)
      .where('u.month', '<=', input.asOf.slice(0, 7))
      .select(['u.source_id', 'u.accounts_source', 'u.account_key', 'u.application', 'u.month', 'u.days']).compile()
    for (const row of streamed(store, usage)) {
      builder.addUsage({
        sourceId: row.source_id, accountsSource: row.accounts_source, accountKey: row.account_key, application: row.application,
        month: row.month,
        days: row.days,
      })
    }

    const events = db.selectFrom('hr_event as h').innerJoin('source as s', 's.id', 'h.source_id').where('s.removed_at', 'is', null)
      .select(
        ['h.id', 'h.employee_id', 'h.kind', 'h.attribute', 'h.from_value', 'h.to_value', 'h.effective_on', 'h.seen_as_of'],
      ).orderBy('h.id').compile()
    for (const row of streamed(store, events)) {
      builder.addHrEvent({
        id: row.id, employeeId: row.employee_id, kind: hrEventKind.parse(row.kind), attribute: row.attribute, from: row.from_value,
        to: row.to_value,
        effectiveOn: row.effective_on, seenAsOf: row.seen_as_of,
      })
    }

    for (const row of pastReviews(store, input.asOf)) builder.addReview(row)

    for (const row of streamed(store, db.selectFrom('sod_rule').selectAll().orderBy('id').compile())) {
      builder.addSodRule(sodRuleOf(row))
    }
    const exemptions = db.selectFrom('sod_exemption').where('ended_at', 'is', null).select(['rule_id', 'identity_id', 'until']).compile()
    for (const row of streamed(store, exemptions)) builder.addExemption({ ruleId: row.rule_id, identityId: row.identity_id, until: row.until })
    const inForce = db.selectFrom('protected_object as p').innerJoin('source as s', 's.name', 'p.source').where('p.released_at', 'is', null)
    const accountsProtected = inForce.where('p.kind', '=', 'account')
      .innerJoin('account as o', (join) => join.onRef('o.source_id', '=', 's.id').onRef('o.native_id', '=', 'p.native_id')).select('o.id').compile()
    for (const row of streamed(store, accountsProtected)) builder.addProtected({ kind: 'account', id: row.id })
    const rightsProtected = inForce.where('p.kind', '=', 'entitlement')
      .innerJoin('entitlement as o', (join) => join.onRef('o.source_id', '=', 's.id').onRef('o.native_id', '=', 'p.native_id')).select('o.id').compile()
    for (const row of streamed(store, rightsProtected)) builder.addProtected({ kind: 'entitlement', id: row.id })
  })()
  return builder.finish()
}

/**
 * What earlier campaigns made of each account's right: signed-off answers, and ended campaigns' items that got none. A campaign still
 * running has left nothing unanswered yet.
 */
function pastReviews(store: Store, asOf: IsoDate) {
  return streamed(store, store.db.selectFrom('review_item as i')
    .innerJoin('campaign as c', 'c.id', 'i.campaign_id')
    .leftJoin('decision as d', (join) => join.onRef('d.item_id', '=', 'i.id').on('d.signed_off_seq', 'is not', null))
    .where('c.as_of', '<=', asOf)
    .where((eb) => eb.or([eb('d.item_id', 'is not', null), eb('c.state', 'in', ['closed', 'sealed'])]))
    .select((eb) => [
      'i.id as itemId', 'i.campaign_id as campaignId', 'i.account_id as accountId', 'i.entitlement_id as entitlementId', 'c.as_of as asOf',
      eb.case('d.outcome').when('keep').then('kept' as const).when('keep-until').then('kept' as const).when('revoke').then('revoked' as const)
        .when('look-closer').then('look-closer' as const).else('none' as const).end().as('answer'),
      'd.decided_at as decidedOn',
    ])
    .orderBy('i.id')
    .compile())
}

/** A grant's first snapshot dates it only if the source had an earlier one without it. */
function grantsOf(store: Store, snapshots: readonly number[]) {
  return streamed(store, store.db.selectFrom('snapshot as s')
    .innerJoin('access_grant as g', 'g.source_id', 's.source_id')
    .innerJoin('snapshot as f', 'f.id', 'g.from_snapshot')
    .whereRef('g.from_snapshot', '<=', 's.id')
    .where((eb) => eb.or([eb('g.to_snapshot', 'is', null), eb('g.to_snapshot', '>', eb.ref('s.id'))]))
    .where(
      (eb) => eb(
        's.id', 'in', eb.selectFrom(
          eb.fn<{ value: number }>('json_each', [eb.val(JSON.stringify(snapshots))]).as('chosen'),
        ).select('chosen.value'),
      ),
    )
    .select((eb) => [
      'g.id as id', 'g.account_id as accountId', 'g.entitlement_id as entitlementId', 'g.path as path', 'g.source_id as sourceId', 'g.granted_at as grantedAt',
      'g.expires_at as expiresAt', 'g.last_used as lastUsed',
      eb.case()
        .when(
          'g.from_snapshot', '>', eb.selectFrom('snapshot as first').whereRef(
            'first.source_id', '=', 's.source_id',
          ).select((e) => e.fn.min('first.id').as('id')),
        )
        .then(eb.ref('f.as_of')).else(null).end().as('firstSeen'),
    ])
    .orderBy('g.id')
    .compile())
}

/** Kysely writes the query, a prepared statement streams it: Kysely's own row-by-row reading costs ten times as much. */
function streamed<Row>(store: Store, query: CompiledQuery<Row>): IterableIterator<Row> {
  return store.sqlite.prepare<unknown[], Row>(query.sql).iterate(...query.parameters)
}
