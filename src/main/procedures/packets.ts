import { addressees, packetsOf } from '../storage/packets.ts'
import { itemById } from '../storage/review-items.ts'
import { mustBeOfficer } from '../use-cases/find-campaign.ts'
import { acceptKey, lookAtKey } from '../use-cases/packets/accept-key.ts'
import { importResponse } from '../use-cases/packets/import-response.ts'
import { packetStanding } from '../use-cases/packets/packet-standing.ts'
import { respond } from '../use-cases/packets/respond.ts'
import { toldPassphrases } from '../use-cases/packets/told-passphrases.ts'
import { writePackets } from '../use-cases/packets/write-packets.ts'
import { answersOf, insiderAnswersOf, keepWork, ofCampaign, type Engine } from './implementer.ts'

export function packetProcedures(engine: Engine) {
  const { context } = engine
  const { packets } = answersOf(engine)
  const { packets: insiders } = insiderAnswersOf(engine)
  return {
    write: insiders.write.handler(async ({ input, context: { actor }, signal }) => {
      mustBeOfficer(actor)
      return keepWork(
        engine, { actor, signal }, await ofCampaign(context, 'packets', input.campaign), (client, stop) => client.packets.write(input, { signal: stop }),
        (watch) => writePackets(context, actor, input, watch),
      )
    }),
    passphrases: insiders.passphrases.handler(({ input, context: { actor } }) => toldPassphrases(context, actor, input)),
    addressees: insiders.addressees.handler(async ({ input }) => (await addressees(context.store.db, input.campaign)).map(({ hasKey, ...one }) => ({ ...one, hasKey: hasKey === 1 }))),
    list: insiders.list.handler(async ({ input }) => [...(await packetsOf(context.store.db, input.campaign))]),
    respond: packets.respond.handler(({ input, context: { actor } }) => respond(context, actor, input)),
    own: packets.own.handler(({ context: { actor } }) => packetStanding(context, actor)),
    import: insiders.import.handler(async ({ input, context: { actor } }) => {
      const done = await importResponse(context, actor, input)
      const conflicts = await Promise.all(done.conflicts.map(async (conflict) => {
        const item = await itemById(context.store.db, conflict.itemId)
        return { ...conflict, subject: item?.subject_name ?? '', entitlement: item?.entitlement_name ?? '' }
      }))
      return { ...done, conflicts }
    }),
    lookAtKey: insiders.lookAtKey.handler(({ input, context: { actor } }) => lookAtKey(context, actor, input)),
    acceptKey: insiders.acceptKey.handler(({ input, context: { actor } }) => acceptKey(context, actor, input)),
  }
}
