import { z } from 'zod'
import { isoDate, isoTime } from './time.ts'
import { identityKind } from './identity.ts'
import { privilege, risk } from './entitlement.ts'

export const campaignState = z.enum(['draft', 'running', 'closed', 'sealed'])

const scopeParts = {
  sources: z.array(z.string()).default([]),
  applications: z.array(z.string()).default([]),
  departments: z.array(z.string()).default([]),
  identityKinds: z.array(identityKind).default([]),
  privileges: z.array(privilege).default([]),
  risks: z.array(risk).default([]),
  /** Grants first seen after this date only. */
  newSince: isoDate.nullable().default(null),
  /** Rights and people by the sources' own ids or addresses. */
  entitlements: z.array(z.string()).default([]),
  people: z.array(z.string()).default([]),
  /** No use seen for at least this many days, in a window that covers them. */
  unusedForDays: z.int().min(1).nullable().default(null),
  onlyOrphans: z.boolean().default(false),
  /** Access of people HR says have left. */
  onlyLeavers: z.boolean().default(false),
  onlyConflicts: z.boolean().default(false),
} as const

/** A set of grants: every part narrows, an empty part does not. */
export const scopePart = z.object(scopeParts)

/** Which grants are reviewed: all parts must match, and where `anyOf` names sets, at least one of those as well. */
export const campaignScope = z.object({
  ...scopeParts,
  /** "Privileged or high-risk": a grant in any of these sets is in scope. Empty = no such condition. */
  anyOf: z.array(scopePart).default([]),
})

/** Two people reviewing each other; reviewing somebody one reports to; reviewing a privileged right one holds. */
export const reviewConflict = z.enum(['circular', 'reports-to-subject', 'same-right'])

/** Who reviews: tried in this order, never oneself; what nobody takes goes to the fallback. */
export const reviewerRule = z.object({
  order: z.array(z.enum(['manager', 'managers-manager', 'owner', 'named', 'group'])).min(1).default(['manager', 'owner']),
  /** E-mail of the one reviewer for `named`. */
  named: z.string().nullable().default(null),
  /** E-mails for `group`: its items are shared out evenly. */
  group: z.array(z.string()).default([]),
  /** Asked before the order: grants in this set go to this person. */
  cases: z.array(z.object({ scope: scopePart, reviewer: z.string() })).default([]),
  /** Nobody gets more than this; what is over goes to the next in the order. Null = no limit. */
  mostItems: z.int().min(1).nullable().default(null),
  /** `first`: the first in the order who can. `all`: everybody in the order who can, each answering for themself. */
  ask: z.enum(['first', 'all']).default('first'),
  /** E-mail of the person who takes what nobody else can; the officer by default. */
  fallback: z.string(),
  /** Reviews that are no independent look and go to the next in the order instead. Absent = they are only told before the launch. */
  avoids: z.array(reviewConflict).exactOptional(),
})

/** Rules fixed before launch; their hash goes into the evidence. */
export const campaignRules = z.object({
  dueOn: isoDate,
  /** What becomes of items nobody decided by the close. */
  noAnswer: z.enum(['leave-open', 'keep', 'revoke', 'follow-advice']).default('leave-open'),
  reasonRequired: z.array(z.enum(['revoke', 'privileged', 'flagged', 'against-advice'])).default(['privileged', 'flagged', 'against-advice']),
  /** Share of items, drawn by seed, whose advice stays hidden until the reviewer has chosen (percent). */
  controlSharePercent: z.int().min(0).max(100).default(5),
  /** Whether access that has not changed since it was last reviewed may be attested together, and alike low-risk access kept in bulk. Absent = yes. */
  allowAttestation: z.boolean().exactOptional(),
  allowBulk: z.boolean().exactOptional(),
})

export const controlDescription = z.object({
  id: z.string().default('AC-1'),
  text: z.string().default('Access rights are reviewed by the responsible manager and revoked where no longer needed.'),
  owner: z.string().default(''),
  frequency: z.string().default('quarterly'),
  frameworks: z.array(z.string()).default([]),
})

/** How several answers about one grant become one. Looking closer is no answer; without any answer the grant is undecided. */
export const outcomeStrategy = z.enum(['one-revoke-revokes', 'all-must-keep', 'majority', 'first-answer'])

