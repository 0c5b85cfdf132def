import { inTransaction } from '../storage/database.ts'
import { laterUses } from '../storage/later-use.ts'
import { byCampaign, mustFindRemediations, writeStep } from './act-on-remediation.ts'
import type { Actor, Context } from './context.ts'
import { recordEvent } from './record-event.ts'

/** Looks back once a revoke is decided: whose right was used after that. Told once each, while the right is still to go. */
export async function noteLaterUse(context: Context, actor: Actor): Promise<number> {
  return inTransaction(context.store, async (queries) => {
    const used = new Map((await laterUses(queries)).map(({ id, lastUsed }) => [id, lastUsed]))
    if (used.size === 0) return 0
    for (const [campaign, ids] of byCampaign(await mustFindRemediations(queries, [...used.keys()]))) {
      const recorded = await recordEvent(context, queries, actor.email, {
        kind: 'use-after-decision-seen', body: { campaign, seen: ids.map((id) => ({ remediation: id, lastUsed: used.get(id) ?? '' })) },
      })
      for (const id of ids) {
        const lastUsed = used.get(id) ?? ''
        await writeStep(queries, recorded, actor.email, [id], { kind: 'used-after', detail: `Used on ${lastUsed.slice(0, 10)}, after the decision.` }, { used_after: lastUsed })
      }
    }
    return used.size
  })
}
