import type { Actor } from '../use-cases/context.ts'

type Reads = Readonly<Record<string, readonly string[]>>

/**
 * What somebody who is an auditor and nothing else may ask: it reads and records nothing. Whatever is not named is refused, so a procedure written
 * later is closed to them until somebody says here that it only reads.
 */
export const auditorReads: Reads = {
  workspace: ['session', 'status', 'protection', 'airGap', 'people'],
  sources: ['list', 'secretsState', 'runs', 'run', 'rejects'],
  inventory: ['search', 'person', 'personAccess', 'entitlement', 'holders', 'entitlementUsage', 'orphans', 'confirmedMatches', 'undescribed', 'snapshots', 'snapshotRows'],
  campaigns: ['list', 'choices', 'population', 'items', 'planted', 'figures', 'history', 'status', 'withoutReviewer'],
  calendar: ['delegations', 'holidays', 'settings', 'recurrences', 'microRules', 'microCases', 'dailyWork', 'lettersWaiting', 'notes'],
  review: ['mine', 'queue', 'item', 'colleagues', 'effect', 'together', 'unchangedLines', 'questions', 'signOffSummary'],
  evidence: ['notes', 'sample', 'frameworks', 'bundles', 'verify', 'verifySteps', 'timeAuthority', 'checkLog'],
  languageModel: ['status', 'word', 'record'],
  policies: ['sodRules', 'sodOverview', 'previewRule', 'conflicts', 'whatIf', 'library', 'tags', 'tagged', 'suggestTags', 'exemptions', 'protectedObjects'],
  learning: ['overview', 'rejects', 'show'],
  packets: ['addressees', 'list', 'own'],
  remediation: ['counts', 'list', 'detail', 'workList', 'facts', 'actMode'],
  // What they began, checking a bundle, is theirs to stop and to put away.
  work: ['list', 'stop', 'dismiss'],
  mail: ['settings', 'letters'],
  // Their own key is theirs to lock anew.
  keys: ['show', 'revocationList', 'changePassphrase'],
}

/** Everybody with another role may ask what that role may; the use cases have the word there. */
export function isClosedTo({ roles }: Actor, [area = '', name = '']: readonly string[]): boolean {
  return roles.length > 0 && roles.every((role) => role === 'auditor') && auditorReads[area]?.includes(name) !== true
}
