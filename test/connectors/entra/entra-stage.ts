import tls from 'node:tls'
import { entraWith } from '../../../src/main/connectors/entra/entra.ts'
import type { Surroundings } from '../../../src/main/connectors/entra/surroundings.ts'
import type { LiveConnector } from '../../../src/main/connectors/live-connector.ts'
import type { EntraConfig, SecretName } from '../../../src/shared/model/live-source.ts'
import { makeTestCertificates, type TestCertificates } from '../../support/fake-graph/certificates.ts'
import { contosoTenant, NOW } from '../../support/fake-graph/contoso.ts'
import { CLIENT_ID, SECRET, startFakeGraph, TENANT_ID, type FakeGraph, type FakeOptions } from '../../support/fake-graph/server.ts'
import { memoryCredentials, type Asking, type Memory } from '../live/reading.ts'

let made: Promise<TestCertificates> | null = null

/** One authority per test file; this process trusts it besides those it trusts anyway. */
export async function trusted(): Promise<TestCertificates> {
  made ??= makeTestCertificates().then((certificates) => {
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), certificates.ca])
    return certificates
  })
  return made
}

/** A clock that stands still except for waiting, which takes no time. */
export interface JumpingClock {
  readonly clock: () => number
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
  readonly waits: number[]
}

export function jumpingClock(): JumpingClock {
  let at = 0
  const waits: number[] = []
  return {
    waits, clock: () => at,
    pause: async (ms, signal) => {
      signal.throwIfAborted()
      waits.push(ms)
      at += ms
      await Promise.resolve()
    },
  }
}

export interface EntraStage {
  readonly graph: FakeGraph
  readonly connector: LiveConnector
  readonly config: EntraConfig
  readonly time: JumpingClock
  readonly credentials: Memory
  /** The day and hour it is taken to be; a test may move it on. */
  now: string
  readonly asking: (changed?: Partial<Asking>) => Asking
}

export interface StageOptions extends Partial<Omit<FakeOptions, 'certificates'>> {
  readonly config?: Partial<EntraConfig>
  readonly secrets?: Partial<Record<SecretName, string>>
  readonly world?: Partial<Surroundings>
}

/** The connector in front of a fake Graph with small pages, Graph's real limits, and a clock that jumps. */
export async function entraStage({ config, secrets, world, ...fake }: StageOptions = {}): Promise<EntraStage> {
  const time = jumpingClock()
  const graph = await startFakeGraph({
    tenant: contosoTenant(), certificates: await trusted(), sizes: { entities: 3, members: 4 }, clock: time.clock, ...fake,
  })
  const connector = entraWith({
    endpoints: () => ({ authority: graph.origin, graph: graph.origin }), clock: time.clock, pause: time.pause, chance: () => 0.5, ...world,
  })
  const settings: EntraConfig = {
    from: 'entra', tenant: TENANT_ID, clientId: CLIENT_ID, signIn: 'secret', cloud: 'global', readsUsage: true, isHr: true, holdBelowShare: 0.7, ...config,
  }
  const credentials = memoryCredentials(secrets ?? { 'client-secret': SECRET })
  const stage: EntraStage = {
    graph, connector, config: settings, time, credentials, now: NOW,
    asking: (changed) => ({ connector, config: settings, credentials, now: () => stage.now, ...changed }),
  }
  return stage
}
