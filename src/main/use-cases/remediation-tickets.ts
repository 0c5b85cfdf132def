import { privilege } from '../../shared/model/entitlement.ts'
import type { JiraDesk, ServiceNowDesk, TicketSystem } from '../../shared/model/remediation.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { removalEffect } from '../core/remediation/effect.ts'
import { ticketText, worklistCsv, type WorkLine } from '../core/remediation/worklist.ts'
import { inTransaction } from '../storage/database.ts'
import { protectedObjects } from '../storage/protected-objects.ts'
import { effectFacts } from '../storage/remediation-effects.ts'
import { loadRemediationSettings } from '../storage/remediation-settings.ts'
import type { StoredRemediation } from '../storage/remediations.ts'
import type { Ticket, TicketAnswer, TicketStanding } from '../tickets/ticket-desk.ts'
import { byCampaign, mustFindRemediations, mustFollow, writeStep } from './act-on-remediation.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** Under whom the secret store keeps a ticket system's password; sources count from 1. */
export const deskOwner: Readonly<Record<TicketSystem, { readonly id: 0; readonly name: string }>> = {
  servicenow: { id: 0, name: 'ServiceNow' }, jira: { id: 0, name: 'Jira' },
}
export const deskSecret = { servicenow: 'password', jira: 'api-token' } as const

export interface TicketOpened {
  readonly key: string
  readonly url: string
  readonly isNew: boolean
}

/**
 * One ticket for some remediations. Its idempotency key follows from them, so that a ticket whose answer never arrived is found again and
 * not made twice.
 */
export async function openTicket(
  context: Context, actor: Actor, input: { readonly ids: readonly number[]; readonly system: TicketSystem }, watch: Watch,
): Promise<TicketOpened> {
  mustBeOfficer(actor)
  const all = await mustFindRemediations(context.store.db, input.ids)
  for (const one of all) {
    mustFollow(one, 'request')
    if (one.ticket !== null && one.state === 'requested') throw new Refusal('conflict', `${one.entitlementName} of ${one.subjectName} is in ticket ${one.ticket.key} already.`)
  }
  await mustNotBeProtected(context, all)
  const lines = await workLines(context, all)
  const said = ticketText(lines, { campaignName: [...new Set(all.map(({ campaignName }) => campaignName))].join(', '), approvedBy: actor.name })
  const isUrgent = all.some((one) => one.privilege !== privilege.enum.none || one.risk === 'high' || one.risk === 'critical')
  watch.onProgress({ step: `Opening a ticket in ${deskOwner[input.system].name}`, share: null })
  const answer = await ask(context, input.system, { ...said, isUrgent, idempotencyKey: keyOf(context, 'remove', all) }, watch)
  if (!answer.ok) throw new Refusal('conflict', `${answer.reason} No ticket was opened.`)
  await inTransaction(context.store, async (queries) => {
    const now = await mustFindRemediations(queries, input.ids)
    for (const one of now) mustFollow(one, 'request')
    for (const [campaign, ids] of byCampaign(now)) {
      const recorded = await recordEvent(context, queries, actor.email, {
        kind: 'remediations-requested',
        body: { campaign, remediations: [...ids], means: 'ticket', ticket: { system: input.system, key: answer.key }, rule: null, certificateFingerprint: null },
      })
      await writeStep(queries, recorded, actor.email, ids, { kind: 'requested', detail: `Ticket ${answer.key} in ${deskOwner[input.system].name}.` }, {
        state: 'requested', means: 'ticket', ticket_system: input.system, ticket_key: answer.key, ticket_url: answer.url, requested_by: actor.email,
        requested_at: recorded.ts, still_there_snapshot: null, is_alarm: 0,
      })
    }
  })
  return { key: answer.key, url: answer.url, isNew: answer.isNew }
}

/** Makes the ticket, or says why not. */
export async function ask(context: Context, system: TicketSystem, ticket: Ticket, watch: Pick<Watch, 'signal'>): Promise<TicketAnswer> {
  const { signal } = watch
  return atDesk(context, system, {
    jira: (settings, secret) => context.tickets.openJira({ settings, secret, ticket, signal }),
    servicenow: (settings, secret) => context.tickets.openServiceNow({ settings, secret, ticket, signal }),
  })
}

