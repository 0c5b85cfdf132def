import { z } from 'zod'
import { isoDate, isoTime } from './time.ts'
import { privilege, risk } from './entitlement.ts'
import { sourceKind } from './source.ts'

/**
 * How far carrying out a revoke has come. Nobody's word makes it `verified-gone`: only a later complete snapshot of the source does.
 * `withdrawn`: not to be carried out after all. `restoring`: it was, wrongly, and is to be given again; `restored`: a snapshot shows it again.
 */
export const remediationState = z.enum(['planned', 'requested', 'applied', 'verified-gone', 'came-back', 'withdrawn', 'restoring', 'restored'])

/** Why it is to go: somebody's signed decision, the campaign's rule for items nobody answered, or a keep-until day that has passed. */
export const remediationBasis = z.enum(['decision', 'no-answer', 'until-passed'])

/** How the account holds the right, which decides what really has to be removed. */
export const holdingWay = z.enum(['direct', 'nested', 'application-through-group', 'dynamic', 'synced', 'mail-enabled', 'managed-elsewhere', 'built-in'])

/** By whom the source is changed. `list`: a person works a printed or saved list off. */
export const remediationMeans = z.enum(['connector', 'ticket', 'list'])

/** What Muster may do by itself. `advise`: it says what to do, and people do it elsewhere. */
export const actMode = z.enum(['advise', 'approve', 'automatic'])

/** Rules an officer can name for carrying out revokes without asking again; each is low risk by itself. */
export const automaticRule = z.enum(['low-risk-direct', 'left-the-organisation', 'disabled-account'])

/** How a right is given back after a wrong revoke. */
export const restoreMeans = z.enum(['connector', 'ticket'])

/** What a ticket system says of a ticket: being worked on, done, ended without being done, or unknown there. */
export const ticketState = z.enum(['open', 'done', 'dropped', 'missing'])

/** What the source said when it was asked to give a right back. */
export const restoreOutcome = z.enum(['given', 'already-held', 'refused', 'failed'])

const ticketUrl = z.url({ protocol: /^https$/ })

export const serviceNowDesk = z.object({
  /** `https://company.service-now.com` */
  url: ticketUrl, userName: z.string().min(1).max(200), table: z.string().regex(/^[a-z][a-z0-9_]{0,79}$/).default('incident'),
  assignmentGroup: z.string().max(200).nullable().default(null),
})
export const jiraDesk = z.object({
  /** `https://company.atlassian.net` */
  url: ticketUrl, userName: z.string().min(1).max(200), project: z.string().regex(/^[A-Z][A-Z0-9_]{0,79}$/), issueType: z.string().min(1).max(80).default('Task'),
})
export const ticketSystem = z.enum(['servicenow', 'jira'])

export const remediationSettings = z.object({
  mode: actMode.default('advise'),
  automatic: z.array(automaticRule).default([]),
  /** Days from planning to proof: for privileged, high-risk and critical rights, and for all others. */
  slaDays: z.object({ urgent: z.int().min(1).max(365), standard: z.int().min(1).max(365) }).default({ urgent: 3, standard: 14 }),
  /** Whoever decided a revoke may not carry it out themselves. */
  separatesDuties: z.boolean().default(true),
  serviceNow: serviceNowDesk.nullable().default(null),
  jira: jiraDesk.nullable().default(null),
})

/** What has to be removed so that the right is really gone, and whom that hits besides. */
export const remediationEffect = z.object({
  way: holdingWay,
  /** The right to take from the account itself: the reviewed one, or the group the account is directly in. */
  remove: z.object({ nativeId: z.string(), name: z.string() }),
  /** The connector can take this away as it stands. */
  byConnector: z.boolean(),
  /** Why the connector does not, and what would work; null where it does. */
  reason: z.string().nullable(),
  instead: z.string().nullable(),
  /** Other rights the account loses with it: how many, and the first of them by name. */
  alsoLost: z.object({ count: z.int(), names: z.array(z.string()) }),
  /** Accounts that would lose it too if the path were cut at the group instead of at the account. */
  othersThroughPath: z.int(),
  /** Ways by which the account would still hold the same right afterwards. */
  stillHeldThrough: z.array(z.string()),
})

