import type { CampaignState } from '../../../shared/model/campaign.ts'

export type CampaignAction = 'change' | 'discard' | 'launch' | 'decide' | 'undo' | 'sign-off' | 'close' | 'seal'

/** What may happen in which state, and where it leads. Whatever is not in here is refused. */
const transitions: Readonly<Record<CampaignState, Partial<Readonly<Record<CampaignAction, CampaignState>>>>> = {
  draft: { change: 'draft', discard: 'draft', launch: 'running' },
  running: { decide: 'running', undo: 'running', 'sign-off': 'running', close: 'closed' },
  closed: { seal: 'sealed' },
  // A second seal is a new version that supersedes the first; both stay verifiable.
  sealed: { seal: 'sealed' },
}

const doing: Readonly<Record<CampaignAction, string>> = {
  change: 'rewritten', discard: 'discarded', launch: 'launched', decide: 'decided on', undo: 'changed', 'sign-off': 'signed off', close: 'closed', seal: 'sealed',
}

const being: Readonly<Record<CampaignState, string>> = {
  draft: 'it is still a draft', running: 'it is running', closed: 'it is closed', sealed: 'it is closed and sealed',
}

export type Transition = { readonly ok: true; readonly to: CampaignState } | { readonly ok: false; readonly reason: string }

export function transition(from: CampaignState, action: CampaignAction): Transition {
  const to = transitions[from][action]
  return to === undefined ? { ok: false, reason: `The campaign cannot be ${doing[action]}: ${being[from]}.` } : { ok: true, to }
}
