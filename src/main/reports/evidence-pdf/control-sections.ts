import type { Connections, WayOut } from '../../../shared/model/air-gap.ts'
import type { ReportHead } from '../../../shared/model/evidence-report.ts'
import { drawSystemsAndFrameworks } from './fact-lists.ts'
import { text } from './house-style.ts'
import { beginSection } from './page-flow.ts'
import type { Flow } from './page-flow.ts'
import { factList } from './ruled-table.ts'
import { counted, kindWords, listed, moment, noAnswerWords, reasonRequiredWords } from './wording.ts'

export function drawControlAndScope(flow: Flow, head: ReportHead): void {
  const { campaign, workspace, product } = head
  const { control, scope } = campaign.spec
  const late = campaign.daysLate > 0 ? `closed ${counted(campaign.daysLate, 'day')} after the due date` : 'closed on or before the due date'
  const { tag } = beginSection(flow, '1  Control and scope', 'What this review proves, and where its edges are.')
  factList(flow, tag, [
    ['Control', `${control.id}: ${control.text}`],
    ['Control owner', control.owner === '' ? 'Not named' : control.owner],
    ['Frequency', control.frequency],
    ['Frameworks', control.frameworks.length === 0 ? 'None named' : control.frameworks.join(', ')],
    ['Sources in scope', everything(scope.sources, 'All connected sources')],
    ['Applications in scope', everything(scope.applications, 'All applications')],
    ['Departments in scope', everything(scope.departments, 'All departments')],
    ['Kinds of identity in scope', everything(scope.identityKinds.map((kind) => kindWords[kind].toLowerCase()), 'All kinds')],
    ['Privileges in scope', everything(scope.privileges, 'All, from none to admin')],
    ['Risks in scope', everything(scope.risks, 'All, from low to critical')],
    ['Only access first seen after', scope.newSince ?? 'No limit: old and new access alike'],
    ['Access as of', campaign.asOf],
    ['Planned', `due ${campaign.spec.rules.dueOn}`],
    ['Actual', `launched ${moment(campaign.launchedAt)}, closed ${moment(campaign.closedAt)} UTC`],
    ['Lateness', late],
    ['Created by', campaign.createdBy],
    ['Sealed', `${moment(campaign.sealedAt)} UTC by ${campaign.sealedBy}, version ${campaign.version} of this report`],
    ...(head.facts?.store.connections === undefined ? [] : [['Connections', connectionWords(head.facts.store.connections)] as const]),
    ['Workspace', `${workspace.name}, log ${workspace.log}`],
    ['Made with', `${product.name} ${product.version}`],
  ])
  drawSystemsAndFrameworks(flow, tag, head)
  flow.tree.close(tag)
}

export function drawRules(flow: Flow, { campaign }: ReportHead): void {
  const { rules, reviewers } = campaign.spec
  const { tag } = beginSection(flow, '2  Rules fixed before launch',
    'Set when the campaign was launched. The hash below covers them; a later change would need a new campaign.')
  const order = `${reviewers.order.join(', ')}${reviewers.named === null ? '' : `; named reviewer ${reviewers.named}`}`
  const withReason = rules.reasonRequired.map((kind) => reasonRequiredWords[kind])
  factList(flow, tag, [
    ['Reviewer of an item', `first that exists of: ${order}; else ${reviewers.fallback}. Never the person reviewed.`],
    ['An item without an answer', noAnswerWords[rules.noAnswer]],
    ['A reason is required for', withReason.length === 0 ? 'nothing' : listed(withReason)],
    ['Advice hidden until the choice', `on ${rules.controlSharePercent} % of the items, drawn by seed`],
    ['Weights of the advice', campaign.weights],
    ['Hash of the rules', { words: campaign.specHash, style: text.mono }],
  ])
  flow.tree.close(tag)
}

function everything(names: readonly string[], otherwise: string): string {
  return names.length === 0 ? otherwise : names.join(', ')
}

const callWords: Readonly<Record<WayOut, (times: number, to: string) => string>> = {
  source: (times, to) => `${counted(times, 'reading')} of ${to}`,
  mail: (times) => `${counted(times, 'letter')} to the mail server`,
  ticket: (times) => `news of ${counted(times, 'ticket')}`,
  removal: (times) => `${counted(times, 'removal')} asked of sources`,
  'time-authority': (times) => `the time authority, asked ${times === 1 ? 'once' : `${times} times`}`,
  model: (times, to) => `${counted(times, 'item')} worded by a model at ${to}`,
}

/** How far the workspace was cut off from everything else, and what went out between launch and report. */
export function connectionWords({ airGapped, since, calls }: Connections): string {
  const gap = { throughout: 'Air-gapped from launch to report', partly: 'Air-gapped for a part of the time from launch to report', never: 'Not air-gapped' }[airGapped]
  const begun = since === null ? '' : ` (in force since ${moment(since)} UTC)`
  const total = calls.reduce((sum, { times }) => sum + times, 0)
  return `${gap}${begun}: ${counted(total, 'call')} beyond this machine${calls.length === 0 ? '' : `: ${calls.map(({ way, times, to }) => callWords[way](times, to)).join('; ')}`}.`
}
