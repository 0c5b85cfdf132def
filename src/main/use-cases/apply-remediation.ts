import type { ApplyOutcome, AutomaticRule } from '../../shared/model/remediation.ts'
import type { RevokeAnswer } from '../connectors/live-connector.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import { automaticRuleFor } from '../core/remediation/automatic-rules.ts'
import { heldDirectly, removalEffect } from '../core/remediation/effect.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { protectedObjects } from '../storage/protected-objects.ts'
import { accountStanding, effectFacts } from '../storage/remediation-effects.ts'
import { loadRemediationSettings } from '../storage/remediation-settings.ts'
import { listRemediations, type StoredRemediation } from '../storage/remediations.ts'
import { mustFindRemediations, mustFollow, writeStep } from './act-on-remediation.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { isLiveSource, sourceNamed } from './find-source.ts'
import { oneByOne } from './one-by-one.ts'
import { recordEvent } from './record-event.ts'
import { liveInput } from './test-connection.ts'
import { unlock } from './unlock-signer.ts'

/** Asks the source what would happen, and changes nothing anywhere. */
export async function tryRemovals(context: Context, actor: Actor, input: { readonly ids: readonly number[] }, watch: Watch): Promise<ApplyOutcome[]> {
  mustBeOfficer(actor)
  const all = await mustFindRemediations(context.store.db, input.ids)
  return oneByOne(all, watch, 'Asking', async (one) => {
    mustFollow(one, 'request')
    return toOutcome(one.id, await refusedHere(context.store.db, one) ?? await askSource(context, one, true, watch))
  })
}

/**
 * Removes access through the source's connector on a person's approval: their passphrase, a dry run of each, then the removal. What was
 * approved is in the log before anything is sent, so that a crash in between is found out by the next reading of the source.
 */
export async function applyRemovals(
  context: Context, actor: Actor, input: { readonly ids: readonly number[]; readonly passphrase: string }, watch: Watch,
): Promise<ApplyOutcome[]> {
  mustBeOfficer(actor)
  const { mode } = await loadRemediationSettings(context.store.db)
  if (mode === 'advise') throw new Refusal('not-allowed', 'This workspace only advises: Muster changes nothing in any source. An officer can change that under Settings.')
  const { fingerprint } = await unlock(context, actor.email, input.passphrase)
  const all = await mustFindRemediations(context.store.db, input.ids)
  return oneByOne(all, watch, 'Removing', (one) => removeOne(context, actor, one, { fingerprint, rule: null }, watch))
}

/** Carries out what the officer's named low-risk rules cover, without asking again. Nothing where the workspace does not act by itself. */
export async function applyAutomatic(context: Context, actor: Actor, watch: Watch): Promise<ApplyOutcome[]> {
  mustBeOfficer(actor)
  const settings = await loadRemediationSettings(context.store.db)
  if (settings.mode !== 'automatic') throw new Refusal('conflict', 'This workspace does not act by itself. An officer can change that under Settings.')
  const { rows } = await listRemediations(context.store.db, { states: ['planned'] }, '')
  const covered = new Map<number, AutomaticRule>()
  for (const one of rows) {
    const effect = removalEffect(await effectFacts(context.store.db, one))
    const rule = one.hindrance !== null || !one.isSourceConnected ? null : automaticRuleFor({
      basis: one.basis, byConnector: effect.byConnector, privilege: one.privilege, risk: one.risk, alsoLost: effect.alsoLost.count,
      ...(await accountStanding(context.store.db, one.accountId)),
    }, settings.automatic)
    if (rule !== null) covered.set(one.id, rule)
  }
  return oneByOne(rows.filter(({ id }) => covered.has(id)), watch, 'Removing', (one) =>
    removeOne(context, actor, one, { fingerprint: null, rule: covered.get(one.id) ?? null }, watch))
}

type Approval = { readonly fingerprint: string | null; readonly rule: AutomaticRule | null }

