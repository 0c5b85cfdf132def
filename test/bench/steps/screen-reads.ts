import { setTimeout as sleep } from 'node:timers/promises'
import { finish, openWorkspace } from '../../support/workspace-builder.ts'
import { asOf } from '../data/files.ts'
import { emailOf } from '../data/organisation.ts'
import { numberOf, textOf, type Measured, type Step } from '../result.ts'
import { percentiles } from '../timing.ts'

const idleRounds = 100
/** Not a read: it has to wait where the sync holds the store for writing. */
const decision = 'a decision'
/** A person clicks no faster; what is measured is the answer, not a queue of our own making. */
const pauseMs = 5

/**
 * Input: `workspace` with a running `campaign`, `file`. Asks what screens ask, in turn, first with nothing else going on, then for as long as
 * the file is synced in its worker thread, with decisions taken beside the reads. Figures per read: `p50`, `p99`, `max` and the same of the quiet time.
 */
export const screenReads: Step = async (input) => {
  const workspace = await openWorkspace(textOf(input, 'workspace'), { threads: true })
  try {
    const campaign = numberOf(input, 'campaign')
    const { officer } = workspace
    const reviewer = await workspace.as(emailOf(0))
    const { items } = await reviewer.review.queue({ campaign })
    let turn = 0
    const nextItem = (): number => items[turn++ % items.length]?.itemId ?? -1
    const person = async (): Promise<number> => (await officer.inventory.search({ text: 'Person 12', limit: 1 })).identities[0]?.id ?? -1
    const identityId = await person()
    const entitlementId = (await officer.inventory.search({ of: 'entitlements', limit: 1 })).entitlements[0]?.id ?? -1
    const reads: Readonly<Record<string, () => Promise<unknown>>> = {
      queue: () => reviewer.review.queue({ campaign }),
      item: () => reviewer.review.item({ itemId: nextItem() }),
      'search, one letter': () => officer.inventory.search({ text: 'p' }),
      'search, three letters': () => officer.inventory.search({ text: 'per' }),
      'search, one person': () => officer.inventory.search({ text: 'Person 1234' }),
      'search, nothing found': () => officer.inventory.search({ text: 'zqx' }),
      person: () => officer.inventory.person({ identityId }),
      entitlement: () => officer.inventory.entitlement({ entitlementId }),
      holders: () => officer.inventory.holders({ entitlementId, limit: 100 }),
      orphans: () => officer.inventory.orphans({ limit: 50 }),
      undescribed: () => officer.inventory.undescribed({ limit: 50 }),
      status: () => officer.workspace.status(),
      'campaign list': () => officer.campaigns.list(),
      'source list': () => officer.sources.list(),
    }
    const decide = async (durations: Map<string, number[]>): Promise<void> => {
      const start = performance.now()
      await reviewer.review.decide({ itemId: nextItem(), outcome: 'look-closer', reasonCode: 'ask-owner', openMs: 1_000 })
      durations.set(decision, [...(durations.get(decision) ?? []), performance.now() - start])
      await sleep(pauseMs * 10)
    }
    const round = async (durations: Map<string, number[]>): Promise<void> => {
      for (const [name, read] of Object.entries(reads)) {
        const start = performance.now()
        await read()
        const spent = performance.now() - start
        const known = durations.get(name)
        if (known === undefined) durations.set(name, [spent])
        else known.push(spent)
        await sleep(pauseMs)
      }
    }
    await round(new Map())
    const quiet = new Map<string, number[]>()
    for (let left = idleRounds; left > 0; left--) {
      await round(quiet)
      await decide(quiet)
    }

    const busy = new Map<string, number[]>()
    const start = performance.now()
    let isOver = false
    const syncing = officer.sources.sync({ source: 'Access', asOf, file: textOf(input, 'file') }).then(finish).finally(() => {
      isOver = true
    })
    syncing.catch(() => undefined)
    // Beside each other: reads must be answered also while a decision waits.
    const reading = async (): Promise<void> => {
      while (!isOver) await round(busy)
    }
    const deciding = async (): Promise<void> => {
      while (!isOver) await decide(busy)
    }
    await Promise.all([reading(), deciding()])
    const run = await syncing
    if (run.state !== 'complete') throw new Error(`the sync beside the reads did not end well: ${run.notes.join(' ')}`)
    return figuresOf((performance.now() - start) / 1000, run.rowsRead, items.length, quiet, busy)
  } finally {
    await workspace.close()
  }
}

function figuresOf(
  seconds: number, rows: number, queueLength: number, quiet: ReadonlyMap<string, readonly number[]>, busy: ReadonlyMap<string, readonly number[]>,
): Measured {
  const figures: Record<string, number> = { seconds, rows, queueLength }
  for (const [moment, durations] of [['quiet', quiet], ['busy', busy]] as const) {
    const reads = [...durations].filter(([name]) => name !== decision).flatMap(([, spent]) => spent)
    for (const [name, spent] of [...durations, ['reads', reads] as const]) {
      const { p50Ms, p99Ms, maxMs } = percentiles(spent)
      Object.assign(figures, { [`${moment} p50 ${name}`]: p50Ms, [`${moment} p99 ${name}`]: p99Ms, [`${moment} max ${name}`]: maxMs, [`${moment} n ${name}`]: spent.length })
    }
  }
  return { figures, notes: [...busy.keys(), 'reads'] }
}
