import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countFlagged, filterQueue, flaggedNow, groupQueue, nextUndecided, stepFrom, toRows, undecidedAfter, undecidedIn,
  walkOf } from '../../src/renderer/features/review/queue/queue-rows.ts'
import { lineNow, noChanges, progressNow, progressOf, withChange, withoutItems } from '../../src/renderer/features/review/queue/queue-changes.ts'
import type { Queue, QueueItem } from '../../src/renderer/features/review/review-types.ts'

const line = (itemId: number, change: Partial<QueueItem> = {}): QueueItem => ({
  itemId, n: itemId, subjectKey: `identity:${itemId % 3}`, subjectName: ['Ana', 'Ben', 'Cleo'][itemId % 3] ?? '', subjectTitle: null,
    subjectDepartment: null, subjectKind: 'employee',
  entitlementName: `Right ${itemId}`, application: itemId % 2 === 0 ? 'Ledger' : 'Files', privilege: 'none', risk: 'low', advice: 'keep',
    isFlagged: false, modelDisagrees: false, state: 'undecided', isSignedOff: false, ...change,
})
const queues =
  fc.array(fc.record({ state: fc.constantFrom('undecided', 'keep', 'revoke', 'keep-until', 'look-closer'), isFlagged: fc.boolean() }),
    { maxLength: 40 })
  .map((parts) => parts.map((part, at) => line(at + 1, part as Partial<QueueItem>)))

describe('the queue on screen', () => {
  it('shows every item exactly once, whatever the grouping', () => {
    fc.assert(fc.property(queues, fc.constantFrom('person' as const, 'application' as const), (items, grouping) => {
      const { order, placeOf } = walkOf(groupQueue(items, grouping))
      expect(order.every((item, at) => placeOf.get(item.itemId) === at)).toBe(true)
      expect(order.map((item) => item.itemId).toSorted((a, b) => a - b)).toEqual(items.map((item) => item.itemId))
    }))
  })

  it('lines that leave it are gone with what became of them, and the figures count the others only', () => {
    fc.assert(fc.property(queues, fc.array(fc.nat(40)), (items, ids) => {
      const gone = new Set(ids)
      const first = items[0]
      const changes = first === undefined ? noChanges : withChange(noChanges, first, { state: 'keep' })
      const stay = items.filter(({ itemId }) => !gone.has(itemId))
      const after = withoutItems({ campaign: {} as Queue['campaign'], progress: progressOf(items), items, isWhole: true, changes }, gone)
      expect(after.items).toEqual(stay)
      expect(after.progress).toEqual(progressOf(stay))
      expect([...after.changes.keys()].filter((itemId) => gone.has(itemId))).toEqual([])
    }))
  })

  it('keeps the engine’s order within a group, so that a hidden flag is not given away by its place', () => {
    const items = [line(3, { isFlagged: false, advice: null }), line(6, { isFlagged: true }), line(9)]
    expect(groupQueue(items, 'person')[0]?.items.map((item) => item.itemId)).toEqual([3, 6, 9])
  })

  it('puts the group with the riskiest item first', () => {
    expect(groupQueue([line(2), line(1), line(3), line(5)], 'person').map((group) => group.name)).toEqual(['Cleo', 'Ben', 'Ana'])
  })

  it('finds an item by every word typed, in any order and case', () => {
    const items = [line(1, { entitlementName: 'Approve supplier payments' }), line(2)]
    expect(filterQueue(items, 'all', ' PAYMENTS ben').map((item) => item.itemId)).toEqual([1])
    expect(filterQueue(items, 'all', 'payments cleo')).toEqual([])
  })

  it('counts what became of lines since as if all had been counted anew', () => {
    const changes = fc.array(fc.record({ at: fc.nat(39), state: fc.constantFrom('undecided', 'keep', 'revoke', 'keep-until', 'look-closer'),
      isSignedOff: fc.boolean(), isFlagged: fc.boolean() }), { maxLength: 60 })
    fc.assert(fc.property(queues, changes, (items, made) => {
      let now = noChanges
      for (const { at, ...change } of made) {
        const item = items[at]
        if (item !== undefined) now = withChange(now, item, change as Partial<QueueItem>)
      }
      const byId = new Map(items.map((item) => [item.itemId, item]))
      const anew = items.map((item) => lineNow(item, now))
      const progress = progressNow(progressOf(items), byId, now)
      expect(progress).toEqual(progressOf(anew))
      expect(progress.undecided + progress.kept + progress.revoked + progress.keptUntil + progress.lookCloser).toBe(progress.items)
      expect(flaggedNow(countFlagged(items), byId, now)).toBe(countFlagged(anew))
      const groups = groupQueue(items, 'person')
      expect(groups.reduce((sum, group) => sum + undecidedIn(group, now), 0)).toBe(progress.undecided)
      expect(filterQueue(items, 'undecided', '', now)).toHaveLength(progress.undecided)
    }))
  })

  it('tells each line its place, and hides the items of a folded group only', () => {
    const groups = groupQueue([line(1), line(2), line(4)], 'person')
    const rows = toRows(groups, new Set([groups[0]?.key ?? '']))
    expect(rows.map((row) => [row.kind, row.position, row.size])).toEqual([['group', 1, 2], ['group', 2, 2], ['item', 1, 1]])
  })

  it('goes to the next undecided item, round to the start once, and stops when all are decided', () => {
    const items = [line(1), line(2, { state: 'keep' }), line(3)]
    const walk = walkOf([{ key: 'a', name: 'a', items }])
    expect(nextUndecided(walk, 1, noChanges)?.itemId).toBe(3)
    expect(nextUndecided(walk, 3, noChanges)?.itemId).toBe(1)
    expect(nextUndecided(walk, 3, withChange(noChanges, line(1), { state: 'revoke' }))).toBeNull()
    expect(nextUndecided(walk, null, noChanges)?.itemId).toBe(1)
    expect(undecidedAfter(walk, 2, noChanges, 5).map(({ itemId }) => itemId)).toEqual([3, 1])
    expect(nextUndecided(walkOf([]), null, noChanges)).toBeNull()
  })

  it('steps one line and stays at the ends', () => {
    const walk = walkOf([{ key: 'a', name: 'a', items: [line(1), line(2)] }])
    expect(stepFrom(walk, 1, 1)?.itemId).toBe(2)
    expect(stepFrom(walk, 2, 1)).toBeNull()
    expect(stepFrom(walk, 1, -1)).toBeNull()
    expect(stepFrom(walk, 99, 1)?.itemId).toBe(1)
  })
})