/** How far a ticket has come. A system that is no longer set up, or whose secret is locked, is one that cannot be asked. */
export async function askStanding(context: Context, { system, key }: { readonly system: TicketSystem; readonly key: string }, signal: AbortSignal): Promise<TicketStanding> {
  try {
    return await atDesk(context, system, {
      jira: (settings, secret) => context.tickets.askJira({ settings, secret, key, signal }),
      servicenow: (settings, secret) => context.tickets.askServiceNow({ settings, secret, key, signal }),
    })
  } catch (error) {
    if (error instanceof Refusal || (error instanceof Error && error.name === 'SecretsError')) return { ok: false, reason: error.message, waitSeconds: null }
    throw error
  }
}

async function atDesk<T>(context: Context, system: TicketSystem, work: {
  readonly jira: (settings: JiraDesk, secret: string) => Promise<T>; readonly servicenow: (settings: ServiceNowDesk, secret: string) => Promise<T>
}): Promise<T> {
  const settings = await loadRemediationSettings(context.store.db)
  const secret = await context.secrets.read(deskOwner[system], deskSecret[system])
  const notSetUp = new Refusal('conflict', `${deskOwner[system].name} is not set up yet: its address, user and ${system === 'jira' ? 'API token' : 'password'} belong under Settings.`)
  if (secret === null) throw notSetUp
  if (system === 'jira') {
    if (settings.jira === null) throw notSetUp
    return work.jira(settings.jira, secret)
  }
  if (settings.serviceNow === null) throw notSetUp
  return work.servicenow(settings.serviceNow, secret)
}

/** The same remediations in the same round give the same key; a right that came back gets a new one. */
export function keyOf(context: Context, what: 'remove' | 'give-back', all: readonly StoredRemediation[]): string {
  const text = [context.logId, ...(what === 'give-back' ? [what] : []), ...all.map(({ id, proof, requestedAt }) => `${id} ${proof?.snapshot ?? 0} ${requestedAt ?? ''}`).sort()].join('\n')
  return `muster-${toHex(context.hash(utf8Bytes(text))).slice(0, 24)}`
}

async function workLines(context: Context, all: readonly StoredRemediation[]): Promise<readonly WorkLine[]> {
  const lines: WorkLine[] = []
  for (const one of all) {
    const { way, instead } = removalEffect(await effectFacts(context.store.db, one))
    // What is held directly is simply taken away; there is nothing to explain to whoever does it.
    lines.push({ ...one, instead: way === 'direct' ? null : instead })
  }
  return lines
}

/** Protected objects go through no hands on the way out, a help desk's included. */
async function mustNotBeProtected(context: Context, all: readonly StoredRemediation[]): Promise<void> {
  for (const one of all) {
    const held = await protectedObjects(context.store.db, one.sourceId)
    if (held.accounts.has(one.account) || held.entitlements.has(one.entitlement)) {
      throw new Refusal('conflict', `${one.entitlementName} of ${one.subjectName} is protected. Nothing was asked for; take it off the list of protected objects first, if it really is to go.`)
    }
  }
}

/** A list for whoever removes access by hand, as CSV. With `isHandedOut`, what is planned counts as asked for from now on. */
export async function handOutList(
  context: Context, actor: Actor, input: { readonly ids: readonly number[]; readonly isHandedOut: boolean },
): Promise<{ csv: string; lines: WorkLine[] }> {
  if (input.isHandedOut) mustBeOfficer(actor)
  const all = await mustFindRemediations(context.store.db, input.ids)
  const lines = await workLines(context, all)
  if (input.isHandedOut) {
    await mustNotBeProtected(context, all)
    await inTransaction(context.store, async (queries) => {
      const now = await mustFindRemediations(queries, input.ids)
      for (const [campaign, ids] of byCampaign(now.filter(({ state }) => state === 'planned' || state === 'came-back'))) {
        const recorded = await recordEvent(context, queries, actor.email, {
          kind: 'remediations-requested', body: { campaign, remediations: [...ids], means: 'list', ticket: null, rule: null, certificateFingerprint: null },
        })
        await writeStep(queries, recorded, actor.email, ids, { kind: 'requested', detail: 'On a list handed out.' }, {
          state: 'requested', means: 'list', requested_by: actor.email, requested_at: recorded.ts, still_there_snapshot: null, is_alarm: 0,
        })
      }
    })
  }
  return { csv: worklistCsv(lines), lines: [...lines] }
}
