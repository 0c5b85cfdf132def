import { API_VERSION, type Graph } from './graph.ts'
import { listOf, objectOf, textOf } from './json.ts'
import { statusFault } from './graph-faults.ts'
import { LiveSourceError } from '../live-connector.ts'

export interface BatchedAnswer {
  readonly status: number
  readonly body: unknown
}

export interface Batched {
  /** In the order asked. */
  readonly answers: readonly BatchedAnswer[]
  readonly text: string
  readonly retries: number
  readonly throttledMs: number
}

/** Graph takes at most this many requests in one. */
export const BATCH = 20
const MOST_ROUNDS = 8

/**
 * Several reads in one request. Parts the source throttled or failed are asked again alone; an answer of 400 and above that is not in
 * `accept` throws. `paths` are behind the version, or links the source gave.
 */
export async function batch(graph: Graph, paths: readonly string[], accept: readonly number[], headers?: Readonly<Record<string, string>>): Promise<Batched> {
  const answers = new Map<number, BatchedAnswer>()
  const texts: string[] = []
  let retries = 0
  let throttledMs = 0
  for (let round = 0; answers.size < paths.length; round += 1) {
    const open = paths.map((_, index) => index).filter((index) => !answers.has(index)).slice(0, BATCH)
    if (round > MOST_ROUNDS + paths.length / BATCH) throw new LiveSourceError('throttled', 'Microsoft Graph kept leaving parts of a joint request unanswered.')
    const sent = await graph.ask({
      method: 'POST', path: '/$batch',
      body: { requests: open.map((index) => ({ id: String(index), method: 'GET', url: relative(paths[index] ?? ''), ...(headers === undefined ? {} : { headers }) })) },
    })
    texts.push(sent.text)
    retries += sent.retries
    throttledMs += sent.throttledMs
    for (const one of listOf(objectOf(sent.json)?.['responses'])) {
      const part = objectOf(one)
      const index = Number(part?.['id'])
      const status = part?.['status']
      if (!open.includes(index) || typeof status !== 'number') continue
      if (status === 429 || status >= 500) {
        retries += 1
        continue
      }
      if (status >= 400 && !accept.includes(status)) throw statusFault(status, part?.['body'], paths[index] ?? '')
      answers.set(index, { status, body: part?.['body'] })
    }
    const throttled = waitAsked(sent.json)
    if (open.some((index) => !answers.has(index))) {
      const waited = throttled ?? 1_000 * 2 ** Math.min(5, round)
      await graph.pause(waited)
      throttledMs += waited
    }
  }
  return { answers: paths.map((_, index) => answers.get(index) ?? { status: 0, body: null }), text: texts.join('\n'), retries, throttledMs }
}

/** The longest wait any part of the answer asks for, in milliseconds. */
function waitAsked(body: unknown): number | null {
  const waits = listOf(objectOf(body)?.['responses']).map((one) => {
    const headers = objectOf(objectOf(one)?.['headers'])
    return Number(textOf(headers?.['Retry-After'] ?? headers?.['retry-after']) ?? Number.NaN)
  }).filter((seconds) => Number.isFinite(seconds))
  return waits.length === 0 ? null : Math.min(300, Math.max(...waits)) * 1_000
}

function relative(path: string): string {
  return path.startsWith('https://') ? path.replace(/^https:\/\/[^/]+/, '').replace(`/${API_VERSION}`, '') : path
}
