import type { GiveBackOutcome, TicketSystem } from '../../shared/model/remediation.ts'
import type { GiveBackAnswer } from '../connectors/live-connector.ts'
import { giveBackText } from '../core/remediation/worklist.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { protectedObjects } from '../storage/protected-objects.ts'
import { rightsNamed } from '../storage/remediation-effects.ts'
import { loadRemediationSettings } from '../storage/remediation-settings.ts'
import type { StoredRemediation } from '../storage/remediations.ts'
import { byCampaign, mustFindRemediations, writeStep } from './act-on-remediation.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { isLiveSource, sourceNamed } from './find-source.ts'
import { oneByOne } from './one-by-one.ts'
import { recordEvent } from './record-event.ts'
import { ask, deskOwner, keyOf, type TicketOpened } from './remediation-tickets.ts'
import { liveInput } from './test-connection.ts'
import { unlock } from './unlock-signer.ts'

/** Asks the source what giving wrongly removed rights back would do, and changes nothing anywhere. */
export async function tryGiveBack(context: Context, actor: Actor, input: { readonly ids: readonly number[] }, watch: Watch): Promise<GiveBackOutcome[]> {
  mustBeOfficer(actor)
  return oneByOne(await mustFindRemediations(context.store.db, input.ids), watch, 'Asking', async (one) => {
    mustBeRestoring(one)
    return toOutcome(one.id, await askSource(context, one, true, watch))
  })
}

/**
 * Gives rights back through the source's connector on a person's approval, after a dry run of each. What was approved is in the log before
 * anything is sent; only a later reading that shows the right again closes it.
 */
export async function giveBack(
  context: Context, actor: Actor, input: { readonly ids: readonly number[]; readonly passphrase: string }, watch: Watch,
): Promise<GiveBackOutcome[]> {
  mustBeOfficer(actor)
  const { mode } = await loadRemediationSettings(context.store.db)
  if (mode === 'advise') throw new Refusal('not-allowed', 'This workspace only advises: Muster changes nothing in any source. An officer can change that under Settings.')
  const { fingerprint } = await unlock(context, actor.email, input.passphrase)
  return oneByOne(await mustFindRemediations(context.store.db, input.ids), watch, 'Giving back', (one) => giveOne(context, actor, one, fingerprint, watch))
}

function mustBeRestoring(one: StoredRemediation): void {
  if (one.state !== 'restoring') throw new Refusal('conflict', `${one.entitlementName} of ${one.subjectName} is not to be given back; say first that the revoke was wrong.`)
}

async function giveOne(context: Context, actor: Actor, one: StoredRemediation, fingerprint: string, watch: Watch): Promise<GiveBackOutcome> {
  mustBeRestoring(one)
  const tried = await askSource(context, one, true, watch)
  if (tried.outcome === 'refused' || tried.outcome === 'failed') return toOutcome(one.id, tried)
  await inTransaction(context.store, async (queries) => {
    const now = (await mustFindRemediations(queries, [one.id]))[0] as StoredRemediation
    mustBeRestoring(now)
    const recorded = await recordEvent(context, queries, actor.email, {
      kind: 'restores-requested', body: { campaign: one.campaign, remediations: [one.id], means: 'connector', ticket: null, certificateFingerprint: fingerprint },
    })
    await writeStep(queries, recorded, actor.email, [one.id], { kind: 'restore-requested', detail: 'Approved, by connector.' }, {
      restore_means: 'connector', restore_ticket_system: null, restore_ticket_key: null, restore_ticket_url: null, restore_requested_by: actor.email,
      restore_requested_at: recorded.ts, given_at: null, hindrance: null,
    })
  })
  return settle(context, actor, one, await askSource(context, one, false, watch))
}

const stepOf = { given: 'given', 'already-held': 'given', refused: 'restore-refused', failed: 'restore-failed' } as const

