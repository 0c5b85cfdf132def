import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { campaignSpec, escalationStep, reviewConflict, type CampaignSpec, type EscalationStep } from '../../../../shared/model/campaign.ts'
import { identityKind } from '../../../../shared/model/identity.ts'
import { privilege, risk } from '../../../../shared/model/entitlement.ts'
import { collect } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'

type Many = readonly string[]

export interface CampaignOptions {
  readonly spec?: string
  readonly name?: string
  readonly due?: string
  readonly source?: Many
  readonly application?: Many
  readonly department?: Many
  readonly kind?: Many
  readonly privilege?: Many
  readonly risk?: Many
  readonly newSince?: string
  readonly entitlement?: Many
  readonly person?: Many
  readonly unusedFor?: string
  readonly orphans?: boolean
  readonly leavers?: boolean
  readonly conflicts?: boolean
  readonly reviewers?: string
  readonly named?: string
  readonly ask?: string
  readonly groupMember?: Many
  readonly avoid?: Many
  readonly mostItems?: string
  readonly fallback?: string
  readonly unanswered?: string
  readonly reasonFor?: Many
  readonly controlShare?: string
  readonly controlId?: string
  readonly controlText?: string
  readonly controlOwner?: string
  readonly frequency?: string
  readonly framework?: Many
  /** False: none at all. */
  readonly ladder?: Many | false
}

export const withCampaignOptions = (command: Command): Command =>
  command
    .option('--spec <file>', 'JSON file with the whole campaign; the options below go over it')
    .option('--name <name>', 'what reviewers and auditors will call it')
    .option('--due <date>', 'last day to decide, YYYY-MM-DD')
    .option('--source <name>', 'only grants of this source; may be repeated', collect)
    .option('--application <name>', 'only this application; may be repeated', collect)
    .option('--department <name>', 'only people of this department; may be repeated', collect)
    .option('--kind <kind>', `only ${identityKind.options.join(', ')}; may be repeated`, collect)
    .option('--privilege <level>', `only ${privilege.options.join(', ')}; may be repeated`, collect)
    .option('--risk <level>', `only ${risk.options.join(', ')}; may be repeated`, collect)
    .option('--new-since <date>', 'only grants first seen after this day')
    .option('--entitlement <id>', 'only this right, by its source\'s own id; may be repeated', collect)
    .option('--person <email>', 'only this person\'s access; may be repeated', collect)
    .option('--unused-for <days>', 'only what was seen unused for at least this long')
    .option('--orphans', 'only accounts that belong to nobody')
    .option('--leavers', 'only access of people HR lists as inactive or gone')
    .option('--conflicts', 'only access that is part of a separation-of-duties conflict')
    .option('--reviewers <order>', 'who reviews, tried in this order: manager, managers-manager, owner, named, group (default: manager,owner)')
    .option('--ask <whom>', 'first who can, or all who can, each for themself (default: first)')
    .option('--group-member <email>', 'a reviewer meant by "group" in --reviewers; may be repeated', collect)
    .option('--avoid <conflict>', `reviews that are no independent look go to the next in the order: ${reviewConflict.options.join(', ')}; may be repeated`, collect)
    .option('--most-items <n>', 'nobody gets more than this; what is over goes to the next in the order')
    .option('--named <email>', 'the reviewer meant by "named" in --reviewers')
    .option('--fallback <email>', 'who takes what nobody else can (default: the officer)')
    .option('--unanswered <outcome>', 'leave-open, keep, revoke or follow-advice (default: leave-open)')
    .option('--reason-for <case>', 'ask a reason for revoke, privileged, flagged, against-advice; may be repeated', collect)
    .option('--control-share <percent>', 'share of items whose advice stays hidden until the choice (default: 5)')
    .option('--control-id <id>', 'the control this proves (default: AC-1)')
    .option('--control-text <text>', 'its wording')
    .option('--control-owner <name>', 'its owner')
    .option('--frequency <text>', 'how often (default: quarterly)')
    .option('--framework <name>', 'framework it belongs to; may be repeated', collect)
    .option('--ladder <step>', 'what happens while nobody answers, by working days before (-) or after the due day: -3=remind; may be repeated', collect)
    .option('--no-ladder', 'nothing happens by itself')

