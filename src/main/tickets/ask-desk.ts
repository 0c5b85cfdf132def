import { Buffer } from 'node:buffer'

export type Fetch = (input: string, init: RequestInit) => Promise<Response>

export interface Ask {
  readonly url: string
  readonly userName: string
  readonly secret: string
  readonly body?: unknown
  readonly signal: AbortSignal
}

/** `status` null: no answer at all. `waitSeconds`: how long the system asks to be left alone, where it says so. */
export interface NotAnswered { readonly ok: false; readonly reason: string; readonly status: number | null; readonly waitSeconds: number | null }
export type Answered = { readonly ok: true; readonly json: unknown } | NotAnswered

const patienceMs = 30_000
const mostBytes = 1_000_000

/** One question to a ticket system, over https only, to the named host only: a redirect would carry the password elsewhere. */
export async function askDesk(fetch: Fetch, desk: string, ask: Ask): Promise<Answered> {
  const not = (reason: string, answer: Response | null = null): NotAnswered => ({ ok: false, reason, status: answer?.status ?? null, waitSeconds: waitOf(answer) })
  if (!ask.url.startsWith('https://')) return not(`${desk} is only asked over https.`)
  try {
    const answer = await fetch(ask.url, {
      method: ask.body === undefined ? 'GET' : 'POST', redirect: 'error', signal: AbortSignal.any([ask.signal, AbortSignal.timeout(patienceMs)]),
      headers: {
        accept: 'application/json', authorization: `Basic ${Buffer.from(`${ask.userName}:${ask.secret}`).toString('base64')}`,
        ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
    })
    if (answer.status === 401 || answer.status === 403) return not(`${desk} does not let this user in, or not do this (${answer.status}).`, answer)
    if (!answer.ok) return not(`${desk} answered ${answer.status}.`, answer)
    const text = await answer.text()
    if (text.length > mostBytes) return not(`${desk} answered with more than a ticket.`)
    return { ok: true, json: JSON.parse(text) as unknown }
  } catch (error) {
    ask.signal.throwIfAborted()
    return not(error instanceof SyntaxError ? `${desk} answered with something that is no JSON.` : `${desk} could not be reached.`)
  }
}

const longestWaitSeconds = 86_400

/** `Retry-After` in seconds, a day at most; the form with a date is not used by either system. */
function waitOf(answer: Response | null): number | null {
  const said = answer?.headers.get('retry-after') ?? ''
  return /^\d{1,9}$/.test(said) ? Math.min(Number(said), longestWaitSeconds) : null
}

export const withoutSlash = (url: string): string => url.replace(/\/+$/, '')
