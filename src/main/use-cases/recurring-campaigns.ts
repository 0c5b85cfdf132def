import type { CampaignSpec } from '../../shared/model/campaign.ts'
import type { RecurrenceRule } from '../../shared/model/calendar.ts'
import { nextAfter } from '../core/campaign/recurrence.ts'
import { addDays, addWorkingDays } from '../core/campaign/working-days.ts'
import { inTransaction } from '../storage/database.ts'
import { holidayDays } from '../storage/delegations.ts'
import { insertRecurrence, moveRecurrence, recurrences, restartRecurrence, stopRecurrence, type StoredRecurrence } from '../storage/recurrences.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { checkedSpec, insertDraft } from './create-campaign.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { system } from './hand-over.ts'
import { recordEvent } from './record-event.ts'

/** Has a campaign come again by the calendar: each time a draft is made, judged as of that day, for an officer to launch. */
export async function setRecurrence(
  context: Context, actor: Actor, input: { readonly spec: CampaignSpec; readonly rule: RecurrenceRule },
): Promise<StoredRecurrence> {
  mustBeOfficer(actor)
  const { rule } = input
  const { spec, text, specHash } = checkedSpec(context, { spec: dated(input.spec, rule.firstOn, addDays(rule.firstOn, rule.dueDays)), asOf: rule.firstOn })
  return inTransaction(context.store, async (queries) => {
    const yesterday = addDays(context.clock.now().slice(0, 10), -1)
    const next = nextAfter(rule, 0, yesterday, await holidayDays(queries))
    const id = await insertRecurrence(queries, { spec: text, rule, made: next.n, nextOn: next.on, createdBy: actor.email })
    await recordEvent(context, queries, actor.email, {
      kind: 'recurrence-set', body: { recurrence: id, name: spec.name, everyMonths: rule.everyMonths, nextOn: next.on, specHash },
    })
    return { id, spec, rule, made: next.n, nextOn: next.on, isActive: true, createdBy: actor.email, lastCampaign: null }
  })
}

/** No more drafts from now on; those made stay. */
export async function endRecurrence(context: Context, actor: Actor, id: number): Promise<void> {
  mustBeOfficer(actor)
  await inTransaction(context.store, async (queries) => {
    const one = (await recurrences(queries)).find((known) => known.id === id)
    if (one === undefined || !(await stopRecurrence(queries, id))) throw new Refusal('not-found', `There is no recurring campaign ${id}.`)
    await recordEvent(context, queries, actor.email, {
      kind: 'recurrence-set',
      body: { recurrence: id, name: one.spec.name, everyMonths: null, nextOn: one.nextOn, specHash: checkedSpec(context, { spec: one.spec, asOf: one.rule.firstOn }).specHash },
    })
  })
}

/** Drafts again, from the first day that is still to come: what was missed while it was paused is not made up for. */
export async function resumeRecurrence(context: Context, actor: Actor, id: number): Promise<StoredRecurrence> {
  mustBeOfficer(actor)
  return inTransaction(context.store, async (queries) => {
    const one = (await recurrences(queries)).find((known) => known.id === id)
    if (one === undefined) throw new Refusal('not-found', `There is no recurring campaign ${id}.`)
    const next = nextAfter(one.rule, one.made, addDays(context.clock.now().slice(0, 10), -1), await holidayDays(queries))
    if (!(await restartRecurrence(queries, id, { made: next.n, nextOn: next.on }))) throw new Refusal('conflict', `${one.spec.name} comes again already, on ${one.nextOn}.`)
    await recordEvent(context, queries, actor.email, {
      kind: 'recurrence-set',
      body: { recurrence: id, name: one.spec.name, everyMonths: one.rule.everyMonths, nextOn: next.on, specHash: checkedSpec(context, { spec: one.spec, asOf: one.rule.firstOn }).specHash },
    })
    return { ...one, made: next.n, nextOn: next.on, isActive: true }
  })
}

/** Makes the drafts whose day has come, one each however many times were slept through. Returns their numbers. */
export async function makeDueDrafts(context: Context): Promise<number[]> {
  const today = context.clock.now().slice(0, 10)
  return inTransaction(context.store, async (queries) => {
    const holidays = await holidayDays(queries)
    const made: number[] = []
    for (const one of await recurrences(queries)) {
      if (!one.isActive || one.nextOn > today) continue
      const spec = dated(one.spec, today, addWorkingDays(today, one.rule.dueDays, holidays))
      const draft = await insertDraft(context, queries, { spec: { ...spec, name: `${spec.name.slice(0, 180)} (${one.nextOn})` }, asOf: today }, { createdBy: one.createdBy, recordedBy: system.email })
      const next = nextAfter(one.rule, one.made, today, holidays)
      await moveRecurrence(queries, one.id, { made: next.n, nextOn: next.on, lastCampaign: draft.id })
      made.push(draft.id)
    }
    return made
  })
}

function dated(spec: CampaignSpec, asOf: string, dueOn: string): CampaignSpec {
  return { ...spec, rules: { ...spec.rules, dueOn: dueOn > asOf ? dueOn : addDays(asOf, 1) } }
}
