import type { WordingRecord } from '../../shared/model/language-model.ts'
import { decisionOf } from '../storage/decisions.ts'
import { wordingsOf } from '../storage/language-model.ts'
import { itemById } from '../storage/review-items.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { itemOfReviewer } from './record-decision.ts'
import { toWording } from './shown-wording.ts'

/**
 * Every narrative a model was asked for on an item, with all that is needed to check it, the latest first. For the item's reviewer (not
 * while the advice is hidden: the raw answer holds a verdict), and for officers and auditors.
 */
export async function showWordings(context: Context, actor: Actor, itemId: number): Promise<WordingRecord[]> {
  const { db } = context.store
  const isInsider = actor.roles.some((role) => role === 'officer' || role === 'auditor')
  const item = isInsider ? await itemById(db, itemId) : (await itemOfReviewer(db, actor, itemId)).item
  if (item === undefined) throw new Refusal('not-found', `There is no review item ${itemId}.`)
  if (item.hide_advice === 1 && (await decisionOf(db, itemId)) === undefined && !isInsider) {
    throw new Refusal('conflict', 'What the model wrote names what it would do; it shows once you have chosen.')
  }
  return (await wordingsOf(db, itemId)).map((row) => ({
    ...toWording(row, false), packetHash: row.packet_hash, packetBytes: row.packet_bytes, engineVersion: row.engine_version, score: row.score,
    promptVersion: row.prompt_version, promptHash: row.prompt_hash, verifier: row.verifier, options: row.options, raw: [...row.raw],
    rawHash: row.raw_hash, findings: row.findings, rendered: row.rendered, renderedHash: row.rendered_hash,
  }))
}
