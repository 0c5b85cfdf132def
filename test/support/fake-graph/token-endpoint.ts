import { randomBytes } from 'node:crypto'

/** Who may sign in and how; changed by tests while the fake runs. */
export interface Directory {
  readonly clientId: string
  secret: string
  /** PEM of the certificate the app may sign in with; null = none. */
  hasCertificate: boolean
  tokenSeconds: number
  /** How often the device code is still "pending" before the person has typed it. */
  pendingPolls: number
}

export interface TokenEndpoint {
  readonly answer: (path: string, body: string) => { readonly status: number; readonly body: unknown }
  readonly isValid: (authorization: string | undefined) => boolean
  /** Every token, code and refresh token given out so far. */
  readonly issued: () => readonly string[]
  /** All access tokens stop being accepted; refresh tokens go on. */
  readonly expireAll: () => void
}

const AADSTS = {
  secret: [401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value.'],
  client: [400, 'unauthorized_client', 'AADSTS700016: Application was not found in the directory.'],
  pending: [400, 'authorization_pending', 'AADSTS70016: OAuth 2.0 device flow error. Authorization is pending.'],
  refresh: [400, 'invalid_grant', 'AADSTS700082: The refresh token has expired due to inactivity.'],
} as const

export function tokenEndpoint(tenant: string, origin: () => string, directory: Directory): TokenEndpoint {
  const issued: string[] = []
  const valid = new Set<string>()
  const refresh = new Set<string>()
  let polls = 0

  const make = (kind: string): string => {
    const text = `${kind}-${randomBytes(24).toString('base64url')}`
    issued.push(text)
    return text
  }
  const refuse = ([status, error, error_description]: (typeof AADSTS)[keyof typeof AADSTS]): { status: number; body: unknown } => ({
    status, body: { error, error_description, error_codes: [Number(/\d+/.exec(error_description)?.[0])] },
  })
  const grant = (isPerson: boolean): { status: number; body: unknown } => {
    const access_token = make('access')
    valid.add(access_token)
    const plain = { token_type: 'Bearer', expires_in: directory.tokenSeconds, ext_expires_in: directory.tokenSeconds, access_token }
    if (!isPerson) return { status: 200, body: plain }
    const refresh_token = make('refresh')
    refresh.add(refresh_token)
    return {
      status: 200,
      body: {
        ...plain, refresh_token, scope: 'https://graph.microsoft.com/.default openid profile offline_access', id_token: idToken(tenant, directory.clientId, origin()),
        client_info: base64({ uid: 'person', utid: tenant }),
      },
    }
  }

  return {
    answer: (path, body) => {
      const form = new URLSearchParams(body)
      if (path.endsWith('/v2.0/.well-known/openid-configuration')) return { status: 200, body: discovery(tenant, origin()) }
      if (form.get('client_id') !== directory.clientId) return refuse(AADSTS.client)
      if (path.endsWith('/devicecode')) {
        polls = 0
        return { status: 200, body: { user_code: 'ABCD-EFGH', device_code: make('device'), verification_uri: 'https://microsoft.com/devicelogin', expires_in: 900, interval: 1, message: 'Type the code.' } }
      }
      switch (form.get('grant_type')) {
        case 'client_credentials': {
          if (form.has('client_assertion')) return directory.hasCertificate ? grant(false) : refuse(AADSTS.secret)
          return form.get('client_secret') === directory.secret ? grant(false) : refuse(AADSTS.secret)
        }
        case 'refresh_token': return refresh.has(form.get('refresh_token') ?? '') ? grant(true) : refuse(AADSTS.refresh)
        default: {
          polls += 1
          return polls > directory.pendingPolls ? grant(true) : refuse(AADSTS.pending)
        }
      }
    },
    isValid: (authorization) => valid.has(authorization?.replace(/^Bearer /, '') ?? ''),
    issued: () => [...issued, directory.secret],
    expireAll: () => { valid.clear() },
  }
}

function discovery(tenant: string, origin: string): unknown {
  const base = `${origin}/${tenant}`
  return {
    issuer: `${base}/v2.0`, authorization_endpoint: `${base}/oauth2/v2.0/authorize`, token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`, jwks_uri: `${base}/discovery/v2.0/keys`, end_session_endpoint: `${base}/oauth2/v2.0/logout`,
  }
}

function idToken(tenant: string, audience: string, origin: string): string {
  const now = Math.floor(Date.now() / 1_000)
  const claims = {
    iss: `${origin}/${tenant}/v2.0`, aud: audience, tid: tenant, oid: 'person', sub: 'person', preferred_username: 'officer@contoso.example', name: 'Officer',
    iat: now, nbf: now - 60, exp: now + 3_600,
  }
  return `${base64({ alg: 'none', typ: 'JWT' })}.${base64(claims)}.`
}

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
