import { z } from 'zod'
import { isoDate, isoTime } from './time.ts'
import { identityKind } from './identity.ts'
import { privilege, risk } from './entitlement.ts'

export const campaignState = z.enum(['draft', 'running', 'closed', 'sealed'])

/** Which grants are reviewed. Every part narrows; an empty part does not. All fields of one grant must match. */
export const campaignScope = z.object({
  sources: z.array(z.string()).default([]),
  applications: z.array(z.string()).default([]),
  departments: z.array(z.string()).default([]),
  identityKinds: z.array(identityKind).default([]),
  privileges: z.array(privilege).default([]),
  risks: z.array(risk).default([]),
  /** Grants first seen after this date only. */
  newSince: isoDate.nullable().default(null),
})

/** Who reviews: tried in this order, never oneself; what nobody takes goes to the fallback. */
export const reviewerRule = z.object({
  order: z.array(z.enum(['manager', 'owner', 'named'])).min(1).default(['manager', 'owner']),
  /** E-mail of the one reviewer for `named`. */
  named: z.string().nullable().default(null),
  /** E-mail of the person who takes what nobody else can; the officer by default. */
  fallback: z.string(),
})

/** Rules fixed before launch; their hash goes into the evidence. */
export const campaignRules = z.object({
  dueOn: isoDate,
  /** What becomes of items nobody decided by the close. */
  noAnswer: z.enum(['leave-open', 'revoke']).default('leave-open'),
  reasonRequired: z.array(z.enum(['revoke', 'privileged', 'flagged', 'against-advice'])).default(['privileged', 'flagged', 'against-advice']),
  /** Share of items, drawn by seed, whose advice stays hidden until the reviewer has chosen (percent). */
  controlSharePercent: z.int().min(0).max(100).default(5),
})

export const controlDescription = z.object({
  id: z.string().default('AC-1'),
  text: z.string().default('Access rights are reviewed by the responsible manager and revoked where no longer needed.'),
  owner: z.string().default(''),
  frequency: z.string().default('quarterly'),
  frameworks: z.array(z.string()).default([]),
})

export const campaignSpec = z.object({
  name: z.string().min(1).max(200),
  scope: campaignScope,
  reviewers: reviewerRule,
  rules: campaignRules,
  control: controlDescription,
})

/** Why a grant in the snapshots is not reviewed; every grant is either an item or one of these. */
export const exclusionReason = z.enum([
  'source-out-of-scope', 'application-out-of-scope', 'department-out-of-scope', 'kind-out-of-scope',
  'privilege-out-of-scope', 'risk-out-of-scope', 'not-new',
])

export const reviewerBasis = z.enum(['manager', 'owner', 'named', 'fallback'])

export const campaign = z.object({
  id: z.int(),
  spec: campaignSpec,
  state: campaignState,
  asOf: isoDate,
  createdAt: isoTime,
  createdBy: z.string(),
  launchedAt: isoTime.nullable(),
  closedAt: isoTime.nullable(),
})

/** population = inReview + excluded, or the campaign does not launch. */
export const populationTotals = z.object({
  population: z.int(),
  inReview: z.int(),
  excluded: z.array(z.object({ reason: exclusionReason, grants: z.int() })),
  difference: z.int(),
})

export const campaignProgress = z.object({
  items: z.int(),
  undecided: z.int(),
  kept: z.int(),
  revoked: z.int(),
  keptUntil: z.int(),
  lookCloser: z.int(),
  signedOff: z.int(),
})

export type CampaignState = z.infer<typeof campaignState>
export type CampaignScope = z.infer<typeof campaignScope>
export type ReviewerRule = z.infer<typeof reviewerRule>
export type CampaignRules = z.infer<typeof campaignRules>
export type CampaignSpec = z.infer<typeof campaignSpec>
export type ExclusionReason = z.infer<typeof exclusionReason>
export type ReviewerBasis = z.infer<typeof reviewerBasis>
export type Campaign = z.infer<typeof campaign>
export type PopulationTotals = z.infer<typeof populationTotals>
export type CampaignProgress = z.infer<typeof campaignProgress>
