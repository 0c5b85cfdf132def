import type { z } from 'zod'
import type { tickDone } from '../../shared/contract/calendar.ts'
import type { DailyStep, DailyWork } from '../../shared/model/calendar.ts'
import { mailFaultSentence } from '../../shared/model/mail.ts'
import { lastDayOf } from '../core/campaign/escalation.ts'
import { loadAirGap } from '../storage/air-gap.ts'
import { insertDailyWork, lastDailyWork } from '../storage/daily-work.ts'
import { inTransaction } from '../storage/database.ts'
import { holidayDays } from '../storage/delegations.ts'
import { loadMailSettings } from '../storage/mail-settings.ts'
import { loadRemediationSettings } from '../storage/remediation-settings.ts'
import { remediationFigures } from '../storage/remediations.ts'
import { applyDelegations, endOldDelegations } from './apply-delegations.ts'
import { applyAutomatic } from './apply-remediation.ts'
import { climbLadder } from './climb-ladder.ts'
import { closeStage } from './close-stage.ts'
import type { Context } from './context.ts'
import { runningCampaigns } from './delegate.ts'
import { system } from './hand-over.ts'
import { openMicroReviews } from './micro-reviews.ts'
import { noteLaterUse } from './note-later-use.ts'
import { planRemediation } from './plan-remediation.ts'
import { pollTickets } from './poll-tickets.ts'
import { recordEvent } from './record-event.ts'
import { makeDueDrafts } from './recurring-campaigns.ts'
import { sendLetters, type LettersSent } from './send-letters.ts'
import { noteDeparted, rerouteLeavers } from './reroute-leavers.ts'

/** What a round of the daily work brought about, counted; all zero when the day's work was done already. */
export type TickDone = z.infer<typeof tickDone>

/**
 * Does what today asks for: people who left or are away are stood in for, ladders are climbed, stages whose time is over open the next one,
 * recurring and small campaigns are made; signed revokes and passed keep-until days become removals, named low-risk rules carry theirs out,
 * tickets are asked about, and use after a decision is told. Any number of times a day; each thing happens once. Never makes, changes or
 * takes back a decision. Each step is by itself: one that fails is named in the answer and in the log, and the others go on.
 */
export async function campaignTick(context: Context, signal: AbortSignal = new AbortController().signal): Promise<TickDone> {
  const day = context.clock.now().slice(0, 10)
  const failed: DailyWork['failed'] = []
  const { isOn: isAirGapped } = await loadAirGap(context.store.db)
  const step = async <T>(name: DailyStep, otherwise: T, work: () => Promise<T>): Promise<T> => {
    if (signal.aborted || (isAirGapped && goOut.has(name))) return otherwise
    try {
      return await work()
    } catch (error) {
      if (signal.aborted) return otherwise
      failed.push({ step: name, reason: saidOf(error) })
      return otherwise
    }
  }
  const people = await step('people', { rerouted: 0, noted: 0, stuck: 0, delegationsEnded: 0 }, () => standInForLeavers(context))
  const steps = await step('ladders', [], () => climbLadders(context))
  const { stagesOpened, overdue } = await step('stages', { stagesOpened: [], overdue: [] }, () => endStages(context, day))
  const delegated = await step('stand-ins', 0, () => inTransaction(context.store, async (queries) => applyDelegations(context, queries, await runningCampaigns(queries))))
  const drafts = await step('drafts', [], () => makeDueDrafts(context))
  const microReviews = await step('micro-reviews', [], () => openMicroReviews(context))
  const removals = await step('plan-removals', { planned: 0, alreadyGone: 0 }, () => planRemediation(context, system, { campaign: null }, day))
  const automatic = await step('automatic-removals', { removed: 0, notRemoved: 0 }, () => carryOutRules(context, signal))
  const tickets = await step('tickets', { asked: 0, done: 0, dropped: 0, missing: 0, faults: [] }, () => pollTickets(context, system, signal))
  for (const reason of tickets.faults) failed.push({ step: 'tickets', reason })
  const usedAfter = await step('later-use', 0, () => noteLaterUse(context, system))
  const letters = await step('letters', noLetters, () => sendDueLetters(context, signal))
  if (letters.fault !== null) failed.push({ step: 'letters', reason: `${mailFaultSentence[letters.fault.fault]} ${letters.fault.answer}`.trim() })
  const { alarms } = await remediationFigures(context.store.db, day)
  const { faults: _, ...asked } = tickets
  const done: TickDone = {
    day, ...people, steps, stagesOpened, overdue, delegated, drafts, microReviews, removals, automatic, tickets: asked, usedAfter, alarms, failed,
    letters: { sent: letters.sent, refused: letters.refused, unknown: letters.unknown },
  }
  await tellWork(context, done)
  return done
}