/** One step of a ladder as typed: `-3=remind`. */
export const ladderStep = (text: string): EscalationStep => {
  const [day = '', action] = text.split('=')
  const step = escalationStep.safeParse({ day: /^[-+]?\d+$/.test(day) ? Number(day) : Number.NaN, action })
  if (!step.success) throw new CommandRefusal(`"${text}" is no step; write a day from -90 to 90 and one of ${escalationStep.shape.action.options.join(', ')}, such as -3=remind.`)
  return step.data
}

const ladderOf = (ladder: CampaignOptions['ladder']): readonly EscalationStep[] | undefined => (ladder === false ? [] : ladder?.map(ladderStep))

const record = z.record(z.string(), z.unknown())

const fromFile = async (cwd: string, file: string): Promise<Record<string, unknown>> => {
  try {
    return record.parse(JSON.parse(await readFile(resolve(cwd, file), 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw error
    throw new CommandRefusal(`${file} is not a campaign (a JSON object was expected).`)
  }
}

const given = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

const part = (file: Record<string, unknown>, name: string): Record<string, unknown> => record.catch({}).parse(file[name] ?? {})

/** Options over the file (or over `before`) over the organisation's `ladder` and the defaults, checked by the same schema as everybody else's. */
export const campaignSpecFrom = async (
  cwd: string, options: CampaignOptions, officer: string, before: Record<string, unknown> = {}, ladder?: readonly EscalationStep[],
): Promise<CampaignSpec> => {
  const file = options.spec === undefined ? before : await fromFile(cwd, options.spec)
  const percent = options.controlShare === undefined ? undefined : Number(options.controlShare)
  const whole = {
    ...given({ escalation: ladder }),
    ...file,
    ...given({ name: options.name, escalation: ladderOf(options.ladder) }),
    scope: {
      ...part(file, 'scope'),
      ...given({
        sources: options.source, applications: options.application, departments: options.department, identityKinds: options.kind,
        privileges: options.privilege, risks: options.risk, newSince: options.newSince, entitlements: options.entitlement, people: options.person,
        unusedForDays: options.unusedFor === undefined ? undefined : Number(options.unusedFor), onlyOrphans: options.orphans, onlyLeavers: options.leavers, onlyConflicts: options.conflicts,
      }),
    },
    reviewers: {
      fallback: officer, ...part(file, 'reviewers'),
      ...given({ order: options.reviewers?.split(',').map((who) => who.trim()), named: options.named, fallback: options.fallback, ask: options.ask, group: options.groupMember,
        avoids: options.avoid, mostItems: options.mostItems === undefined ? undefined : Number(options.mostItems) }),
    },
    rules: {
      ...part(file, 'rules'),
      ...given({ dueOn: options.due, noAnswer: options.unanswered, reasonRequired: options.reasonFor, controlSharePercent: percent }),
    },
    control: {
      ...part(file, 'control'),
      ...given({
        id: options.controlId, text: options.controlText, owner: options.controlOwner, frequency: options.frequency, frameworks: options.framework,
      }),
    },
  }
  const parsed = campaignSpec.safeParse(whole)
  if (parsed.success) return parsed.data
  const said = parsed.error.issues.slice(0, 4).map((issue) => `${optionFor(issue.path)}: ${issue.message}`).join('; ')
  throw new CommandRefusal(`The campaign is not complete (${said}); none was made.`)
}

const optionNames: Readonly<Record<string, string>> = {
  name: '--name', 'rules.dueOn': '--due', 'rules.noAnswer': '--unanswered', 'rules.reasonRequired': '--reason-for', 'rules.controlSharePercent': '--control-share',
  'reviewers.order': '--reviewers', 'reviewers.avoids': '--avoid', 'reviewers.mostItems': '--most-items', 'scope.identityKinds': '--kind', 'scope.privileges': '--privilege', 'scope.risks': '--risk', 'scope.newSince': '--new-since',
}

const optionFor = (path: readonly PropertyKey[]): string => {
  const name = path.slice(0, path[0] === 'name' ? 1 : 2).map(String).join('.')
  return optionNames[name] ?? name
}
