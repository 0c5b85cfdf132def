import { z } from 'zod'
import { isoTime } from './time.ts'

export const liveSourceKind = z.enum(['entra', 'okta', 'scim'])

const shared = {
  /** Sign-ins are read into sums per account, application and month. Off where the permission or the licence is missing. */
  readsUsage: z.boolean().default(true),
  /** Where no HR system exists, the directory's own people and their changes stand in for it. */
  isHr: z.boolean().default(false),
  /** A reading that found less than this share of the last complete one is held until the officer accepts it. */
  holdBelowShare: z.number().min(0).max(1).default(0.7),
}

const httpsUrl = z.url({ protocol: /^https$/ })

export const entraConfig = z.object({
  from: z.literal('entra'),
  /** Directory (tenant) id or a verified domain of it. */
  tenant: z.string().min(1),
  /** Application (client) id of the app registration. */
  clientId: z.string().min(1),
  signIn: z.enum(['certificate', 'secret', 'device-code']),
  cloud: z.enum(['global', 'us-government', 'us-government-dod', 'china']).default('global'),
  ...shared,
})

export const oktaConfig = z.object({
  from: z.literal('okta'),
  /** `https://company.okta.com`, without `-admin`. */
  orgUrl: httpsUrl,
  /** An SSWS token, or OAuth 2.0 with the service app's private key. */
  signIn: z.enum(['token', 'private-key']),
  clientId: z.string().nullable().default(null),
  keyId: z.string().nullable().default(null),
  ...shared,
})

/** SCIM 2.0 with the enterprise extension: an HR system's people. */
export const scimConfig = z.object({
  from: z.literal('scim'),
  /** Up to and without `/Users`. */
  baseUrl: httpsUrl,
  signIn: z.enum(['bearer', 'basic']),
  userName: z.string().nullable().default(null),
  holdBelowShare: shared.holdBelowShare,
})

export const liveConfig = z.discriminatedUnion('from', [entraConfig, oktaConfig, scimConfig])

/** What a source may have to keep secret. Kept by the operating system, a passphrase-protected file or the environment, never in the store. */
export const secretName = z.enum(['client-secret', 'certificate', 'private-key', 'api-token', 'password', 'token-cache', 'smtp-password'])

/** Where secrets are kept on this machine, and whether they can be read right now. */
export const secretsState = z.object({
  keptIn: z.enum(['operating-system', 'passphrase-file', 'environment']),
  isOpen: z.boolean(),
  /** False until a passphrase was chosen for the file. */
  exists: z.boolean(),
})

/** One thing a connection can or cannot do, in words: which permission it takes and what would be missing without it. */
export const permissionCheck = z.object({
  permission: z.string(),
  why: z.string(),
  isGranted: z.boolean(),
  /** What the inventory will lack while it is missing. */
  without: z.string(),
  /** Needed for a sync at all; the others only leave gaps that every run names. */
  isRequired: z.boolean(),
})

/** What it takes to remove one kind of right from here. Never needed to read: what cannot be removed here goes by hand or by ticket. */
export const removalCheck = z.object({
  removes: z.enum(['groups', 'applications', 'roles']),
  permission: z.string(),
  why: z.string(),
  without: z.string(),
  /** Found out without changing anything in the source; null = the source does not say. */
  isGranted: z.boolean().nullable(),
})

export const connectionTest = z.object({
  isConnected: z.boolean(),
  /** As whom: tenant and app, or organisation and token owner. */
  account: z.string().nullable(),
  permissions: z.array(permissionCheck),
  /** Empty where the source offers no removal, or was not reached. */
  removals: z.array(removalCheck),
  /** Why it failed and what to do, or what is worth knowing. */
  notes: z.array(z.string()),
})

/** What one collection of a live source gave in one run, so that an auditor can ask the same again. */
export const runCollection = z.object({
  name: z.string(),
  /** `full`: everything was listed. `changes`: since the last reading. `window`: a span of time of a log. */
  mode: z.enum(['full', 'changes', 'window']),
  /** Method, path, filter and fields exactly as sent, without secrets and paging tokens. */
  query: z.string(),
  apiVersion: z.string(),
  pages: z.int(),
  records: z.int(),
  /** How many the source itself says there are; null where it does not say. */
  sourceCount: z.int().nullable(),
  /** How many we hold after this reading; compared with `sourceCount`. */
  heldCount: z.int().nullable(),
  retries: z.int(),
  throttledMs: z.int(),
  rejects: z.int(),
  /** What could not be read and why, or what the source did wrong (a repeated page token, an entity named twice). */
  gaps: z.array(z.string()),
  from: isoTime.nullable(),
  to: isoTime.nullable(),
  isComplete: z.boolean(),
})

/** Facts about an entitlement that decide how access to it can be removed. */
export const entitlementTrait = z.enum([
  'dynamic', 'on-premises-synced', 'mail-enabled', 'role-assignable', 'managed-by-application', 'assigned-by-rule', 'built-in', 'eligible',
])

export type LiveSourceKind = z.infer<typeof liveSourceKind>
export type LiveConfig = z.infer<typeof liveConfig>
export type EntraConfig = z.infer<typeof entraConfig>
export type OktaConfig = z.infer<typeof oktaConfig>
export type ScimConfig = z.infer<typeof scimConfig>
export type SecretName = z.infer<typeof secretName>
export type SecretsState = z.infer<typeof secretsState>
export type PermissionCheck = z.infer<typeof permissionCheck>
export type RemovalCheck = z.infer<typeof removalCheck>
export type ConnectionTest = z.infer<typeof connectionTest>
export type RunCollection = z.infer<typeof runCollection>
export type EntitlementTrait = z.infer<typeof entitlementTrait>
