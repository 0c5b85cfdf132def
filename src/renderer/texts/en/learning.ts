import type { Action } from '../../../shared/model/recommendation.ts'

const times = (n: number, shown: string, one: string, many: string): string => `${shown} ${n === 1 ? one : many}`

export const learningTexts = {
  title: 'What was learned',
  back: 'Policies',
  intro: 'Past decisions can teach the advice what is usual here. What was learned runs beside the weights in force until an officer activates it, and rules are never learned.',
  inForce: { default: 'Default weights in force', model: (id: string) => `Model ${id} in force` },

  history: 'Decisions to learn from',
  decisions: (n: number, shown: string) => times(n, shown, 'decision', 'decisions'),
  kept: 'kept', revoked: 'revoked',
  keptCount: (n: string) => `${n} kept`,
  revokedCount: (n: string) => `${n} revoked`,
  sources: {
    imported: (n: string) => `${n} imported`,
    blind: (n: string) => `${n} signed off here without seeing the advice`,
    corrected: (n: string) => `${n} revoked here and granted again within 30 days, counted as kept`,
    unknownEntitlement: (n: string) => `${n} about rights no source knows today; they count for department, title and manager only`,
  },
  leftOut: (seen: string, undecided: string) => `Left out: ${seen} decided with the advice in sight, ${undecided} left to look closer.`,
  missing: (kept: number, revoked: number) => {
    const parts = [kept === 0 ? null : `${kept} more kept`, revoked === 0 ? null : `${revoked} more revoked`].filter((part) => part !== null)
    return `${parts.join(' and ')} ${kept + revoked === 1 ? 'decision is' : 'decisions are'} needed before anything can be learned.`
  },
  nothing: 'Nothing to learn from yet',
  nothingText: 'Import decisions of the past, or let a campaign run: decisions signed off without seeing the advice count by themselves.',
  importText: 'Decisions of the past come in from a CSV file:',
  learn: 'Learn from them',
  learning: 'Learning',
  stop: 'Stop',
  stopped: 'Stopped. Nothing was kept.',
  learned: (id: string) => `Model ${id} was learned. It changes nothing yet.`,

  confidence: 'Confidence in numbers',
  /** Behind the word, once enough blind decisions exist. */
  chance: (percent: string) => `reviewers who did not see it decided the same in ${percent} of cases`,
  calibrated: (error: string, blind: string) => `Confidence is shown as a percentage, made from ${blind} blind decisions. It is off by ${error} on average.`,
  notCalibrated: (blind: string, needed: string) => `Confidence stays a word: ${blind} of the ${needed} blind decisions a percentage needs have been signed off under the weights in force.`,

  models: 'Models',
  model: (id: string) => `Model ${id}`,
  state: { shadow: 'In shadow', active: 'In force', retired: 'No longer in force' },
  learnedOn: (when: string, who: string, n: string) => `Learned ${when} by ${who} from ${n} decisions`,
  activate: 'Activate',
  activateTitle: (id: string) => `Activate model ${id}?`,
  activateText: (changed: number, shown: string) =>
    `Campaigns launched from now on use it: ${changed === 1 ? '1 recommendation of today changes' : `${shown} recommendations of today change`}. Running campaigns keep what they were launched with. The log will hold the hash of the report below.`,
  activated: (id: string) => `Model ${id} is in force.`,
  rollBack: 'Roll back',
  rollBackTitle: 'Roll back?',
  rollBackText: 'Campaigns launched from now on use what was in force before. Running campaigns keep what they have.',
  rolledBack: 'Rolled back.',
  reason: 'Reason',
  reasonHint: 'It goes into the evidence.',
  cancel: 'Cancel',

  changes: 'What would change',
  changesActive: 'What it changed',
  changed: (n: number, changed: string, all: string) =>
    n === 0 ? `None of ${all} recommendations changes.` : `${changed} of ${all} recommendations ${n === 1 ? 'changes' : 'change'}.`,
  ruled: (n: string) => `None of the ${n} that a rule decides is among them.`,
  ruledBroken: (n: string) => `${n} of them are decided by a rule. That must not be: do not activate this model.`,
  advice: { keep: 'keep', revoke: 'revoke', 'look-closer': 'look closer' } satisfies Record<Action, string>,
  move: (before: string, after: string) => `${before} → ${after}`,
  moveLabel: (before: string, after: string, n: string) => `From ${before} to ${after}: ${n}`,
  examples: 'Largest changes',
  exampleColumns: { person: 'Person', access: 'Access', before: 'Before', after: 'After' },

  heldOut: 'On decisions it had not seen',
  heldOutKept: (agreed: string, all: string) => `Of ${all} kept, ${agreed} would have been told the same way`,
  heldOutRevoked: (agreed: string, all: string) => `Of ${all} revoked, ${agreed} would have been told the same way`,
  ranking: (percent: string) => `Of one kept and one revoked decision, it finds out which is which in ${percent} of cases. Guessing would be half.`,

  statements: 'Habits it found',
  statementsText: 'What remains of each once all the others are considered. All bars are on one scale.',
  sides: { keep: 'Speak for keeping', revoke: 'Speak for revoking' },
  noStatements: 'Nothing was decided often enough to be told as a habit.',
  column: { entitlement: 'Access', 'same grant': 'This very grant', 'all attributes alike': 'The same job', department: 'Department', title: 'Title', manager: 'Manager' } as Readonly<Record<string, string>>,
  unknown: 'unknown',
  statement: (kept: string, revoked: string) => `${kept} kept, ${revoked} revoked`,
  forKeeping: (weight: string) => `${weight} for keeping`,
  forRevoking: (weight: string) => `${weight} for revoking`,
  moreStatements: (n: string) => `Show all ${n}`,

  imports: 'Imported files',
  importColumns: { file: 'File', when: 'Imported', rows: 'Rows', taken: 'Taken', rejected: 'Rejected', twice: 'Said twice', counts: 'Counts' },
  counts: 'Yes',
  withdrawn: (when: string) => `Withdrawn ${when}`,
  withdraw: 'Withdraw',
  withdrawLabel: (file: string) => `Withdraw ${file}`,
  withdrawTitle: 'Withdraw this import?',
  withdrawText: (n: string) => `Its ${n} decisions no longer count for what is learned from now on. Models that learned from them stay what they are.`,
  withdrawDone: 'Withdrawn.',
  reportHash: 'Report',
}
