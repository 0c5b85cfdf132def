import type { MicroRule, MicroRuleKind } from '../../shared/model/calendar.ts'
import { campaignSpec, type CampaignSpec } from '../../shared/model/campaign.ts'
import { addDays, addWorkingDays, type DaysOff } from '../core/campaign/working-days.ts'
import { snapshotsAsOf } from '../storage/campaign-population.ts'
import { inTransaction } from '../storage/database.ts'
import { holidayDays } from '../storage/delegations.ts'
import {
  addressesOf, cameBackSeen, contractEndsSeen, dueCases, keepSeen, microDrafts, microRules, moversSeen, privilegedSeen, putMicroRule, ruleChecked, settleCases, type MicroCase, type Seen,
  type StoredMicroRule,
} from '../storage/micro-reviews.ts'
import { allSodRules } from '../storage/sod-rules.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { insertDraft } from './create-campaign.ts'
import { currentConflicts } from './find-conflicts.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { system } from './hand-over.ts'
import { launchCampaign } from './launch-campaign.ts'
import { planCampaign, weighedFacts } from './plan-campaign.ts'
import { recordEvent } from './record-event.ts'

/** Rules that tell of something new: what was there before they were switched on opens nothing. */
const tellsNews: readonly MicroRuleKind[] = ['mover', 'privileged-grant', 'conflict']

/** Switches a rule for small campaigns between the others on or off, or changes it. */
export async function setMicroRule(context: Context, actor: Actor, rule: MicroRule): Promise<StoredMicroRule[]> {
  mustBeOfficer(actor)
  const today = context.clock.now().slice(0, 10)
  const before = (await microRules(context.store.db)).find(({ kind }) => kind === rule.kind)
  const isNew = rule.isActive && before?.isActive !== true
  const there = isNew && tellsNews.includes(rule.kind) ? await seenBy(context, rule, today) : []
  return inTransaction(context.store, async (queries) => {
    await keepSeen(queries, rule.kind, there.map((one) => ({ ...one, dueOn: today })), today, true)
    await putMicroRule(queries, rule, { setBy: actor.email, setOn: today })
    await recordEvent(context, queries, actor.email, {
      kind: 'micro-rule-set', body: { rule: rule.kind, days: rule.days, dueDays: rule.dueDays, isActive: rule.isActive },
    })
    return microRules(queries)
  })
}

/** Looks, once a day, for what the rules ask for, and opens a small campaign for each rule with something due. Returns their numbers. */
export async function openMicroReviews(context: Context): Promise<number[]> {
  const today = context.clock.now().slice(0, 10)
  const opened: number[] = []
  for (const rule of await microRules(context.store.db)) {
    if (!rule.isActive) continue
    // What came back is an alarm, and quickly found.
    if (rule.checkedOn !== today || rule.kind === 'came-back') {
      const seen = await seenBy(context, rule, today)
      await inTransaction(context.store, async (queries) => {
        // A mover gets a grace period; everything else is due at once.
        await keepSeen(queries, rule.kind, seen.map((one) => ({ ...one, dueOn: rule.kind === 'mover' ? addDays(one.on, rule.days) : today })), today, false)
        await ruleChecked(queries, rule.kind, today)
      })
    }
    const campaign = await draftFor(context, rule, today)
    if (campaign !== null) opened.push(campaign)
  }
  for (const campaign of await microDrafts(context.store.db)) await launchIfPossible(context, campaign)
  return opened
}

async function seenBy(context: Context, rule: Pick<MicroRule, 'kind' | 'days'>, today: string): Promise<readonly Seen[]> {
  const { db } = context.store
  switch (rule.kind) {
    case 'mover': return moversSeen(db)
    case 'privileged-grant': return privilegedSeen(db)
    case 'came-back': return cameBackSeen(db)
    case 'contractor-end': return contractEndsSeen(db, today, addDays(today, rule.days))
    case 'unused-privileged': {
      const facts = await weighedFacts(context, (await snapshotsAsOf(db, today)).map(({ id }) => id), today)
      return privilegedSeen(db, [...facts].filter(([, { unusedDays }]) => unusedDays !== null && unusedDays >= rule.days).map(([grant]) => grant))
    }
    case 'conflict': {
      const rules = await allSodRules(db)
      const open = (await currentConflicts(context.store, rules, today)).conflicts.filter(({ standing, subject }) => standing.state === 'open' && subject > 0)
      const addresses = await addressesOf(db, open.map(({ subject }) => subject))
      return open.flatMap(({ subject, hit }) => {
        const [person, broken] = [addresses.get(subject), rules[hit.rule]]
        return person === undefined || broken === undefined ? [] : [{ key: `${broken.id} ${subject}`, person, source: null, entitlement: null, why: broken.name, on: today }]
      })
    }
  }
}

async function draftFor(context: Context, rule: StoredMicroRule, today: string): Promise<number | null> {
  const due = await dueCases(context.store.db, rule.kind, today)
  if (due.length === 0) return null
  const spec = specFor(rule, due, today, await holidayDays(context.store.db))
  const plan = await planCampaign(context, { spec, asOf: today, createdBy: rule.setBy })
  const keys = due.map(({ key }) => key)
  return inTransaction(context.store, async (queries) => {
    if (plan.items.length === 0) {
      await settleCases(queries, rule.kind, keys, { state: 'nothing-left', campaign: null })
      return null
    }
    const { id } = await insertDraft(context, queries, { spec, asOf: today }, { createdBy: rule.setBy, recordedBy: system.email })
    await settleCases(queries, rule.kind, keys, { state: 'opened', campaign: id })
    await recordEvent(context, queries, system.email, {
      kind: 'micro-review-opened', body: { campaign: id, rule: rule.kind, seen: due.map(({ person, why }) => `${person}: ${why}`) },
    })
    return id
  })
}

const names: Readonly<Record<MicroRuleKind, string>> = {
  mover: 'People who changed jobs', 'privileged-grant': 'New privileged access', conflict: 'New conflicts', 'unused-privileged': 'Unused privileged access',
  'contractor-end': 'Contracts that end', 'came-back': 'Access that came back',
}

function specFor(rule: StoredMicroRule, due: readonly MicroCase[], today: string, holidays: DaysOff): CampaignSpec {
  return campaignSpec.parse({
    name: `${names[rule.kind]} (${today})`,
    scope: {
      anyOf: due.map(({ person, source, entitlement }) => ({
        people: [person], ...(source === null ? {} : { sources: [source] }), ...(entitlement === null ? {} : { entitlements: [entitlement] }),
        ...(rule.kind === 'conflict' ? { onlyConflicts: true } : {}),
      })),
    },
    reviewers: { order: ['manager', 'owner'], fallback: rule.setBy },
    rules: { dueOn: addWorkingDays(today, rule.dueDays, holidays) },
    control: {},
  })
}

/** A draft that cannot be launched stays one, for an officer to see why. */
async function launchIfPossible(context: Context, campaign: number): Promise<void> {
  try {
    await launchCampaign(context, system, campaign, { signal: new AbortController().signal, onProgress: () => undefined })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}
