import { AsyncLocalStorage } from 'node:async_hooks'
import type { Client, Collection, RequestExecutor } from '@okta/okta-sdk-nodejs'
import type { OktaConfig } from '../../../shared/model/live-source.ts'
import type { OktaScope } from '../../../shared/model/okta-permissions.ts'
import { LiveSourceError, type LiveInput } from '../live-connector.ts'
import { errorCodeOf, createTransport, type Exchange, type TransportOptions, waitOrAbort, type WireAnswer } from './transport.ts'
import { faultOf, halfAnswer } from './faults.ts'

export interface OktaPage {
  readonly asked: string
  readonly body: string
  readonly items: readonly unknown[]
  /** Where the next page is; null at the end. */
  readonly next: string | null
}

interface PageOf {
  <T>(scope: OktaScope, open: (client: Client) => Promise<Collection<T>>, at: string | null): Promise<OktaPage>
  <T>(scope: OktaScope, open: (client: Client) => Promise<Collection<T>>, at: string | null, parent: 'may-be-gone'): Promise<OktaPage | 'gone'>
}

/** One organisation, asked through Okta's SDK. All faults are `LiveSourceError`s in plain words, or the signal's reason. */
export interface Org {
  readonly host: string
  /** Okta's clock when this organisation was opened, ISO 8601; as good as its Date header. */
  readonly openedAt: () => string
  readonly takeCounts: () => { readonly retries: number; readonly throttledMs: number }
  /** One request. Statuses in `allowed` come back instead of being thrown. */
  readonly ask: (scope: OktaScope, call: (client: Client) => Promise<unknown>, allowed?: readonly number[]) => Promise<Exchange>
  /** One page of a listing, from its beginning or where `at` (an earlier page's `next`) points; `gone` where that was said to be possible. */
  readonly page: PageOf
}

/** What the SDK hands its executor; its own declaration leans on types of node-fetch that it does not bring along. */
interface SdkRequest {
  readonly url?: string
  readonly method?: string
  readonly headers?: unknown
  readonly body?: unknown
  /** The proxy of this machine, where the environment names one. */
  readonly agent?: unknown
  readonly signal?: AbortSignal
  readonly redirect?: 'manual'
  readonly size?: number
}

/** How requests leave. `requester` null: the SDK's own, over https only. */
export interface OktaOptions {
  readonly requester: TransportOptions['requester'] | null
  readonly wait: TransportOptions['wait']
  readonly localNow: () => number
}

export const defaultOptions: OktaOptions = { requester: null, wait: waitOrAbort, localNow: Date.now }

/** The largest answer taken: 1,000 users with full profiles are some 3 MB. */
const MOST_BYTES = 64 * 1024 * 1024

/**
 * Opens an organisation: looks the secret up and loads the SDK (0.7–1.7 s and 80 MB, so only when an Okta source is used). Asks nothing yet.
 * Each scope gets an access token of its own, so that one that is missing costs only what it stands for.
 */
