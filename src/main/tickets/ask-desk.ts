import { Buffer } from 'node:buffer'

export type Fetch = (input: string, init: RequestInit) => Promise<Response>

export interface Ask {
  readonly url: string
  readonly userName: string
  readonly secret: string
  readonly body?: unknown
  readonly signal: AbortSignal
}

export type Answered = { readonly ok: true; readonly json: unknown } | { readonly ok: false; readonly reason: string }

const patienceMs = 30_000
const mostBytes = 1_000_000

/** One question to a ticket system, over https only, to the named host only: a redirect would carry the password elsewhere. */
export async function askDesk(fetch: Fetch, desk: string, ask: Ask): Promise<Answered> {
  if (!ask.url.startsWith('https://')) return { ok: false, reason: `${desk} is only asked over https.` }
  try {
    const answer = await fetch(ask.url, {
      method: ask.body === undefined ? 'GET' : 'POST', redirect: 'error', signal: AbortSignal.any([ask.signal, AbortSignal.timeout(patienceMs)]),
      headers: {
        accept: 'application/json', authorization: `Basic ${Buffer.from(`${ask.userName}:${ask.secret}`).toString('base64')}`,
        ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
    })
    if (answer.status === 401 || answer.status === 403) return { ok: false, reason: `${desk} does not let this user in, or not do this (${answer.status}).` }
    if (!answer.ok) return { ok: false, reason: `${desk} answered ${answer.status}.` }
    const text = await answer.text()
    if (text.length > mostBytes) return { ok: false, reason: `${desk} answered with more than a ticket.` }
    return { ok: true, json: JSON.parse(text) as unknown }
  } catch (error) {
    ask.signal.throwIfAborted()
    return { ok: false, reason: error instanceof SyntaxError ? `${desk} answered with something that is no JSON.` : `${desk} could not be reached.` }
  }
}

export const withoutSlash = (url: string): string => url.replace(/\/+$/, '')
