import type { RemediationState } from '../../../shared/model/remediation.ts'

/** What can happen to a remediation. `seen-gone` and `seen-held`: what a later complete snapshot of the source shows. */
export type RemediationAction = 'request' | 'give-up-request' | 'apply' | 'seen-gone' | 'seen-held' | 'reopen' | 'take-back'

export type RemediationStepTaken =
  | { readonly ok: true; readonly to: RemediationState; readonly isNews: boolean }
  | { readonly ok: false; readonly reason: string }

const refuse = (reason: string): RemediationStepTaken => ({ ok: false, reason })
const to = (state: RemediationState): RemediationStepTaken => ({ ok: true, to: state, isNews: true })
const stay = (state: RemediationState): RemediationStepTaken => ({ ok: true, to: state, isNews: false })

/**
 * The one place that says what follows from what. Only `seen-gone` leads to `verified-gone`, only `seen-held` to `came-back`: a person's or a
 * connector's word moves it to `applied` at most.
 */
export function remediationAfter(state: RemediationState, action: RemediationAction): RemediationStepTaken {
  switch (action) {
    case 'request':
      if (state === 'planned' || state === 'requested' || state === 'came-back') return to('requested')
      return refuse(state === 'applied' ? 'It was carried out already; the next reading of the source shows whether it worked.' : `It is ${words[state]}; there is nothing to ask for.`)
    // The connector refused or failed: it is to be done another way.
    case 'give-up-request':
      return state === 'requested' ? to('planned') : refuse(`Nothing was asked for: it is ${words[state]}.`)
    case 'apply':
      if (state === 'planned' || state === 'requested' || state === 'came-back') return to('applied')
      return state === 'applied' ? stay('applied') : refuse(`It is ${words[state]}; it cannot be reported as done.`)
    case 'seen-gone':
      if (state === 'planned' || state === 'requested' || state === 'applied' || state === 'came-back') return to('verified-gone')
      return stay(state)
    case 'seen-held':
      if (state === 'verified-gone') return to('came-back')
      return state === 'restoring' ? to('restored') : stay(state)
    // Applied, and a later snapshot shows it all the same: to be asked for again.
    case 'reopen':
      return state === 'applied' || state === 'came-back' ? to('planned') : refuse(`It is ${words[state]}; there is nothing to open again.`)
    case 'take-back':
      if (state === 'planned' || state === 'requested' || state === 'came-back') return to('withdrawn')
      if (state === 'applied' || state === 'verified-gone') return to('restoring')
      return refuse(`It is ${words[state]} already.`)
  }
}

const words: Readonly<Record<RemediationState, string>> = {
  planned: 'planned', requested: 'requested', applied: 'carried out', 'verified-gone': 'proved gone', 'came-back': 'back again', withdrawn: 'withdrawn',
  restoring: 'being given back', restored: 'given back',
}

/** States in which the right is still to go, so that its due day counts. */
export const openStates: readonly RemediationState[] = ['planned', 'requested', 'applied', 'came-back']

/** Whether proof is late: today is past the due day and no snapshot has shown it gone. */
export function isOverdue(state: RemediationState, dueOn: string, today: string): boolean {
  return openStates.includes(state) && today > dueOn
}