export async function openOrg(input: LiveInput, options: OktaOptions): Promise<Org> {
  const config = oktaConfigOf(input)
  checkAddress(config.orgUrl, options.requester !== null)
  const secret = await readSecret(config, input)
  input.signal.throwIfAborted()
  const sdk = await import('@okta/okta-sdk-nodejs')
  const transport = createTransport(config.orgUrl, input.signal, {
    requester: options.requester ?? sdkRequester(new sdk.RequestExecutor()),
    wait: options.wait,
    localNow: options.localNow,
  })
  const openedLocal = options.localNow()
  const current = new AsyncLocalStorage<{ exchange: Exchange | null }>()
  const clients = new Map<string, Client>()

  function clientFor(scope: OktaScope): Client {
    const key = config.signIn === 'token' ? '' : scope
    const known = clients.get(key)
    if (known !== undefined) return known
    const executor = new sdk.RequestExecutor()
    executor.fetch = (request) => carry(request)
    const client = new sdk.Client({
      orgUrl: config.orgUrl,
      requestExecutor: executor,
      // Answers are read once; a cache would only keep them in memory.
      cacheMiddleware: null,
      // Everything is said, so that an okta.yaml or OKTA_CLIENT_… variable lying about on this machine cannot take its place.
      ...(config.signIn === 'token'
        ? { authorizationMode: 'SSWS', token: secret, clientId: '', scopes: [], privateKey: '', keyId: '' }
        : { authorizationMode: 'PrivateKey', token: '', clientId: config.clientId ?? '', scopes: [scope], privateKey: secret, keyId: config.keyId ?? '' }),
    })
    clients.set(key, client)
    return client
  }

  async function carry(request: SdkRequest): Promise<Response> {
    const { url = '', method = 'GET', headers, body, agent } = request
    const exchange = await transport.send({
      url, method: method.toUpperCase(), headers: plainHeaders(headers), body: typeof body === 'string' ? body : null, agent,
    })
    if (new URL(url).pathname.startsWith('/oauth2/')) checkToken(exchange)
    else {
      const slot = current.getStore()
      if (slot !== undefined) slot.exchange = exchange
    }
    return sdkAnswer(exchange)
  }

  async function call(scope: OktaScope, send: (client: Client) => Promise<unknown>, allowed: readonly number[]): Promise<Exchange> {
    input.signal.throwIfAborted()
    const slot: { exchange: Exchange | null } = { exchange: null }
    try {
      await current.run(slot, () => send(clientFor(scope)))
    } catch (error) {
      input.signal.throwIfAborted()
      if (error instanceof LiveSourceError) throw error
      // The SDK turns an answer into its own classes after it was taken here; what it then dislikes about a good answer is no fault.
      if (slot.exchange === null) throw config.signIn === 'token' ? halfAnswer('the request') : unusableKey()
    }
    const exchange = slot.exchange
    if (exchange === null) throw halfAnswer('the request')
    if (exchange.status >= 300 && !allowed.includes(exchange.status)) {
      throw faultOf(exchange.status, errorCodeOf(exchange.json), exchange.asked, scope)
    }
    return exchange
  }

  async function page<T>(
    scope: OktaScope, open: (client: Client) => Promise<Collection<T>>, at: string | null, parent?: 'may-be-gone',
  ): Promise<OktaPage | 'gone'> {
    let next: string | null = null
    const allowed = [...(parent === undefined ? [] : [404]), ...(at === null ? [] : [400, 410])]
    const exchange = await call(scope, async (client) => {
      const collection = await open(client)
      if (at !== null) collection.nextUri = at
      collection.factory = unread
      await collection.getNextPage()
      next = (collection.nextUri as string | undefined) ?? null
    }, allowed)
    if (exchange.status === 404) return 'gone'
    if (exchange.status >= 400) {
      throw new LiveSourceError(
        'expired-cursor',
        `Okta no longer knows the next page of ${exchange.asked}: the listing has to begin again.`,
      )
    }
    if (!Array.isArray(exchange.json)) throw halfAnswer(exchange.asked)
    return { asked: exchange.asked, body: exchange.body, items: exchange.json as unknown[], next: sameListing(next, exchange) }
  }

  return {
    host: new URL(config.orgUrl).host,
    openedAt: () => new Date(openedLocal + transport.sourceNow() - options.localNow()).toISOString(),
    takeCounts: () => transport.takeCounts(),
    ask: (scope, send, allowed = []) => call(scope, send, allowed),
    page: page as PageOf,
  }
}

export function oktaConfigOf(input: LiveInput): OktaConfig {
  if (input.config.from !== 'okta') throw new LiveSourceError('not-this-source', 'This source is not an Okta organisation.')
  return input.config
}

/** Answers are checked and read by this connector's own schemas; the SDK's models would be a second copy. */
const unread = { parseResponse: () => Promise.resolve([]) }

