import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepare, weighGrant } from '../../../src/main/core/signals/weigh.ts'
import { snapshotsAsOf } from '../../../src/main/storage/campaign-population.ts'
import { openStore } from '../../../src/main/storage/database.ts'
import { loadPopulation } from '../../../src/main/storage/population.ts'
import { signalWeights } from '../../../src/shared/model/recommendation.ts'
import { asOf } from '../data/files.ts'
import { textOf, type Step } from '../result.ts'
import { stopwatch } from '../timing.ts'

const weightsFile = new URL('../../../resources/signal-weights.json', import.meta.url)

/** Input: `workspace`. Weighs every open grant; the bare pass reads the same rows and does nothing with them. */
export const score: Step = async (input) => {
  const store = await openStore(join(textOf(input, 'workspace'), 'muster.db'), { mustExist: true })
  try {
    const weights = signalWeights.parse(JSON.parse(readFileSync(weightsFile, 'utf8')))
    const times = [performance.now()]
    const stop = stopwatch()
    const snapshots = (await snapshotsAsOf(store.db, asOf)).map(({ id }) => id)
    const population = await loadPopulation(store, { snapshots, asOf })
    times.push(performance.now())
    const prepared = prepare(population, weights)
    times.push(performance.now())
    const actions = { keep: 0, revoke: 0, 'look-closer': 0 }
    let signals = 0
    for (let grant = 0; grant < population.grants.count; grant++) {
      const { packet, recommendation } = weighGrant(prepared, grant)
      actions[recommendation.action]++
      signals += packet.signals.length
    }
    times.push(performance.now())
    const { cpuSeconds } = stop()
    const peakMb = process.resourceUsage().maxRSS / 1024
    const bareStart = performance.now()
    let sum = 0
    const rows = store.sqlite.prepare<[], { account: number; entitlement: number }>(
      `SELECT account_id AS account, entitlement_id AS entitlement, path, granted_at, expires_at, last_used
       FROM access_grant WHERE to_snapshot IS NULL ORDER BY id`,
    )
    for (const { account, entitlement } of rows.iterate()) sum += account ^ entitlement
    const bareSeconds = (performance.now() - bareStart) / 1000
    const [start = 0, loaded = 0, ready = 0, end = 0] = times
    return {
      figures: {
        seconds: (end - start) / 1000, cpuSeconds, load: (loaded - start) / 1000, prepare: (ready - loaded) / 1000, weigh: (end - ready) / 1000, bareSeconds,
        peakMb, grants: population.grants.count, signals: signals / Math.max(1, population.grants.count), checksum: sum,
      },
      notes: [`keep ${actions.keep}, revoke ${actions.revoke}, look closer ${actions['look-closer']}`],
    }
  } finally {
    await store.close()
  }
}
