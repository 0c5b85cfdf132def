import { expect, test } from 'vitest'
import { transition, type CampaignAction } from '../../../src/main/core/campaign/state-machine.ts'
import { campaignState, type CampaignState } from '../../../src/shared/model/campaign.ts'

const actions: readonly CampaignAction[] = ['change', 'discard', 'launch', 'decide', 'undo', 'sign-off', 'close', 'seal']

/** Every state by every action; null = refused. */
const table: Readonly<Record<CampaignState, Readonly<Record<CampaignAction, CampaignState | null>>>> = {
  draft: { change: 'draft', discard: 'draft', launch: 'running', decide: null, undo: null, 'sign-off': null, close: null, seal: null },
  running: { change: null, discard: null, launch: null, decide: 'running', undo: 'running', 'sign-off': 'running', close: 'closed', seal: null },
  closed: { change: null, discard: null, launch: null, decide: null, undo: null, 'sign-off': null, close: null, seal: 'sealed' },
  sealed: { change: null, discard: null, launch: null, decide: null, undo: null, 'sign-off': null, close: null, seal: 'sealed' },
}

const cases = campaignState.options.flatMap((state) => actions.map((action) => ({ state, action, to: table[state][action] })))

test.each(cases)('$action in state $state leads to $to', ({ state, action, to }) => {
  const next = transition(state, action)
  expect(next.ok ? next.to : null).toBe(to)
})

test('every refusal is a sentence that says what cannot be done and why', () => {
  for (const { state, action, to } of cases) {
    const next = transition(state, action)
    if (to === null && !next.ok) expect(next.reason).toMatch(/^The campaign cannot be [a-z ]+: it is [a-z ]+\.$/)
  }
})

test('nothing leads back to an earlier state, so that what was frozen stays frozen', () => {
  const order = campaignState.options
  for (const { state, to } of cases) if (to !== null) expect(order.indexOf(to)).toBeGreaterThanOrEqual(order.indexOf(state))
})