function checkAddress(address: string, isCarried: boolean): void {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null) throw new LiveSourceError('not-this-source', 'The organisation\'s address is not a web address.')
  // The SDK would send the token over plain http without a word.
  if (url.protocol !== 'https:' && !isCarried) {
    throw new LiveSourceError('not-this-source', `${url.host} would be asked without encryption. Enter the address with https://.`)
  }
  if (/-admin\.okta(preview|-emea)?\.com$/.test(url.host)) {
    throw new LiveSourceError('not-this-source', `${url.host} is the administrators' console. Enter the address without -admin.`)
  }
}

async function readSecret(config: OktaConfig, input: LiveInput): Promise<string> {
  if (config.signIn === 'private-key' && (config.clientId ?? '') === '') {
    throw new LiveSourceError('secret-missing', 'Signing in with a private key needs the client id of the service app.')
  }
  const name = config.signIn === 'token' ? 'api-token' : 'private-key'
  const secret = (await input.credentials.read(name))?.trim() ?? ''
  if (secret === '') {
    throw new LiveSourceError(
      'secret-missing',
      config.signIn === 'token' ? 'No API token is stored for this source.' : 'No private key is stored for this source.',
    )
  }
  return secret
}

function sdkRequester(executor: RequestExecutor): TransportOptions['requester'] {
  return async ({ url, method, headers, body, agent, signal }): Promise<WireAnswer> => {
    const request: SdkRequest = {
      url, method, headers: { ...headers }, agent, signal, size: MOST_BYTES,
      // Followed, a redirect would take the request to a place nobody entered.
      redirect: 'manual',
      ...(body === null ? {} : { body }),
    }
    return await executor.fetch(request) as WireAnswer
  }
}

function plainHeaders(headers: unknown): Record<string, string> {
  const plain: Record<string, string> = {}
  if (typeof headers !== 'object' || headers === null) return plain
  for (const [name, value] of Object.entries(headers)) if (typeof value === 'string') plain[name] = value
  return plain
}

/** What the SDK goes on with: status, headers and the body that was read in full. */
function sdkAnswer(exchange: Exchange): Response {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  for (const name of ['link', 'dpop-nonce']) {
    const value = exchange.headers.get(name)
    if (value !== null) headers[name] = value
  }
  const isEmpty = exchange.body === '' || exchange.status === 204
  return new Response(isEmpty ? null : exchange.body, { status: exchange.status, headers })
}

function checkToken(exchange: Exchange): void {
  const json = exchange.json
  const error = typeof json === 'object' && json !== null && 'error' in json && typeof json.error === 'string' ? json.error : null
  // The SDK answers this one itself, by asking again with the nonce it was given.
  if (error === 'use_dpop_nonce') return
  if (exchange.status < 300 && error === null) return
  if (error === 'invalid_scope') {
    throw new LiveSourceError(
      'permission-missing',
      'Okta grants this app no token for the permission that is needed: grant the scope to the service app.',
    )
  }
  if (error === 'invalid_client') {
    throw new LiveSourceError('sign-in-failed', 'Okta does not accept the client id together with this private key and key id.')
  }
  throw new LiveSourceError(
    'sign-in-failed',
    `Okta gave no access token (HTTP ${String(exchange.status)}): check client id, private key and key id.`,
  )
}

const unusableKey = (): LiveSourceError =>
  new LiveSourceError('sign-in-failed', 'The private key cannot be used: it has to be a PEM or JWK key, RSA or EC, without passphrase.')

/** A next link has to lead on in the same listing. */
function sameListing(next: string | null, exchange: Exchange): string | null {
  if (next === null) return null
  const here = new URL(exchange.url)
  if (!URL.canParse(next)) throw halfAnswer(exchange.asked)
  const there = new URL(next)
  if (there.origin !== here.origin) {
    throw new LiveSourceError('not-this-source', `Okta pointed to another server (${there.host}) for the next page; it was not asked.`)
  }
  if (there.pathname !== here.pathname) throw halfAnswer(exchange.asked)
  return next
}