/** Writes down what the source answered. Its "given" is its word; proof is a later snapshot. */
async function settle(context: Context, actor: Actor, one: StoredRemediation, answer: GiveBackAnswer): Promise<GiveBackOutcome> {
  const outcome = toOutcome(one.id, answer)
  const { outcome: what, request, detail } = outcome
  if (what === 'would-give') throw new Error('giving back was answered as a dry run')
  await inTransaction(context.store, async (queries) => {
    const recorded = await recordEvent(context, queries, actor.email, {
      kind: 'restore-answered', body: { campaign: one.campaign, remediation: one.id, outcome: what, request, detail },
    })
    const isDone = what === 'given' || what === 'already-held'
    await writeStep(queries, recorded, actor.email, [one.id], { kind: stepOf[what], detail: request === null ? detail : `${detail} (${request})` },
      isDone ? { given_at: recorded.ts, hindrance: null } : { hindrance: detail, restore_means: null })
  })
  return outcome
}

async function askSource(context: Context, one: StoredRemediation, isDryRun: boolean, watch: Watch): Promise<GiveBackAnswer> {
  const byHand = 'Have it given by ticket, or by hand where it is given.'
  if (!one.isSourceConnected) return { outcome: 'refused', reason: `${one.source} is no longer connected.`, instead: byHand }
  const source = await sourceNamed(context.store.db, one.source)
  if (!isLiveSource(source)) return { outcome: 'refused', reason: `${one.source} is read from a file; Muster cannot change it.`, instead: byHand }
  const connector = await context.liveConnector(source.kind)
  if (connector.giveBack === undefined) return { outcome: 'refused', reason: `Muster cannot give access in ${one.source}.`, instead: byHand }
  const right = (await rightsNamed(context.store.db, one.sourceId, [one.remove.nativeId])).get(one.remove.nativeId)
  return connector.giveBack({
    ...liveInput(context, source, watch), isDryRun, protectedObjects: await protectedObjects(context.store.db, one.sourceId),
    target: { account: one.account, entitlement: one.remove.nativeId, path: 'direct', traits: right?.traits ?? [] },
  })
}

/** One ticket to have rights given back. The same rights in the same round find the first ticket again. */
export async function openGiveBackTicket(
  context: Context, actor: Actor, input: { readonly ids: readonly number[]; readonly system: TicketSystem }, watch: Watch,
): Promise<TicketOpened> {
  mustBeOfficer(actor)
  const all = await mustFindRemediations(context.store.db, input.ids)
  mustWaitForTicket(all)
  watch.onProgress({ step: `Opening a ticket in ${deskOwner[input.system].name}`, share: null })
  const said = giveBackText(all, { approvedBy: actor.name, dueOn: context.clock.now().slice(0, 10) })
  const answer = await ask(context, input.system, { ...said, isUrgent: true, idempotencyKey: keyOf(context, 'give-back', all) }, watch)
  if (!answer.ok) throw new Refusal('conflict', `${answer.reason} No ticket was opened.`)
  await inTransaction(context.store, async (queries: Queries) => {
    const now = await mustFindRemediations(queries, input.ids)
    mustWaitForTicket(now)
    for (const [campaign, ids] of byCampaign(now)) {
      const recorded = await recordEvent(context, queries, actor.email, {
        kind: 'restores-requested',
        body: { campaign, remediations: [...ids], means: 'ticket', ticket: { system: input.system, key: answer.key }, certificateFingerprint: null },
      })
      await writeStep(queries, recorded, actor.email, ids, { kind: 'restore-requested', detail: `Ticket ${answer.key} in ${deskOwner[input.system].name}.` }, {
        restore_means: 'ticket', restore_ticket_system: input.system, restore_ticket_key: answer.key, restore_ticket_url: answer.url,
        restore_requested_by: actor.email, restore_requested_at: recorded.ts, given_at: null, hindrance: null,
      })
    }
  })
  return { key: answer.key, url: answer.url, isNew: answer.isNew }
}

function mustWaitForTicket(all: readonly StoredRemediation[]): void {
  for (const one of all) {
    mustBeRestoring(one)
    if (one.restore?.ticket != null) throw new Refusal('conflict', `${one.entitlementName} of ${one.subjectName} is in ticket ${one.restore.ticket.key} already.`)
  }
}

function toOutcome(id: number, answer: GiveBackAnswer): GiveBackOutcome {
  switch (answer.outcome) {
    case 'refused': return { id, outcome: 'refused', request: null, detail: answer.reason, instead: answer.instead }
    case 'failed': return { id, outcome: 'failed', request: answer.request, detail: answer.reason, instead: null }
    default: return { id, outcome: answer.outcome, request: answer.request, detail: answer.effect, instead: null }
  }
}
