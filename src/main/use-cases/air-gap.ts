import type { AirGap, Connections } from '../../shared/model/air-gap.ts'
import { callsSince, loadAirGap, saveAirGap } from '../storage/air-gap.ts'
import { inTransaction, type Store } from '../storage/database.ts'
import { eventsOfKinds } from '../storage/evidence-log.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { modelSettings } from './model-settings.ts'
import { recordEvent } from './record-event.ts'

export const showAirGap = ({ store }: Context): Promise<AirGap> => loadAirGap(store.db)

/** Closes every way out of this machine, or opens those that are set up again. What was set up stays as it is. */
export async function setAirGap(context: Context, actor: Actor, isOn: boolean): Promise<AirGap> {
  mustBeOfficer(actor)
  return inTransaction(context.store, async (queries) => {
    const before = await loadAirGap(queries)
    if (before.isOn === isOn) return before
    const { ts } = await recordEvent(context, queries, actor.email, { kind: 'air-gap-set', body: { isOn } })
    const now: AirGap = { isOn, since: ts, by: actor.email }
    await saveAirGap(queries, now)
    return now
  })
}

/** To be asked right before anything goes out; nothing else decides. */
export async function mustBeOpen({ db }: Store): Promise<void> {
  if ((await loadAirGap(db)).isOn) {
    throw new Refusal('not-allowed', 'This workspace is air-gapped: no connection was opened. An officer can end that under Settings, Protection, or with "muster workspace air-gap off".')
  }
}

/** What a report says of connections: how far the campaign ran behind an air gap, and what went out since its launch. */
export async function connectionsSince(context: Context, launchedAt: string): Promise<Connections> {
  const { db } = context.store
  const changes = await eventsOfKinds(db, ['air-gap-set'])
  const wasOn = changes.findLast(({ ts }) => ts <= launchedAt)
  const states = [wasOn, ...changes.filter(({ ts }) => ts > launchedAt)].map((event) => event?.kind === 'air-gap-set' && event.body.isOn)
  const setting = await loadAirGap(db)
  const { host } = await modelSettings(db)
  const model = context.languageModel.models.hostOf(host)
  const calls = (await callsSince(db, { launchedAt })).flatMap((one) => {
    if (one.way !== 'model') return [one]
    return model === null || model.isLoopback ? [] : [{ ...one, to: model.host }]
  })
  return { airGapped: states.every((isOn) => isOn) ? 'throughout' : states.some((isOn) => isOn) ? 'partly' : 'never', since: setting.isOn ? setting.since : null, calls }
}