/** A further round, opened by the officer when the one before is over. */
export const stageRule = z.object({
  name: z.string().min(1).max(80),
  reviewers: reviewerRule,
  strategy: outcomeStrategy.default('one-revoke-revokes'),
  /** Grants that came to one of these so far, in whichever stage, come before somebody again; the others' outcome stands. */
  takes: z.array(z.enum(['keep', 'revoke', 'look-closer', 'undecided'])).min(1).default(['look-closer', 'undecided']),
  /** Whether its reviewers see what was decided before, and by whom. */
  isInformed: z.boolean().default(false),
  /** Due this many days after it opens. */
  days: z.int().min(1).max(365).default(14),
})

/** What happens, and when, while items wait for an answer; days before (negative) or after the due day, in working days. */
export const escalationStep = z.object({ day: z.int().min(-90).max(90), action: z.enum(['remind', 'add-manager', 'replace-by-manager', 'replace-by-fallback']) })

export const campaignSpec = z.object({
  name: z.string().min(1).max(200),
  scope: campaignScope,
  reviewers: reviewerRule,
  /** How the first stage's answers become one, where several people are asked about a grant. */
  strategy: outcomeStrategy.default('one-revoke-revokes'),
  stages: z.array(stageRule).max(5).default([]),
  escalation: z.array(escalationStep).default([{ day: -3, action: 'remind' }]),
  rules: campaignRules,
  control: controlDescription,
})

/** Why a grant in the snapshots is not reviewed; every grant is either an item or one of these. */
export const exclusionReason = z.enum([
  'source-out-of-scope', 'application-out-of-scope', 'department-out-of-scope', 'kind-out-of-scope',
  'privilege-out-of-scope', 'risk-out-of-scope', 'not-new', 'entitlement-out-of-scope', 'person-out-of-scope', 'used-lately', 'not-orphan', 'not-leaver',
  'no-conflict', 'in-none-of-the-sets',
])

export const reviewerBasis = z.enum(['manager', 'managers-manager', 'owner', 'named', 'group', 'case', 'fallback', 'reassigned', 'delegate', 'escalated'])

/** What a reviewer should answer about a planted item. */
export const plantedAnswer = z.enum(['keep', 'revoke'])

/** An item whose right answer was known beforehand. Its reviewers: how many were `asked`, have `answered`, and said what was expected. */
export const plantedItem = z.object({
  item: z.int(), subject: z.string(), account: z.string(), source: z.string(), application: z.string(), entitlement: z.string(), expected: plantedAnswer,
  note: z.string(), plantedBy: z.string(), plantedAt: isoTime, asked: z.int(), answered: z.int(), right: z.int(),
})

export const campaign = z.object({
  id: z.int(),
  spec: campaignSpec,
  state: campaignState,
  asOf: isoDate,
  createdAt: isoTime,
  createdBy: z.string(),
  launchedAt: isoTime.nullable(),
  closedAt: isoTime.nullable(),
  /** The day it is due as of now: the rules' day, or what the officer extended it to, or the open stage's. */
  dueOn: isoDate,
  /** The open stage, counted from 1. */
  stage: z.int().min(1),
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

export type PlantedAnswer = z.infer<typeof plantedAnswer>
export type PlantedItem = z.infer<typeof plantedItem>
export type CampaignState = z.infer<typeof campaignState>
export type CampaignScope = z.infer<typeof campaignScope>
export type ScopePart = z.infer<typeof scopePart>
export type OutcomeStrategy = z.infer<typeof outcomeStrategy>
export type StageRule = z.infer<typeof stageRule>
export type EscalationStep = z.infer<typeof escalationStep>
export type ReviewerRule = z.infer<typeof reviewerRule>
export type CampaignRules = z.infer<typeof campaignRules>
export type CampaignSpec = z.infer<typeof campaignSpec>
export type ExclusionReason = z.infer<typeof exclusionReason>
export type ReviewConflict = z.infer<typeof reviewConflict>
export type ReviewerBasis = z.infer<typeof reviewerBasis>
export type Campaign = z.infer<typeof campaign>
export type PopulationTotals = z.infer<typeof populationTotals>
export type CampaignProgress = z.infer<typeof campaignProgress>
