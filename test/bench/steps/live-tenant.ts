import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import tls from 'node:tls'
import { entraWith } from '../../../src/main/connectors/entra/entra.ts'
import type { LiveConnector } from '../../../src/main/connectors/live-connector.ts'
import { runCollections } from '../../../src/main/storage/run-collections.ts'
import type { Run } from '../../../src/shared/model/source.ts'
import { openLiveBench, type LiveBench } from '../../support/live-bench.ts'
import { numberOf, textOf, type Step } from '../result.ts'

interface Tenant {
  readonly origin: string
  readonly tenant: string
  readonly clientId: string
  readonly secret: string
}

/** What the clock says all through: the tenant's sign-ins lie before it. */
const now = '2026-11-20T08:00:00.000Z'

/** A fake Graph over HTTPS in a process of its own, so that its memory and time at work are not ours. */
async function startTenant(input: Readonly<Record<string, number>>, folder: string): Promise<{ readonly tenant: Tenant; readonly process: ChildProcess }> {
  const ca = join(folder, 'ca.pem')
  const sizes = Object.entries(input).flatMap(([name, value]) => [`--${name}`, String(value)])
  const child = fork(join(import.meta.dirname, '../../support/fake-graph/serve.ts'), [...sizes, '--now', now, '--ca', ca], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer]
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(ca, 'utf8')])
  return { tenant: JSON.parse(line.toString()) as Tenant, process: child }
}

interface Waiting {
  /** Milliseconds between asking for a page and having it, the source's answer and our parsing of it. */
  source: number
  /** Milliseconds the source's own limits would have made a real reading wait; here the clock jumps over them. */
  limits: number
}

function watched(connector: LiveConnector, waiting: Waiting): LiveConnector {
  return {
    ...connector,
    read: async function* (input) {
      const pages = connector.read(input)
      for (;;) {
        const asked = performance.now()
        const next = await pages.next()
        waiting.source += performance.now() - asked
        if (next.done === true) return next.value
        yield next.value
      }
    },
  }
}

/**
 * Input: `folder`, `users`, `groups`, `memberships`, `signIns`. A whole first sync of a fake tenant through connector, mirror, projection,
 * merge and snapshot; then one after 1 % of it changed. The source's limits on requests are honoured on a clock that jumps.
 */
export const liveTenant: Step = async (input) => {
  const folder = textOf(input, 'folder')
  const sizes = { users: numberOf(input, 'users'), groups: numberOf(input, 'groups'), memberships: numberOf(input, 'memberships'), apps: 200, 'sign-ins': numberOf(input, 'signIns') }
  const { tenant, process: server } = await startTenant(sizes, folder)
  const waiting: Waiting = { source: 0, limits: 0 }
  let skipped = 0
  const connector = entraWith({
    endpoints: () => ({ authority: tenant.origin, graph: tenant.origin }), clock: () => performance.now() + skipped, chance: () => 0.5,
    pause: async (ms, signal) => {
      signal.throwIfAborted()
      skipped += ms
      waiting.limits += ms
      await Promise.resolve()
    },
  })
  const bench = await openLiveBench(folder, watched(connector, waiting), {
    live: { from: 'entra', tenant: tenant.tenant, clientId: tenant.clientId, signIn: 'secret', cloud: 'global', readsUsage: true, isHr: false, holdBelowShare: 0.7 },
    secrets: { 'client-secret': tenant.secret }, now: () => now,
  })
  try {
    const full = await timed(bench, waiting)
    const told = once(server, 'message')
    server.send({ change: 0.01 })
    await told
    const again = await timed(bench, waiting)
    return {
      figures: {
        fullSeconds: full.seconds, fullSource: full.source, fullLimits: full.limits, grants: full.grants, records: full.records, pages: full.pages,
        againSeconds: again.seconds, againSource: again.source, againRecords: again.records,
      },
      notes: [...full.run.notes, ...again.run.notes],
    }
  } finally {
    await bench.close()
    server.disconnect()
  }
}

interface Timed { readonly run: Run; readonly seconds: number; readonly source: number; readonly limits: number; readonly grants: number; readonly records: number; readonly pages: number }

async function timed(bench: LiveBench, waiting: Waiting): Promise<Timed> {
  const before = { ...waiting }
  const start = performance.now()
  const run = await bench.sync()
  const seconds = (performance.now() - start) / 1000
  if (run.state !== 'complete') throw new Error(`the sync ended ${run.state}: ${run.notes.join(' ')}`)
  const collections = await runCollections(bench.context.store.db, run.id)
  const sum = (key: 'records' | 'pages'): number => collections.reduce((total, one) => total + one[key], 0)
  const { grants } = bench.context.store.sqlite.prepare('SELECT grants FROM snapshot ORDER BY id DESC LIMIT 1').get() as { grants: number }
  return { run, seconds, source: (waiting.source - before.source) / 1000, limits: (waiting.limits - before.limits) / 1000, grants, records: sum('records'), pages: sum('pages') }
}