export const remediation = z.object({
  id: z.int(),
  campaign: z.int(),
  campaignName: z.string(),
  /** The first item of the grant in its campaign. */
  item: z.int(),
  basis: remediationBasis,
  state: remediationState,
  source: z.string(),
  sourceKind,
  account: z.string(),
  accountName: z.string(),
  subjectName: z.string(),
  application: z.string(),
  entitlement: z.string(),
  entitlementName: z.string(),
  privilege,
  risk,
  path: z.string(),
  /** Native id and name of what the account holds directly and has to lose. */
  remove: z.object({ nativeId: z.string(), name: z.string() }),
  way: holdingWay,
  decidedBy: z.array(z.string()),
  decidedAt: isoTime.nullable(),
  plannedOn: isoDate,
  dueOn: isoDate,
  isOverdue: z.boolean(),
  means: remediationMeans.nullable(),
  ticket: z.object({ system: ticketSystem, key: z.string(), url: z.string() }).nullable(),
  requestedBy: z.string().nullable(),
  requestedAt: isoTime.nullable(),
  appliedBy: z.string().nullable(),
  appliedAt: isoTime.nullable(),
  /** What the connector said last, where it did not remove it. */
  hindrance: z.string().nullable(),
  /** The snapshot that proved it gone, or showed it again. */
  proof: z.object({ snapshot: z.int(), asOf: isoDate, takenAt: isoTime, contentHash: z.string() }).nullable(),
  /** It was applied, and a later snapshot shows it all the same. */
  isStillThere: z.boolean(),
  /** The right came back and nobody has answered the alarm yet. */
  isAlarm: z.boolean(),
  /** Use of the right seen after the decision, by the daily work; null = none seen so far. */
  usedAfter: z.string().nullable(),
  /** What the ticket system said last. */
  ticketState: z.object({ state: ticketState, said: z.string(), at: isoTime }).nullable(),
  /** How a wrong revoke is given back; `givenAt`: somebody says it was. Null before anybody asked for it. */
  restore: z.object({
    means: restoreMeans, ticket: z.object({ system: ticketSystem, key: z.string(), url: z.string() }).nullable(), requestedBy: z.string(), requestedAt: isoTime,
    givenAt: isoTime.nullable(),
  }).nullable(),
})

/** One recorded step, for the timeline. */
export const remediationStep = z.object({
  at: isoTime, by: z.string(), eventSeq: z.int(),
  kind: z.enum([
    'planned', 'requested', 'removed', 'already-gone', 'refused', 'failed', 'done-by-hand', 'verified-gone', 'still-there', 'came-back', 'reopened', 'withdrawn',
    'restoring', 'restored', 'ticket-done', 'ticket-dropped', 'ticket-missing', 'used-after', 'restore-requested', 'given', 'restore-refused', 'restore-failed',
  ]),
  detail: z.string(),
})

/** Use of the right after the decision: the last day seen, and until when sign-ins are known at all. Null = none seen / none read. */
export const useAfterDecision = z.object({ lastUsed: z.string().nullable(), knownUntil: z.string().nullable() })

export const remediationDetail = remediation.extend({ effect: remediationEffect, steps: z.array(remediationStep), lookback: useAfterDecision, isProtected: z.boolean() })

export const remediationCounts = z.object({
  byState: z.record(remediationState, z.int()), overdue: z.int(), alarms: z.int(), stillThere: z.int(),
  /** Rights not proved gone yet that were used after the decision. */
  usedAfter: z.int(),
  /** Final revokes of closed campaigns that are not in the plan yet. */
  unplanned: z.int(),
})

/** What trying (or doing) it by connector came to, for one item. */
export const applyOutcome = z.object({
  id: z.int(), outcome: z.enum(['would-remove', 'removed', 'already-gone', 'refused', 'failed']),
  request: z.string().nullable(), detail: z.string(), instead: z.string().nullable(),
})

/** What trying (or doing) to give it back by connector came to, for one item. */
export const giveBackOutcome = z.object({
  id: z.int(), outcome: z.enum(['would-give', 'given', 'already-held', 'refused', 'failed']),
  request: z.string().nullable(), detail: z.string(), instead: z.string().nullable(),
})

/** The facts a report prints for one remediation. */
export const remediationFact = z.object({
  remediation: z.int(), item: z.int(), basis: remediationBasis, state: remediationState, source: z.string(), account: z.string(), entitlement: z.string(),
  path: z.string(), removed: z.string(), means: remediationMeans.nullable(), ticket: z.string().nullable(), requestedBy: z.string().nullable(),
  requestedAt: isoTime.nullable(), appliedBy: z.string().nullable(), appliedAt: isoTime.nullable(), plannedOn: isoDate, dueOn: isoDate,
  /** Proved gone after its due day; null while it is not proved. */
  isLate: z.boolean().nullable(),
  absentIn: z.object({ snapshot: z.int(), asOf: isoDate, contentHash: z.string() }).nullable(),
  cameBackIn: z.object({ snapshot: z.int(), asOf: isoDate, contentHash: z.string() }).nullable(),
  lastUsedAfterDecision: z.string().nullable(), usageKnownUntil: z.string().nullable(),
})

export type RemediationState = z.infer<typeof remediationState>
export type RemediationBasis = z.infer<typeof remediationBasis>
export type HoldingWay = z.infer<typeof holdingWay>
export type AutomaticRule = z.infer<typeof automaticRule>
export type TicketSystem = z.infer<typeof ticketSystem>
export type ServiceNowDesk = z.infer<typeof serviceNowDesk>
export type JiraDesk = z.infer<typeof jiraDesk>
export type RemediationSettings = z.infer<typeof remediationSettings>
export type RemediationEffect = z.infer<typeof remediationEffect>
export type Remediation = z.infer<typeof remediation>
export type RemediationStep = z.infer<typeof remediationStep>
export type RemediationDetail = z.infer<typeof remediationDetail>
export type RemediationCounts = z.infer<typeof remediationCounts>
export type ApplyOutcome = z.infer<typeof applyOutcome>
export type GiveBackOutcome = z.infer<typeof giveBackOutcome>
export type RestoreOutcome = z.infer<typeof restoreOutcome>
export type TicketState = z.infer<typeof ticketState>
export type RemediationFact = z.infer<typeof remediationFact>
export type UseAfterDecision = z.infer<typeof useAfterDecision>
