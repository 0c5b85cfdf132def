import { expect, test } from 'vitest'
import { countNotes, liveHoldReasons, sharedWindow, type CollectionCount } from '../../../src/main/core/inventory/live-totals.ts'

const users = (more: Partial<CollectionCount>): CollectionCount => ({ title: 'Users', isComplete: true, held: 100, lastHeld: 100, sourceCount: 100, ...more })
const reasons = (...collections: readonly CollectionCount[]): readonly string[] => liveHoldReasons({ collections, accounts: 1, people: 0, holdBelowShare: 0.7 })

test.each([
  ['as many as before are believed', users({}), 0],
  ['a few fewer are believed', users({ held: 71, sourceCount: 71 }), 0],
  ['many fewer are held', users({ held: 69, sourceCount: null }), 1],
  ['many fewer than the source counts are held', users({ held: 69, lastHeld: null }), 1],
  ['a first reading has nothing to be compared with', users({ lastHeld: null, sourceCount: null }), 0],
  ['what could not be read is a gap, not a shrinking', users({ held: 0, isComplete: false }), 0],
  ['a log has no number to be compared', users({ held: null }), 0],
])('%s', (_, collection, expected) => {
  expect(reasons(collection)).toHaveLength(expected)
})

test('a reading that named nobody is held', () => {
  expect(liveHoldReasons({ collections: [], accounts: 0, people: 0, holdBelowShare: 0.7 })).toHaveLength(1)
})

test('a difference between the source\'s count and ours is said', () => {
  expect(countNotes([users({ held: 98 }), users({}), users({ sourceCount: null })])).toEqual(['Users: the source counts 100, we hold 98.'])
})

test('logs cover together what all of them cover', () => {
  expect(sharedWindow([{ from: '2026-01-01', to: '2026-02-01' }, { from: '2026-01-10', to: '2026-01-20' }])).toEqual({ from: '2026-01-10', to: '2026-01-20' })
  expect(sharedWindow([{ from: '2026-01-01', to: '2026-01-05' }, { from: '2026-01-05', to: '2026-01-20' }])).toBeNull()
  expect(sharedWindow([])).toBeNull()
})
