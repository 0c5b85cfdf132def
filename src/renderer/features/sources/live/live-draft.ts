import { liveConfig, type LiveConfig, type LiveSourceKind, type SecretName } from '../../../../shared/model/live-source.ts'

/** Settings as they are typed; `LiveConfig` once they are complete. */
export type LiveDraft = Readonly<Record<string, string | boolean>> & { readonly from: LiveSourceKind; readonly signIn: string }

const first = {
  entra: { from: 'entra', tenant: '', clientId: '', signIn: 'certificate', cloud: 'global', readsUsage: true, isHr: false },
  okta: { from: 'okta', orgUrl: '', clientId: '', keyId: '', signIn: 'private-key', readsUsage: true, isHr: false },
  scim: { from: 'scim', baseUrl: '', userName: '', signIn: 'bearer' },
} as const satisfies Record<LiveSourceKind, LiveDraft>

export const emptyDraft = (kind: LiveSourceKind): LiveDraft => first[kind]

export const draftOf = (config: LiveConfig): LiveDraft =>
  Object.fromEntries(Object.entries(config).map(([key, value]) => [key, typeof value === 'boolean' ? value : String(value ?? '')])) as LiveDraft

/** Fields of a way of signing in that must be filled. */
const needed = ({ from, signIn }: LiveDraft): readonly string[] => {
  switch (from) {
    case 'entra': return ['tenant', 'clientId']
    case 'okta': return signIn === 'private-key' ? ['orgUrl', 'clientId'] : ['orgUrl']
    case 'scim': return signIn === 'basic' ? ['baseUrl', 'userName'] : ['baseUrl']
  }
}

/** Secrets a way of signing in takes; a person signing in with a code brings none. */
export const secretsOf = ({ from, signIn }: Pick<LiveDraft, 'from' | 'signIn'>): readonly SecretName[] => {
  switch (from) {
    case 'entra': return signIn === 'certificate' ? ['certificate'] : signIn === 'secret' ? ['client-secret'] : []
    case 'okta': return signIn === 'token' ? ['api-token'] : ['private-key']
    case 'scim': return signIn === 'basic' ? ['password'] : ['api-token']
  }
}

export type DraftFault = 'needed' | 'notHttps'

/** What is wrong with each field, and the settings once nothing is. `before` keeps what this form does not ask for. */
export const readDraft = (draft: LiveDraft, before: LiveConfig | null): { readonly faults: Readonly<Record<string, DraftFault>>; readonly config: LiveConfig | null } => {
  const faults: Record<string, DraftFault> = {}
  for (const field of needed(draft)) if (String(draft[field] ?? '').trim() === '') faults[field] = 'needed'
  for (const field of ['orgUrl', 'baseUrl']) {
    const value = draft[field]
    if (typeof value === 'string' && value.trim() !== '' && !/^https:\/\/./.test(value.trim())) faults[field] = 'notHttps'
  }
  if (Object.keys(faults).length > 0) return { faults, config: null }
  const values = Object.fromEntries(Object.entries(draft).map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value]))
  for (const optional of ['clientId', 'keyId', 'userName']) if (values[optional] === '' && draft.from !== 'entra') values[optional] = null as never
  const parsed = liveConfig.safeParse({ ...before, ...values, ...(before === null ? {} : { holdBelowShare: before.holdBelowShare }) })
  if (parsed.success) return { faults, config: parsed.data }
  for (const { path } of parsed.error.issues) faults[String(path[0])] = 'needed'
  return { faults, config: null }
}
