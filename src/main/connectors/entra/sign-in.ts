import {
  ConfidentialClientApplication, LogLevel, PublicClientApplication, type AuthenticationResult, type Configuration, type ICachePlugin,
  type INetworkModule, type NetworkRequestOptions, type NetworkResponse,
} from '@azure/msal-node'
import type { EntraConfig } from '../../../shared/model/live-source.ts'
import { LiveSourceError, type Credentials, type LiveInput } from '../live-connector.ts'
import { readClientCertificate } from './certificate.ts'
import { signInFault } from './sign-in-faults.ts'
import type { Surroundings } from './surroundings.ts'

/** Who the connector is signed in as. Tokens stay in msal's cache and are renewed shortly before they end. */
export interface SignedIn {
  /** `fresh` asks for a new token although the last one should still do (the source refused it). */
  readonly token: (isFresh: boolean) => Promise<string>
  /** Tenant and app, or the person; null before the first token. */
  readonly account: () => string | null
  /** What a person let the app do in their name, as the last token says; null where the app signs in as itself. */
  readonly scopes: () => readonly string[] | null
}

/** A token is renewed this long before it ends, so that it does not end on the way. */
const EARLY_MS = 5 * 60_000

type Ask = (isFresh: boolean) => Promise<AuthenticationResult | null>

/** Prepares signing in; nothing is sent before the first token is asked for. Throws `secret-missing` where there is nothing to sign in with. */
export async function signIn(config: EntraConfig, input: LiveInput, world: Surroundings): Promise<SignedIn> {
  const { authority } = world.endpoints(config.cloud)
  const auth = { clientId: config.clientId, authority: `${authority}/${config.tenant}`, ...known(authority) }
  const system: Configuration['system'] = {
    networkClient: network(world, input.signal),
    loggerOptions: { loggerCallback: () => undefined, logLevel: LogLevel.Error, piiLoggingEnabled: false },
  }
  const scopes = [`${world.endpoints(config.cloud).graph}/.default`]
  const ask = config.signIn === 'device-code'
    ? byDeviceCode({ auth, system, cache: { cachePlugin: cacheIn(input.credentials) } }, scopes, input)
    : asApp({ auth: { ...auth, ...await proofOf(config, input.credentials) }, system }, scopes)

  let account: string | null = null
  let allowed: readonly string[] | null = null
  let kept: { readonly token: string; readonly untilMs: number } | null = null
  return {
    token: async (isFresh) => {
      input.signal.throwIfAborted()
      if (!isFresh && kept !== null && Date.now() < kept.untilMs) return kept.token
      try {
        const result = await unlessAborted(ask(isFresh), input.signal)
        if (result === null) throw new LiveSourceError('sign-in-failed', 'Microsoft gave no token.')
        const tenant = result.tenantId === '' ? config.tenant : result.tenantId
        account = result.account?.username ? `${result.account.username} (tenant ${tenant})` : `app ${config.clientId} in tenant ${tenant}`
        allowed = config.signIn === 'device-code' ? result.scopes : null
        kept = { token: result.accessToken, untilMs: (result.expiresOn?.getTime() ?? 0) - EARLY_MS }
        return kept.token
      } catch (error) {
        input.signal.throwIfAborted()
        throw signInFault(error)
      }
    },
    account: () => account,
    scopes: () => allowed,
  }
}

async function proofOf(config: EntraConfig, credentials: Credentials): Promise<Partial<Configuration['auth']>> {
  if (config.signIn === 'certificate') {
    const pem = await credentials.read('certificate')
    if (pem === null || pem.trim() === '') throw missing('certificate with its private key')
    return { clientCertificate: readClientCertificate(pem) }
  }
  const secret = await credentials.read('client-secret')
  if (secret === null || secret.trim() === '') throw missing('client secret')
  return { clientSecret: secret.trim() }
}

function missing(what: string): LiveSourceError {
  return new LiveSourceError('secret-missing', `The ${what} of the app registration has not been entered on this machine.`)
}

function asApp(configuration: Configuration, scopes: string[]): Ask {
  const client = new ConfidentialClientApplication(configuration)
  return (isFresh) => client.acquireTokenByClientCredential({ scopes, skipCache: isFresh })
}

/** Silently while the saved sign-in lasts; otherwise a person opens the page and types the code. */
function byDeviceCode(configuration: Configuration, scopes: string[], input: LiveInput): Ask {
  const client = new PublicClientApplication(configuration)
  return async (isFresh) => {
    const [account] = await client.getAllAccounts()
    if (account !== undefined) {
      try {
        return await client.acquireTokenSilent({ account, scopes, forceRefresh: isFresh })
      } catch (error) {
        input.signal.throwIfAborted()
        if (signInFault(error).code === 'unreachable') throw error
      }
    }
    const request = {
      scopes, cancel: false,
      deviceCodeCallback: (said: { verificationUri: string; userCode: string; expiresIn: number }) => {
        const expiresAt = new Date(Date.parse(input.now()) + said.expiresIn * 1000).toISOString()
        input.onPrompt({ url: said.verificationUri, code: said.userCode, expiresAt })
      },
    }
    input.signal.addEventListener('abort', () => { request.cancel = true }, { once: true })
    return client.acquireTokenByDeviceCode(request)
  }
}

/** msal's token cache lives where secrets live, and nowhere else. */
function cacheIn(credentials: Credentials): ICachePlugin {
  return {
    beforeCacheAccess: async (context) => {
      const saved = await credentials.read('token-cache')
      if (saved !== null) context.tokenCache.deserialize(saved)
    },
    afterCacheAccess: async (context) => {
      if (context.cacheHasChanged) await credentials.save('token-cache', context.tokenCache.serialize())
    },
  }
}

/** An authority msal does not know by heart is trusted because the configuration names it, not asked about at another cloud. */
function known(authority: string): Partial<Configuration['auth']> {
  const { host } = new URL(authority)
  return host.endsWith('microsoftonline.com') || host.endsWith('microsoftonline.us') || host.endsWith('microsoftonline.cn')
    ? {} : { knownAuthorities: [host] }
}

/** msal over the same fetch as Graph, so that both can be aborted and go through the same proxy and trust. */
function network(world: Surroundings, signal: AbortSignal): INetworkModule {
  async function send<T>(method: string, url: string, options: NetworkRequestOptions | undefined, timeout: number): Promise<NetworkResponse<T>> {
    const response = await world.fetch(url, {
      method, headers: options?.headers ?? {}, ...(options?.body === undefined ? {} : { body: options.body }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    })
    return { headers: Object.fromEntries(response.headers), body: await response.json() as T, status: response.status }
  }
  return {
    sendGetRequestAsync: (url, options, timeout) => send('GET', url, options, timeout ?? 30_000),
    sendPostRequestAsync: (url, options) => send('POST', url, options, 30_000),
  }
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason as Error)
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => { reject(signal.reason as Error) }
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => { signal.removeEventListener('abort', stop) })
  })
}
