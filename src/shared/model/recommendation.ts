import { z } from 'zod'
import { isoDate } from './time.ts'
import { identityKind } from './identity.ts'
import { privilege, risk } from './entitlement.ts'
import { signal } from './signal.ts'

export const action = z.enum(['keep', 'revoke', 'look-closer'])

/** Hard rules, in the order they are asked. They are never learned. */
export const hardRule = z.enum([
  'leaver-revoke', 'orphan-revoke', 'protected-look-closer', 'conflict-never-keep', 'no-evidence-look-closer', 'answered-conflict-caps-keep',
  'admin-caps-keep',
])

export const hardRules = z.array(hardRule)

/** Confidence is a word until enough blind decisions exist to calibrate a number. */
export const confidence = z.enum(['low', 'medium', 'high'])

export const recommendation = z.object({
  action,
  confidence,
  /** Sum of the signals' weights, thousandths of log-odds. Positive speaks for keeping. */
  score: z.int(),
  /** Rules that decided or limited the action, in the order applied; empty = the sum decided. */
  rules: z.array(hardRule),
  /** How often blind reviewers decided as this advice says, per cent; absent or null = too few blind decisions to say a number. */
  chance: z.int().min(1).max(99).nullable().exactOptional(),
})

/** Everything the advice on one grant rests on, frozen and hashed when a campaign launches. Aliases only: no names in here. */
export const evidencePacket = z.object({
  v: z.literal(1),
  asOf: isoDate,
  /** Aliases a narrator may use; the screen fills in the names. */
  subject: z.object({ alias: z.literal('USER'), kind: identityKind, identityId: z.int().nullable(), accountId: z.int(),
    /** The account is protected by an officer's word; absent = it is not. */
    isProtected: z.literal(true).exactOptional(),
  }),
  access: z.object({
    alias: z.literal('ENT'), entitlementId: z.int(), grantId: z.int(), privilege, risk,
    /** The right is protected by an officer's word; absent = it is not. */
    isProtected: z.literal(true).exactOptional(),
  }),
  signals: z.array(signal),
  engine: z.object({ version: z.string(), weights: z.string() }),
})

/** What the engine needs to weigh, from resources/signal-weights.json: thousandths of log-odds, each with its reason. */
export const signalWeights = z.object({
  version: z.string(),
  bias: z.int(),
  weights: z.record(z.string(), z.object({ value: z.int(), why: z.string() })),
  /** Score at or above → keep; at or below → revoke; between → look closer. */
  keepAt: z.int(),
  revokeAt: z.int(),
})

export type Action = z.infer<typeof action>
export type HardRule = z.infer<typeof hardRule>
export type Confidence = z.infer<typeof confidence>
export type Recommendation = z.infer<typeof recommendation>
export type EvidencePacket = z.infer<typeof evidencePacket>
export type SignalWeights = z.infer<typeof signalWeights>
