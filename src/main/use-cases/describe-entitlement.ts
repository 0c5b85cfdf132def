import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { inTransaction } from '../storage/database.ts'
import { entitlementDetail, saveDescription, type EntitlementFacts } from '../storage/entitlement-detail.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** The officer's plain words for an entitlement whose source has none. Reviewers of later campaigns read them; null takes them back. */
export async function describeEntitlement(
  context: Context, actor: Actor, input: { readonly entitlementId: number; readonly description: string | null },
): Promise<EntitlementFacts> {
  mustBeOfficer(actor)
  return inTransaction(context.store, async (queries) => {
    const found = await entitlementDetail(queries, input.entitlementId)
    if (found === undefined) throw new Refusal('not-found', `There is no entitlement ${input.entitlementId}.`)
    const { entitlement, source, described } = found
    if (described === null && (entitlement.description ?? '') !== '') {
      throw new Refusal('conflict', `“${source}” describes “${entitlement.name}” itself. Nothing was changed; correct it there.`)
    }
    const words = input.description === null ? null : { description: input.description, by: actor.email, at: context.clock.now() }
    await saveDescription(queries, { source, nativeId: entitlement.nativeId }, entitlement.id, words)
    await recordEvent(context, queries, actor.email, {
      kind: 'entitlement-described',
      body: {
        source, entitlement: entitlement.nativeId,
        descriptionHash: words === null ? null : toHex(context.hash(utf8Bytes(words.description))),
      },
    })
    const changed = await entitlementDetail(queries, entitlement.id)
    if (changed === undefined) throw new Error('the entitlement vanished while it was described')
    return changed
  })
}
