import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { itemsOf, lastDone, withOne, withoutItems } from '../../src/renderer/features/review/decide/undo-list.ts'
import type { Done, UndoList } from '../../src/renderer/features/review/decide/undo-list.ts'

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { maxLength: 6 })
const together = (id: number, items: readonly number[]): Done => ({ kind: 'together', id, items })
const list = fc.array(ids).map((gos) => gos.reduce<UndoList>((before, items, at) => {
  const clean = withoutItems(before, new Set(items))
  return items.length === 1 ? withOne(clean, items[0] ?? 0) : items.length === 0 ? clean : [...clean, together(at, items)]
}, []))

describe('what the undo key takes back', () => {
  it('several that were decided in one go, as one', () => {
    const done = withOne([together(7, [1, 2, 3])], 9)
    expect(lastDone(done, () => true)).toEqual({ kind: 'one', itemId: 9 })
    expect(lastDone(withoutItems(done, new Set([9])), () => true)).toEqual(together(7, [1, 2, 3]))
  })

  it('of a go only what was not decided anew since', () => {
    const done = withOne([together(7, [1, 2, 3])], 2)
    expect(done).toEqual([together(7, [1, 3]), { kind: 'one', itemId: 2 }])
    expect(withoutItems(done, new Set([1, 3]))).toEqual([{ kind: 'one', itemId: 2 }])
  })

  it('nothing that is signed off, and then what came before it', () => {
    const done = withOne([together(7, [1, 2])], 3)
    expect(lastDone(done, (itemId) => itemId === 2)).toEqual(together(7, [1, 2]))
    expect(lastDone(done, () => false)).toBeUndefined()
  })

  it('each item once, whatever was decided, taken back and decided anew', () => {
    fc.assert(fc.property(list, ids, (done, gone) => {
      const held = done.flatMap(itemsOf)
      expect(new Set(held).size).toBe(held.length)
      const left = withoutItems(done, new Set(gone))
      expect(left.flatMap(itemsOf)).toEqual(held.filter((itemId) => !gone.includes(itemId)))
      expect(left.every((one) => itemsOf(one).length > 0)).toBe(true)
    }), { numRuns: 100 })
  })
})
