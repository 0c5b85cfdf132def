// The report's words for the model's codes, and its way of writing numbers and times (UTC throughout).
import type { ReportItem } from '../../../shared/model/evidence-report.ts'
import type { CampaignRules, ExclusionReason, ReviewerBasis } from '../../../shared/model/campaign.ts'
import type { CustodyKind, PopulationTestKind, SampleAmong } from '../../../shared/model/report-facts.ts'
import type { IdentityKind } from '../../../shared/model/identity.ts'

export const outcomeWords: Record<ReportItem['outcome'], string> = {
  keep: 'Kept', revoke: 'Revoked', 'keep-until': 'Keep until', 'look-closer': 'Look closer', undecided: 'Undecided',
}

export const adviceWords: Record<ReportItem['advice'], string> = { keep: 'keep', revoke: 'revoke', 'look-closer': 'look closer' }

export const kindWords: Record<IdentityKind, string> = {
  employee: 'Employees', contractor: 'Contractors', guest: 'Guests', service: 'Service accounts', shared: 'Shared logins',
  unknown: 'Unmatched: no identity known',
}

export const oneOfKind: Record<IdentityKind, string> = {
  employee: 'employee', contractor: 'contractor', guest: 'guest', service: 'service account', shared: 'shared login',
    unknown: 'unmatched account',
}

export const basisWords: Record<ReviewerBasis, string> = {
  manager: 'line manager', 'managers-manager': 'manager of the line manager', owner: 'access owner', named: 'named reviewer',
  group: 'reviewer group', case: 'reviewer for this access', fallback: 'fallback reviewer', reassigned: 'handed on', delegate: 'delegate',
  escalated: 'escalation',
}

export const exclusionWords: Record<ExclusionReason, string> = {
  'source-out-of-scope': 'Source not in scope', 'application-out-of-scope': 'Application not in scope',
  'department-out-of-scope': 'Department not in scope', 'kind-out-of-scope': 'Kind of identity not in scope',
  'privilege-out-of-scope': 'Privilege not in scope', 'risk-out-of-scope': 'Risk not in scope',
  'not-new': 'Held before the “new since” date', 'entitlement-out-of-scope': 'Right not in scope', 'person-out-of-scope': 'Person not in scope',
  'used-lately': 'Used lately, or use unknown', 'not-orphan': 'Account has an owner', 'not-leaver': 'Person has not left', 'no-conflict': 'Part of no conflict',
  'in-none-of-the-sets': 'In none of the named sets',
}

export const reasonWords: Record<NonNullable<ReportItem['reasonCode']>, string> = {
  'still-needed': 'Still needed', 'needed-until-date': 'Needed until the date given', 'covers-for-colleague': 'Covers for a colleague',
  'not-needed': 'Not needed', 'changed-job': 'Changed job', left: 'Left', 'never-asked-for': 'Never asked for',
  'conflict-accepted': 'Conflict accepted', 'conflict-removed': 'Removes a conflict', 'ask-owner': 'Owner to be asked',
  'do-not-know-person': 'Reviewer does not know the person', other: 'Other reason',
}

export const reasonRequiredWords: Record<CampaignRules['reasonRequired'][number], string> = {
  revoke: 'a revoke', privileged: 'privileged access', flagged: 'flagged access', 'against-advice': 'a choice against the advice',
}

export const noAnswerWords: Record<CampaignRules['noAnswer'], string> = {
  'leave-open': 'stays undecided and is listed as an exception', keep: 'is kept', revoke: 'is revoked', 'follow-advice': 'follows the advice',
}

export const testWords: Record<PopulationTestKind, string> = {
  'hr-headcount': 'Complete against the HR headcount', 'console-count': 'Complete against the count in the system\'s own console',
  'second-report': 'Complete against a second report', 'list-to-system': 'Accurate, from the list to the system', 'system-to-list': 'Accurate, from the system to the list',
}

export const custodyWords: Record<CustodyKind, string> = {
  stored: 'Stored', 'handed-over': 'Handed over', returned: 'Returned', retention: 'To be kept', destroyed: 'Destroyed',
}

export const among: Record<SampleAmong, string> = {
  all: 'all', keep: 'kept', revoke: 'revoked', 'keep-until': 'kept until a date', 'look-closer': 'look closer', undecided: 'undecided',
}

/** The states of a removal read as words once the hyphens are gone. */
export function removalWords(state: string): string {
  return state.replaceAll('-', ' ')
}

export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',').replace('-', '−')
}

/** `1 item`, `2 items`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

export function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((part / whole) * 100)} %`
}

/** `2026-11-22T05:32:10.000Z` → `2026-11-22 05:32:10`. */
export function moment(time: string): string {
  return time.slice(0, 19).replace('T', ' ')
}

/** Thousandths of log-odds with their sign: `+1.250` speaks for keeping. */
export function score(thousandths: number): string {
  return `${thousandths < 0 ? '−' : '+'}${(Math.abs(thousandths) / 1000).toFixed(3)}`
}

export function fileSize(bytes: number): string {
  return `${count(bytes)} bytes`
}

/** First letters of a hash, enough to find it in evidence.json; the packet's full hash is there. */
export function shortHash(hash: string): string {
  return hash.replace(/^sha256:/i, '').slice(0, 12)
}

export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
}
