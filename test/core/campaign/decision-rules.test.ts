import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  asKnownToReviewer, decisionObstacle, isReasonRequired, latestUntil, reasonsFor, type DecidedItem,
} from '../../../src/main/core/campaign/decision-rules.ts'
import type { CampaignRules } from '../../../src/shared/model/campaign.ts'
import { outcome as outcomes, type Outcome } from '../../../src/shared/model/decision.ts'

const plain: DecidedItem = { advice: 'keep', privilege: 'none', isFlagged: false }
const days = { asOf: '2026-03-31', latestUntil: '2027-03-31' }
const nothing = { until: null, reasonCode: null, reasonText: null }
type When = CampaignRules['reasonRequired'][number]

test.each<[When, Partial<DecidedItem>, Outcome[]]>([
  ['revoke', {}, ['revoke']],
  ['privileged', {}, []],
  ['privileged', { privilege: 'elevated' }, ['keep', 'revoke', 'keep-until', 'look-closer']],
  ['privileged', { privilege: 'admin' }, ['keep', 'revoke', 'keep-until', 'look-closer']],
  ['flagged', {}, []],
  ['flagged', { isFlagged: true }, ['keep', 'keep-until', 'look-closer']],
  ['against-advice', { advice: 'keep' }, ['revoke']],
  ['against-advice', { advice: 'revoke' }, ['keep', 'keep-until']],
  ['against-advice', { advice: 'look-closer' }, []],
])('a reason is required by "%s" on %o for %o and for nothing else', (when, item, required) => {
  const found = outcomes.options.filter((outcome) => isReasonRequired({ reasonRequired: [when] }, { ...plain, ...item }, outcome))
  expect(found.sort()).toEqual([...required].sort())
})

test('where the rules ask for no reasons, none is required', () => {
  for (const outcome of outcomes.options) {
    expect(isReasonRequired({ reasonRequired: [] }, { advice: 'revoke', privilege: 'admin', isFlagged: true }, outcome)).toBe(false)
  }
})

test.each<[string, Parameters<typeof decisionObstacle>[2], RegExp | null]>([
  ['a plain keep', { ...nothing, outcome: 'keep' }, null],
  ['until without a date', { ...nothing, outcome: 'keep-until' }, /needs the date/],
  ['until the campaign\'s own day', { ...nothing, outcome: 'keep-until', until: '2026-03-31' }, /must be after 2026-03-31/],
  ['until the day after', { ...nothing, outcome: 'keep-until', until: '2026-04-01' }, null],
  ['until a year ahead', { ...nothing, outcome: 'keep-until', until: '2027-03-31' }, null],
  ['until longer than a year ahead', { ...nothing, outcome: 'keep-until', until: '2027-04-01' }, /must not be after 2027-03-31/],
  ['a date that belongs to nothing', { ...nothing, outcome: 'keep', until: '2026-06-30' }, /Only "keep until" takes a date/],
  ['a reason that does not fit', { ...nothing, outcome: 'keep', reasonCode: 'left' }, /does not fit this decision; choose one of still-needed/],
  ['"other" without words', { ...nothing, outcome: 'keep', reasonCode: 'other', reasonText: '  ' }, /"other" needs a few words/],
  ['"other" with words', { ...nothing, outcome: 'keep', reasonCode: 'other', reasonText: 'audit in June' }, null],
  ['against advice without a reason', { ...nothing, outcome: 'revoke' }, /needs a reason: choose one of not-needed/],
  ['against advice with a reason', { ...nothing, outcome: 'revoke', reasonCode: 'not-needed' }, null],
  ['words alone are no reason', { ...nothing, outcome: 'revoke', reasonText: 'because' }, /needs a reason/],
])('%s', (_, input, obstacle) => {
  const found = decisionObstacle({ reasonRequired: ['against-advice'] }, plain, input, days)
  if (obstacle === null) expect(found).toBeNull()
  else expect(found).toMatch(obstacle)
})

test('a reason taken from the offered list is never refused for lack of a reason', () => {
  const anyItem = fc.record({
    advice: fc.constantFrom('keep' as const, 'revoke' as const, 'look-closer' as const), privilege: fc.constantFrom('none' as const, 'elevated' as const, 'admin' as const),
    isFlagged: fc.boolean(),
  })
  const anyRules = fc.subarray<When>(['revoke', 'privileged', 'flagged', 'against-advice'])
  fc.assert(
    fc.property(anyItem, anyRules, fc.constantFrom(...outcomes.options), fc.nat(5), (item, reasonRequired, outcome, pick) => {
      const offered = reasonsFor[outcome]
      const reasonCode = offered[pick % offered.length] ?? null
      const input = { outcome, until: outcome === 'keep-until' ? '2026-06-30' : null, reasonCode, reasonText: 'words' }
      expect(decisionObstacle({ reasonRequired }, item, input, days)).toBeNull()
    }),
  )
})

test('while the advice is hidden, what is asked for is the same whatever the advice', () => {
  const anyRules = fc.subarray<When>(['revoke', 'privileged', 'flagged', 'against-advice'])
  fc.assert(
    fc.property(anyRules, fc.constantFrom(...outcomes.options), fc.constantFrom('none' as const, 'admin' as const), (reasonRequired, outcome, privilege) => {
      const asked = (['keep', 'revoke', 'look-closer'] as const).flatMap((advice) =>
        [true, false].map((isFlagged) => isReasonRequired({ reasonRequired }, asKnownToReviewer({ advice, privilege, isFlagged }, true), outcome)),
      )
      expect(new Set(asked).size).toBe(1)
    }),
  )
})

test.each([['2026-03-31', '2027-03-31'], ['2024-02-29', '2025-02-28'], ['2023-02-28', '2024-02-28'], ['2026-12-31', '2027-12-31']])(
  'as of %s access can be kept until %s at the latest',
  (asOf, until) => {
    expect(latestUntil(asOf)).toBe(until)
  },
)