/** What would open a connection; left alone while the workspace is air-gapped. */
const goOut: ReadonlySet<DailyStep> = new Set(['automatic-removals', 'tickets', 'letters'])

/** Errors whose message is a sentence for people, without anything in it that is nobody's business. */
const foreseen: ReadonlySet<string> = new Set(['Refusal', 'SecretsError', 'LiveSourceError', 'StoreError'])

function saidOf(error: unknown): string {
  if (error instanceof Error && foreseen.has(error.name)) return error.message
  process.emitWarning(error instanceof Error ? error : String(error))
  return 'Something went wrong that nobody foresaw; it is tried again in the next round.'
}

/** Writes down what was done, and a failure once a day until it is another one. */
async function tellWork(context: Context, done: TickDone): Promise<void> {
  const counts: readonly (readonly [DailyStep, number])[] = [
    ['people', done.rerouted + done.noted + done.stuck + done.delegationsEnded], ['ladders', done.steps.length], ['stages', done.stagesOpened.length], ['stand-ins', done.delegated],
    ['drafts', done.drafts.length], ['micro-reviews', done.microReviews.length], ['plan-removals', done.removals.planned], ['automatic-removals', done.automatic.removed],
    ['tickets', done.tickets.done + done.tickets.dropped + done.tickets.missing], ['later-use', done.usedAfter], ['letters', done.letters.sent],
  ]
  const did = counts.flatMap(([step, count]) => (count > 0 ? [{ step, count }] : []))
  await inTransaction(context.store, async (queries) => {
    const told = new Set((await lastDailyWork(queries, 100)).filter(({ day }) => day === done.day).flatMap(({ failed }) => failed.map(textOf)))
    const isNews = done.failed.some((one) => !told.has(textOf(one)))
    if (did.length === 0 && !isNews) return
    const work: DailyWork = { day: done.day, did, failed: done.failed }
    await insertDailyWork(queries, work, await recordEvent(context, queries, system.email, { kind: 'daily-work-done', body: work }))
  })
}

const textOf = ({ step, reason }: DailyWork['failed'][number]): string => `${step} ${reason}`

async function standInForLeavers(context: Context): Promise<Pick<TickDone, 'rerouted' | 'noted' | 'stuck' | 'delegationsEnded'>> {
  return inTransaction(context.store, async (queries) => {
    const campaigns = await runningCampaigns(queries)
    const delegationsEnded = await endOldDelegations(context, queries, campaigns)
    let [rerouted, noted, stuck] = [0, 0, 0]
    for (const campaign of campaigns) {
      noted += await noteDeparted(context, queries, campaign)
      const went = await rerouteLeavers(context, queries, campaign)
      rerouted += went.moved
      stuck += went.stuck
    }
    return { rerouted, noted, stuck, delegationsEnded }
  })
}

async function climbLadders(context: Context): Promise<TickDone['steps']> {
  return inTransaction(context.store, async (queries) => {
    const taken: TickDone['steps'] = []
    for (const campaign of await runningCampaigns(queries)) {
      taken.push(...(await climbLadder(context, queries, campaign)).map((one) => ({ campaign: campaign.id, ...one })))
    }
    return taken
  })
}

async function endStages(context: Context, day: string): Promise<Pick<TickDone, 'stagesOpened' | 'overdue'>> {
  const stagesOpened: number[] = []
  const overdue: number[] = []
  const holidays = await holidayDays(context.store.db)
  for (const { id, spec, stage, dueOn } of await runningCampaigns(context.store.db)) {
    if (day <= lastDayOf(spec.escalation, dueOn, holidays)) continue
    if (spec.stages.length < stage) overdue.push(id)
    else {
      await closeStage(context, system, id)
      stagesOpened.push(id)
    }
  }
  return { stagesOpened, overdue }
}

const noLetters: LettersSent = { sent: 0, refused: 0, unknown: 0, dropped: 0, left: 0, fault: null }

/** What the rules ask for only where the officer lets Muster send by itself; letters they asked for themself until they are settled. Nothing where mail is off. */
async function sendDueLetters(context: Context, signal: AbortSignal): Promise<LettersSent> {
  const settings = await loadMailSettings(context.store.db)
  if (settings === null) return noLetters
  return sendLetters(context, { isRulesToo: settings.remindsBySelf }, { signal, onProgress: () => undefined })
}

/** Nothing where the workspace does not act by itself. */
async function carryOutRules(context: Context, signal: AbortSignal): Promise<TickDone['automatic']> {
  if ((await loadRemediationSettings(context.store.db)).mode !== 'automatic') return { removed: 0, notRemoved: 0 }
  const outcomes = await applyAutomatic(context, system, { signal, onProgress: () => undefined })
  const removed = outcomes.filter(({ outcome }) => outcome === 'removed' || outcome === 'already-gone').length
  return { removed, notRemoved: outcomes.length - removed }
}
