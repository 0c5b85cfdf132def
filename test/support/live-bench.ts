import type { LiveConnector } from '../../src/main/connectors/live-connector.ts'
import { readSnapshot, listSnapshots } from '../../src/main/storage/snapshots.ts'
import { recomputeContentHash } from '../../src/main/storage/snapshot-hash.ts'
import { insertSource, findSource } from '../../src/main/storage/sources.ts'
import type { LiveConfig, SecretName } from '../../src/shared/model/live-source.ts'
import type { Context, Watch } from '../../src/main/use-cases/context.ts'
import { syncSource } from '../../src/main/use-cases/sync-source.ts'
import type { Run, Source } from '../../src/shared/model/source.ts'
import { officer, openBench, watching } from './sync-bench.ts'

export interface LiveBench {
  readonly context: Context
  readonly source: Source
  /** Reads the live source once with whatever connector is in place. */
  readonly sync: (watch?: Watch) => Promise<Run>
  /** The same, and gives up on what it threw: the run is in the store. */
  readonly attempt: (watch?: Watch) => Promise<Run | null>
  connector: LiveConnector
  readonly lines: () => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

interface BenchConfig {
  readonly isHr?: boolean
  readonly holdBelowShare?: number
  /** Of a source that is not the script. */
  readonly live?: LiveConfig
  readonly secrets?: Partial<Record<SecretName, string>>
  readonly now?: () => string
}

/** A workspace with real storage and one live source whose system is a script. */
export async function openLiveBench(folder: string, connector: LiveConnector, config: BenchConfig = {}): Promise<LiveBench> {
  const { context: files } = await openBench(folder)
  const bench = { connector }
  const secrets = { ...files.secrets, read: (_: unknown, name: SecretName) => Promise.resolve(config.secrets?.[name] ?? null) }
  const clock = config.now === undefined ? files.clock : { ...files.clock, now: config.now }
  const context: Context = { ...files, secrets, clock, liveConnector: () => Promise.resolve(bench.connector) }
  const { db } = context.store
  const source = (await findSource(db, 'Directory')) ?? (await insertSource(db, {
    name: 'Directory', kind: config.live?.from ?? 'okta', mapping: null, createdAt: '2026-01-01T00:00:00.000Z',
    config: config.live ?? {
      from: 'okta', orgUrl: 'https://directory.example', signIn: 'token', clientId: null, keyId: null, readsUsage: true, isHr: config.isHr ?? false,
      holdBelowShare: config.holdBelowShare ?? 0,
    },
  }))
  const sync = (watch: Watch = watching()): Promise<Run> => syncSource(context, officer, { source: 'Directory', asOf: '2026-01-01' }, watch)
  return Object.assign(bench, {
    context, source, sync,
    attempt: async (watch?: Watch) => sync(watch).catch(() => null),
    lines: () => inventoryLines(context),
    close: () => context.store.close(),
  })
}

/** The newest snapshot's lines, after its hash was found to be right. */
export async function inventoryLines(context: Context): Promise<readonly string[]> {
  const [snapshot] = await listSnapshots(context.store.db)
  if (snapshot === undefined) return []
  const hash = await recomputeContentHash(context.store, snapshot)
  if (hash !== snapshot.contentHash) throw new Error(`snapshot ${snapshot.id} does not read back to its hash`)
  const lines: string[] = []
  for await (const { account, entitlement, path } of readSnapshot(context.store, snapshot.id)) lines.push(`${account}\t${entitlement}\t${path}`)
  if (lines.length !== snapshot.grants) throw new Error(`snapshot ${snapshot.id} counts ${snapshot.grants} grants and has ${lines.length}`)
  return lines.sort()
}
