import type { Failure } from '../../api/failure.ts'
import type { CampaignState, ReviewerBasis } from '../../../shared/model/campaign.ts'
import type { Confidence, Action } from '../../../shared/model/recommendation.ts'
import type { IdentityKind } from '../../../shared/model/identity.ts'
import type { ItemState, ReasonCode } from '../../../shared/model/decision.ts'
import type { Privilege, Risk } from '../../../shared/model/entitlement.ts'

/** `1 item`, `2 items`: English plurals for the few nouns the screens count. */
const counted = (one: string, many: string) => (n: number, shown: string): string => `${shown} ${n === 1 ? one : many}`

const failureTitle: Record<Failure['kind'], string> = {
  NOT_FOUND: 'This is not here any more',
  NOT_ALLOWED: 'You may not do this here',
  INVALID: 'Muster cannot accept this',
  CONFLICT: 'Something changed in the meantime',
  WRONG_PASSPHRASE: 'That passphrase does not open your key',
  SOURCE: 'A source could not be read',
  STORE: 'The workspace could not be read or written',
  CANCELLED: 'Stopped before it was done',
  INTERNAL: 'Something went wrong inside Muster',
  NO_ANSWER: 'Muster’s engine does not answer',
  NO_SESSION: 'This page has no session',
}

const failureAdvice: Record<Failure['kind'], string> = {
  NOT_FOUND: 'Go back and choose again from the list.',
  NOT_ALLOWED: 'Ask the compliance officer of this workspace to give you the role you need.',
  INVALID: 'Nothing was changed. Correct it and try again.',
  CONFLICT: 'Nothing was overwritten. Reload to see how things stand now.',
  WRONG_PASSPHRASE: 'Nothing was signed and nothing was lost. Type it again.',
  SOURCE: 'Nothing was changed. Check the file and run the sync again.',
  STORE: 'Everything acknowledged so far is kept. Check that the disk has room and that the folder is still there, then try again.',
  CANCELLED: 'Nothing half-done was kept. You can start again.',
  INTERNAL: 'Everything acknowledged so far is kept. Try again; if it happens again, the log has the details.',
  NO_ANSWER: 'Every decision that was acknowledged is kept on disk. Check that Muster is still running, then try again.',
  NO_SESSION: 'Open the address Muster printed when it started (it carries a session key), or start it again with',
}

export const commonTexts = {
  appName: 'Muster',
  skipToContent: 'Skip to the content',
  navigation: 'Main',
  navigationItems: { today: 'Today', sources: 'Sources', people: 'People & access', review: 'Review', campaigns: 'Campaigns', packets: 'Packets', packet: 'Packet', remediation: 'Remediation', evidence: 'Evidence', policies: 'Policies', settings: 'Settings' },
  sampleOrganisation: 'Sample organisation',
  sampleHint: 'Invented people and files. Nothing you do here reaches a real system.',
  asOf: (date: string) => `As of ${date}`,
  asOfHint: 'Everything on screen is judged as of this day.',
  theme: { label: 'Appearance', system: 'As the system', light: 'Light', dark: 'Dark' },
  person: { menu: (name: string) => `You are ${name}`, roles: { officer: 'Compliance officer', reviewer: 'Reviewer', auditor: 'Auditor' } },
  enrolled: 'Signing key ready',
  notEnrolled: 'No signing key yet',
  keyNames: { control: 'Ctrl' },
  close: 'Close',
  cancel: 'Cancel',
  retry: 'Try again',
  reload: 'Reload',
  copy: 'Copy',
  copied: 'Copied',
  copyCommand: (command: string) => `Copy the command ${command}`,
  quoted: (text: string) => `“${text}”`,
  loading: 'Loading',
  files: {
    sending: (name: string) => `Bringing in ${name}`,
    failed: 'The file could not be brought in',
    failedText: 'Nothing of it was kept. Check that Muster is still running and the disk has room, then try again.',
    stop: 'Stop',
    takeAway: 'Take away',
  },
  logId: (id: string) => `Log entry ${id}`,
  failureTitle,
  failureAdvice,
  pageMissing: 'There is no such page',
  backToToday: 'Back to Today',
  none: 'none',
  unknown: 'unknown',
  items: counted('item', 'items'),
  people: counted('person', 'people'),
  days: counted('day', 'days'),
  months: counted('month', 'months'),
  campaignCount: counted('campaign', 'campaigns'),
  years: counted('year', 'years'),
  decisions: counted('decision', 'decisions'),
  daysBefore: (date: string, days: string) => `${date}, ${days} ago`,
  outcome: { keep: 'Keep', revoke: 'Revoke', 'keep-until': 'Keep until', 'look-closer': 'Look closer' },
  state: {
    undecided: 'Undecided', keep: 'Kept', revoke: 'Revoked', 'keep-until': 'Kept until a date', 'look-closer': 'Looking closer',
  } satisfies Record<ItemState, string>,
  advice: { keep: 'keep', revoke: 'revoke', 'look-closer': 'look closer' } satisfies Record<Action, string>,
  confidence: { low: 'low confidence', medium: 'medium confidence', high: 'high confidence' } satisfies Record<Confidence, string>,
  privilege: { none: 'Ordinary', elevated: 'Elevated', admin: 'Admin' } satisfies Record<Privilege, string>,
  risk: { low: 'Low risk', medium: 'Medium risk', high: 'High risk', critical: 'Critical risk' } satisfies Record<Risk, string>,
  riskShort: { low: 'Low', medium: 'Medium', high: 'High', critical: 'Critical' } satisfies Record<Risk, string>,
  kind: {
    employee: 'Employee', contractor: 'Contractor', guest: 'Guest', service: 'Service account', shared: 'Shared login',
      unknown: 'No known owner',
  } satisfies Record<IdentityKind, string>,
  basis: {
    manager: 'you are the manager', 'managers-manager': 'you are the manager’s manager', owner: 'you own this access',
    named: 'you were named as reviewer', group: 'you belong to the reviewing group', case: 'this access was given to you to review',
    fallback: 'nobody else could be found to review it', reassigned: 'it was handed on to you', delegate: 'you stand in for somebody',
    escalated: 'it had waited too long',
  } satisfies Record<ReviewerBasis, string>,
  campaignState: { draft: 'Draft', running: 'Running', closed: 'Closed', sealed: 'Sealed' } satisfies Record<CampaignState, string>,
  reason: {
    'still-needed': 'Still needed for the work',
    'needed-until-date': 'Needed until a known date',
    'covers-for-colleague': 'Covers for a colleague',
    'not-needed': 'Not needed any more',
    'changed-job': 'Changed job',
    left: 'Has left',
    'never-asked-for': 'Was never asked for',
    'conflict-accepted': 'Conflict known and accepted',
    'conflict-removed': 'Removes a conflict',
    'ask-owner': 'The owner should answer first',
    'do-not-know-person': 'I do not know this person or account',
    other: 'Another reason',
  } satisfies Record<ReasonCode, string>,
}
