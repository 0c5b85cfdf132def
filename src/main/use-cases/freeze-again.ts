import type { ReviewerBasis } from '../../shared/model/campaign.ts'
import type { EventBodyOf } from '../../shared/model/evidence.ts'
import { action } from '../../shared/model/recommendation.ts'
import type { Candidate } from '../core/campaign/assign-reviewers.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import type { Queries } from '../storage/database.ts'
import { addPerson, type Person } from '../storage/people.ts'
import { insertItems, itemsByIds, nextItemId, type NewItem } from '../storage/review-items.ts'
import type { Context } from './context.ts'
import { recordEvents } from './record-event.ts'
import { shownHash } from './shown-hash.ts'

const itemsPerEvent = 500

export interface AskedAgain {
  /** The first item of the grant, whose frozen evidence is shown again. */
  readonly caseItem: number
  readonly reviewer: Candidate
  readonly basis: ReviewerBasis
}

/** The same frozen evidence before other people: a copy of each case's first item, with a place, a stage and a reviewer of its own. Returns how many. */
export async function freezeAgain(
  context: Context, queries: Queries, by: string, at: { readonly campaign: number; readonly stage: number }, planned: readonly AskedAgain[],
): Promise<number> {
  const firstId = await nextItemId(queries)
  const people = new Map<string, Person>()
  for (const { reviewer } of planned) {
    const email = foldEmail(reviewer.email)
    if (!people.has(email)) people.set(email, await addPerson(queries, { ...reviewer, email, roles: ['reviewer'] }))
  }
  for (let from = 0; from < planned.length; from += itemsPerEvent) {
    const batch = planned.slice(from, from + itemsPerEvent)
    const rows: NewItem[] = []
    const frozen: EventBodyOf<'items-frozen'>['items'] = []
    const originals = new Map((await itemsByIds(queries, batch.map(({ caseItem }) => caseItem))).map((row) => [row.id, row]))
    for (const [index, { caseItem, reviewer, basis }] of batch.entries()) {
      const original = originals.get(caseItem)
      const person = people.get(foldEmail(reviewer.email))
      if (original === undefined || person === undefined) throw new Error(`case ${caseItem} has no first item or no reviewer`)
      // Ids are larger than every place in the queue so far, and follow the order of risk the first stage had.
      const id = firstId + from + index
      // What comes before somebody again needs a decision of its own.
      const row = { ...original, id, n: id, stage: at.stage, case_item: caseItem, reviewer_id: person.id, basis, ease: null, ease_reason: null }
      rows.push(row)
      frozen.push({
        item: id, packet: row.packet_hash, reviewer: person.email, basis, subject: row.subject_email, advice: action.parse(row.advice),
        shown: shownHash(context, row), of: caseItem,
      })
    }
    const [recorded] = await recordEvents(context, queries, by, [{ kind: 'items-frozen', body: { campaign: at.campaign, stage: at.stage, items: frozen } }])
    await insertItems(queries, rows, recorded?.seq ?? 0)
  }
  return planned.length
}