async function removeOne(context: Context, actor: Actor, one: StoredRemediation, approval: Approval, watch: Watch): Promise<ApplyOutcome> {
  const tried = await refusedHere(context.store.db, one, actor, approval) ?? await askSource(context, one, true, watch)
  if (tried.outcome === 'refused' || tried.outcome === 'failed') return toOutcome(one.id, tried)
  await inTransaction(context.store, async (queries) => {
    const now = (await mustFindRemediations(queries, [one.id]))[0] as StoredRemediation
    const state = mustFollow(now, 'request')
    const hindrance = await refusedHere(queries, now, actor, approval)
    if (hindrance !== null) throw new Refusal('conflict', hindrance.reason)
    const recorded = await recordEvent(context, queries, actor.email, {
      kind: 'remediations-requested',
      body: { campaign: one.campaign, remediations: [one.id], means: 'connector', ticket: null, rule: approval.rule, certificateFingerprint: approval.fingerprint },
    })
    const detail = approval.rule === null ? 'Approved, by connector.' : `By the rule “${approval.rule}”, by connector.`
    await writeStep(queries, recorded, actor.email, [one.id], { kind: 'requested', detail }, {
      state, means: 'connector', requested_by: actor.email, requested_at: recorded.ts, hindrance: null, still_there_snapshot: null, is_alarm: 0,
      ticket_system: null, ticket_key: null, ticket_url: null,
    })
  })
  return settle(context, actor, one, await askSource(context, one, false, watch))
}

/** Writes down what the source answered. Its "removed" is its word; proof is a later snapshot. */
async function settle(context: Context, actor: Actor, one: StoredRemediation, answer: RevokeAnswer): Promise<ApplyOutcome> {
  const outcome = toOutcome(one.id, answer)
  const { outcome: what, request, detail } = outcome
  if (what === 'would-remove') throw new Error('a removal was answered as a dry run')
  await inTransaction(context.store, async (queries) => {
    const now = (await mustFindRemediations(queries, [one.id]))[0] as StoredRemediation
    const recorded = await recordEvent(context, queries, actor.email, {
      kind: 'remediation-answered', body: { campaign: one.campaign, remediation: one.id, outcome: what, request, detail },
    })
    const isDone = what === 'removed' || what === 'already-gone'
    // A snapshot may have been taken in the meantime and proved it already: then that stands, and this is only its timeline.
    const isOpen = now.state === 'requested'
    await writeStep(queries, recorded, actor.email, [one.id], { kind: what, detail: request === null ? detail : `${detail} (${request})` }, isDone
      ? { ...(isOpen ? { state: mustFollow(now, 'apply') } : {}), applied_by: actor.email, applied_at: recorded.ts, hindrance: null }
      : { ...(isOpen ? { state: mustFollow(now, 'give-up-request') } : {}), hindrance: detail })
  })
  return outcome
}

type Hindrance = Extract<RevokeAnswer, { readonly outcome: 'refused' }>

/** What speaks against it before any source is asked: protection, duties that must be apart, and ways it cannot be removed. */
async function refusedHere(queries: Queries, one: StoredRemediation, actor?: Actor, approval?: Approval): Promise<Hindrance | null> {
  if (!one.isSourceConnected) return { outcome: 'refused', reason: `${one.source} is no longer connected.`, instead: 'Have it removed by ticket or list.' }
  const { separatesDuties } = await loadRemediationSettings(queries)
  if (separatesDuties && approval?.rule === null && actor !== undefined && one.decidedBy.some((email) => foldEmail(email) === foldEmail(actor.email))) {
    return { outcome: 'refused', reason: 'You decided this revoke yourself; somebody else has to carry it out.', instead: 'Ask another officer.' }
  }
  const effect = removalEffect(await effectFacts(queries, one))
  return effect.byConnector ? null : { outcome: 'refused', reason: effect.reason ?? '', instead: effect.instead ?? '' }
}

async function askSource(context: Context, one: StoredRemediation, isDryRun: boolean, watch: Watch): Promise<RevokeAnswer> {
  const source = await sourceNamed(context.store.db, one.source)
  if (!isLiveSource(source)) throw new Refusal('invalid', `${one.source} is read from a file; Muster cannot change it.`)
  const connector = await context.liveConnector(source.kind)
  if (connector.revoke === undefined) throw new Refusal('invalid', `Muster cannot remove access in ${one.source}.`)
  const facts = await effectFacts(context.store.db, one)
  const { traits } = heldDirectly(facts.right, one.path, facts.steps)
  return connector.revoke({
    ...liveInput(context, source, watch), isDryRun, protectedObjects: await protectedObjects(context.store.db, one.sourceId),
    target: { account: one.account, entitlement: one.entitlement, path: one.path, traits },
  })
}

function toOutcome(id: number, answer: RevokeAnswer): ApplyOutcome {
  switch (answer.outcome) {
    case 'refused': return { id, outcome: 'refused', request: null, detail: answer.reason, instead: answer.instead }
    case 'failed': return { id, outcome: 'failed', request: answer.request, detail: answer.reason, instead: null }
    default: return { id, outcome: answer.outcome, request: answer.request, detail: answer.effect, instead: null }
  }
}
