import type { Decision } from '../../shared/model/decision.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import type { CampaignReplay } from '../core/evidence/campaign-replay.ts'
import type { ItemStanding } from '../core/evidence/item-standing.ts'
import { allAssignments, type AssignmentRow } from '../storage/assignments.ts'
import { allCampaigns, type StoredCampaign } from '../storage/campaigns.ts'
import { allDecisions } from '../storage/decisions.ts'
import { itemPages, type ItemRow } from '../storage/review-items.ts'
import { replayCampaign } from './assemble-report.ts'
import type { Context } from './context.ts'
import { shownHash } from './shown-hash.ts'

/** Where the tables the screens read say something else than the log; each a sentence. */
export interface LogDifferences {
  readonly items: readonly string[]
  readonly decisions: readonly string[]
  /** What the log itself records although the rules do not allow it. */
  readonly contradictions: readonly string[]
}

/** Compares every launched campaign, its items and its decisions with what its first `size` events record. */
export async function compareCampaigns(context: Context, size: number): Promise<LogDifferences> {
  const { db } = context.store
  const items: string[] = []
  const decisions: string[] = []
  const contradictions: string[] = []
  for (const campaign of await allCampaigns(db)) {
    const replay = await replayOf(context, campaign, size)
    if (replay === undefined) {
      items.push(`The events of campaign ${campaign.id} cannot be read.`)
      continue
    }
    if (stateIn(replay) !== (campaign.state === 'sealed' ? 'closed' : campaign.state)) {
      items.push(`Campaign ${campaign.id} shows as ${campaign.state}, the log says ${stateIn(replay)}.`)
    }
    if (replay.launched !== null) contradictions.push(...replay.contradictions.map(({ seq, detail }) => `event ${seq}: ${detail}`))
    const missing = new Set(replay.items.keys())
    const assigned = new Map((await allAssignments(db, campaign.id)).map((row) => [row.itemId, row]))
    for await (const page of itemPages(db, campaign.id, 1_000)) {
      for (const row of page) {
        missing.delete(row.id)
        const difference = itemDifference(context, row, replay.items.get(row.id), assigned.get(row.id))
        if (difference !== null) items.push(`Item ${row.id} ${difference}.`)
      }
    }
    for (const item of missing) items.push(`Item ${item} is in the log and not in the database.`)
    const shown = new Map((await allDecisions(db, campaign.id)).map((decision) => [decision.itemId, decision]))
    for (const [item, standing] of replay.items) {
      const difference = decisionDifference(shown.get(item), standing)
      shown.delete(item)
      if (difference !== null) decisions.push(`Item ${item} ${difference}.`)
    }
    for (const item of shown.keys()) decisions.push(`Item ${item} shows a decision the log does not know.`)
  }
  return { items, decisions, contradictions }
}

/** Undefined where an event was changed into something that is none. */
async function replayOf(context: Context, campaign: StoredCampaign, size: number): Promise<CampaignReplay | undefined> {
  try {
    return await replayCampaign(context, campaign.id, size)
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && error.name === 'ZodError')) return undefined
    throw error
  }
}

function stateIn({ launched, closed }: CampaignReplay): 'draft' | 'running' | 'closed' {
  return launched === null ? 'draft' : closed === null ? 'running' : 'closed'
}

function itemDifference(context: Context, row: ItemRow, standing: ItemStanding | undefined, assigned: AssignmentRow | undefined): string | null {
  if (standing === undefined) return 'is in the database and not in the log'
  const packet = toHex(context.hash(utf8Bytes(row.packet)))
  if (row.packet_hash !== standing.packet || packet !== standing.packet) return 'shows other evidence than was frozen at launch'
  if (standing.shown !== undefined && shownHash(context, row) !== standing.shown) return 'shows other names or words than at launch'
  if (row.advice !== standing.advice) return `shows the advice ${row.advice}, the log says ${standing.advice}`
  if (assigned?.reviewer !== standing.reviewer) return `is shown to ${assigned?.reviewer ?? 'nobody'}, the log gave it to ${standing.reviewer}`
  if ((assigned.isSuperseded === 1) !== standing.isSuperseded) return 'is shown in another stage than the log says'
  if (row.subject_email !== standing.subject || assigned.basis !== standing.basis) return 'is about somebody else, or given on another basis, than the log says'
  return null
}

function decisionDifference(shown: Decision | undefined, { decision, signedOffSeq }: ItemStanding): string | null {
  const [shownOutcome, recorded] = [shown?.outcome ?? 'no decision', decision?.outcome ?? 'no decision']
  if (shownOutcome !== recorded) return `shows ${shownOutcome}, the log says ${recorded}`
  if (shown === undefined || decision === null) return null
  if (shown.eventSeq !== decision.seq) return `shows a decision of event ${shown.eventSeq}, the log says ${decision.seq}`
  if (shown.isSignedOff !== (signedOffSeq !== null)) return `shows as ${shown.isSignedOff ? '' : 'not '}signed off, the log says otherwise`
  const parts = ['until', 'reasonCode', 'reasonText', 'decidedBy', 'decidedAt', 'adviceVisible'] as const
  const other = parts.filter((part) => shown[part] !== decision[part])
  return other.length === 0 ? null : `shows another ${other.map((part) => words[part]).join(' and ')} than the log`
}

const words = {
  until: 'end date', reasonCode: 'reason', reasonText: 'reason in words', decidedBy: 'person deciding', decidedAt: 'time of decision',
  adviceVisible: 'account of whether the advice was visible',
} as const
