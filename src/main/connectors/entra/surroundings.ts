import { setTimeout as sleep } from 'node:timers/promises'
import type { EntraConfig } from '../../../shared/model/live-source.ts'

/** Where a cloud signs people and apps in, and where its Graph answers. Origins without a trailing slash. */
export interface Endpoints {
  readonly authority: string
  readonly graph: string
}

/** What the connector needs of the world; tests put a fake Graph, a clock that jumps and no chance in its place. */
export interface Surroundings {
  readonly fetch: typeof fetch
  readonly endpoints: (cloud: EntraConfig['cloud']) => Endpoints
  /** Milliseconds; only differences matter. */
  readonly clock: () => number
  /** Resolves after the time, or throws the signal's reason at once when it aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
  /** 0 to 1, for the jitter of waiting times. */
  readonly chance: () => number
}

const clouds: Readonly<Record<EntraConfig['cloud'], Endpoints>> = {
  global: { authority: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' },
  'us-government': { authority: 'https://login.microsoftonline.us', graph: 'https://graph.microsoft.us' },
  'us-government-dod': { authority: 'https://login.microsoftonline.us', graph: 'https://dod-graph.microsoft.us' },
  china: { authority: 'https://login.partner.microsoftonline.cn', graph: 'https://microsoftgraph.chinacloudapi.cn' },
}

export const realSurroundings: Surroundings = {
  fetch: (input, init) => fetch(input, init),
  endpoints: (cloud) => clouds[cloud],
  clock: () => performance.now(),
  pause: async (ms, signal) => {
    signal.throwIfAborted()
    try {
      await sleep(ms, undefined, { signal })
    } catch (error) {
      signal.throwIfAborted()
      throw error
    }
  },
  chance: () => Math.random(),
}
