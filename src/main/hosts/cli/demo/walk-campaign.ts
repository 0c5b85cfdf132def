import type { CampaignProgress, CampaignSpec } from '../../../../shared/model/campaign.ts'
import type { EngineClient } from '../../engine-types.ts'
import { CommandRefusal, failureOf } from '../failure.ts'
import { follow, progressLine } from '../progress.ts'
import type { Invocation } from '../cli.ts'
import type { Session } from '../session.ts'
import { simulatedDecision } from './simulated-reviewer.ts'

/** For show only, and said so wherever it is used. */
export const demoPassphrase = 'muster demo'

export interface Launched {
  readonly campaign: number
  readonly items: number
  readonly reviewers: readonly string[]
}

export const launchCampaign = async (invocation: Invocation, client: EngineClient, spec: CampaignSpec, asOf: string): Promise<Launched> => {
  const { signal } = invocation.terminal
  const { id } = await client.campaigns.create({ spec, asOf }, { signal })
  const { obstacles } = await client.campaigns.preview({ campaign: id }, { signal })
  if (obstacles.length > 0) throw new CommandRefusal(`"${spec.name}" cannot be launched: ${obstacles.join(' ')}`, 'sample')
  const launched = await follow(invocation.terminal, `Launching "${spec.name}"`, await client.campaigns.launch({ campaign: id }, { signal }))
  const { reviewers } = await client.campaigns.status({ campaign: id }, { signal })
  return { campaign: id, items: launched.totals.inReview, reviewers: reviewers.map((reviewer) => reviewer.person) }
}

/** Making a key is slow on purpose (the passphrase is stretched); two at a time use both of a small machine's cores. */
const enrolledAtOnce = 2

/** Makes a key for everybody who has none yet; all with the demo's passphrase. */
export const enrolReviewers = async (invocation: Invocation, client: EngineClient, reviewers: readonly string[]): Promise<number> => {
  const people = new Map((await client.workspace.people()).map((person) => [person.email, person]))
  const missing = reviewers.filter((email) => people.get(email)?.isEnrolled !== true)
  const line = progressLine(invocation.terminal)
  const waiting = missing.values()
  let made = 0
  const enrolSome = async (): Promise<void> => {
    for (const email of waiting) {
      const known = people.get(email)
      await client.workspace.enrol(
        { email, name: known?.name ?? email, roles: known?.roles ?? ['reviewer'], passphrase: demoPassphrase, officerPassphrase: demoPassphrase },
        { signal: invocation.terminal.signal },
      )
      made += 1
      line.show(`Making signing keys: ${made} of ${missing.length}`)
    }
  }
  await Promise.all(Array.from({ length: enrolledAtOnce }, enrolSome))
  line.clear()
  return made
}

/** One manager walks their queue and signs off. `leaves` items at its end stay undecided. */
const walkQueue = async (client: EngineClient, campaign: number, seed: number, leaves: number, signal: AbortSignal): Promise<void> => {
  const { items } = await client.review.queue({ campaign }, { signal })
  for (const { itemId } of items.slice(0, Math.max(1, items.length - leaves))) {
    signal.throwIfAborted()
    const choice = simulatedDecision(await client.review.item({ itemId }, { signal }), seed)
    try {
      await client.review.decide(choice, { signal })
    } catch (error) {
      // On an item whose advice was hidden the engine may ask for a reason that could not be foreseen; looking closer never needs one.
      if (failureOf(error).code !== 'invalid') throw error
      await client.review.decide({ ...choice, outcome: 'look-closer', until: null, reasonCode: 'ask-owner' }, { signal })
    }
  }
  await client.review.signOff({ campaign, passphrase: demoPassphrase }, { signal })
}

/** Everybody decides and signs, except that one busy manager leaves the last item open: the report has to say so. */
export const walkQueues = async (invocation: Invocation, session: Session, launched: Launched, seed: number): Promise<CampaignProgress> => {
  const { terminal } = invocation
  const line = progressLine(terminal)
  const busiest = await busiestReviewer(session.client, launched.campaign)
  for (const [at, email] of launched.reviewers.entries()) {
    line.show(`Managers deciding: ${at + 1} of ${launched.reviewers.length}`)
    const actor = await session.app.actor(email)
    if (actor === undefined) throw new CommandRefusal(`The reviewer ${email} cannot act.`, 'sample')
    await walkQueue(session.clientOf(actor), launched.campaign, seed, email === busiest ? 1 : 0, terminal.signal)
  }
  line.clear()
  return (await session.client.campaigns.status({ campaign: launched.campaign })).progress
}

/** Whose queue is longest: by number of items, then by address, so that it is the same person every time. */
export const busiestReviewer = async (client: EngineClient, campaign: number): Promise<string | null> => {
  const { reviewers } = await client.campaigns.status({ campaign })
  return reviewers.toSorted((a, b) => b.items - a.items || a.person.localeCompare(b.person))[0]?.person ?? null
}

/** Somebody enrolled whose queue can be walked in one sitting: closest to 25 items, the officer last. */
export const reviewerToTry = async (client: EngineClient, campaign: number, officer: string): Promise<string> => {
  const { reviewers } = await client.campaigns.status({ campaign })
  const candidates = reviewers.filter((reviewer) => reviewer.isEnrolled && reviewer.items > 0 && reviewer.person !== officer)
  const distance = (items: number): number => Math.abs(items - 25)
  return candidates.toSorted((a, b) => distance(a.items) - distance(b.items) || a.person.localeCompare(b.person))[0]?.person ?? officer
}
