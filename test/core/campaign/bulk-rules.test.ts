import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bulkGroup, leastOpenMs, sampleObstacle, sampleSize, smallestBulk, type BulkItem } from '../../../src/main/core/campaign/bulk-rules.ts'
import { sha256, sha256Hex } from '../../support/sha256.ts'

const alike = fc.uniqueArray(fc.integer({ min: 1, max: 5_000 }), { maxLength: 80 })
  .map((ids) => ids.map((itemId): BulkItem => ({ itemId, packetHash: sha256Hex(`packet ${itemId}`) })))
const items = (count: number): readonly BulkItem[] => Array.from({ length: count }, (_, at) => ({ itemId: at, packetHash: sha256Hex(`${at}`) }))

describe('a group that may be kept in bulk', () => {
  it('holds every item once, draws among its own, and is never smaller than the smallest', () => {
    fc.assert(fc.property(alike, (all) => {
      const group = bulkGroup(all, 'seed', sha256)
      expect(group === null).toBe(all.length < smallestBulk)
      if (group === null) return
      expect(group.items.toSorted((left, right) => left.itemId - right.itemId)).toEqual(all.toSorted((left, right) => left.itemId - right.itemId))
      expect(new Set(group.sample).size).toBe(sampleSize(all.length))
      expect(group.sample.every((itemId) => all.some((item) => item.itemId === itemId))).toBe(true)
    }), { numRuns: 60 })
  })

  it('draws the same sample whatever order the items come in, another for another campaign', () => {
    fc.assert(fc.property(alike, (all) => {
      expect(bulkGroup(all.toReversed(), 'seed', sha256)).toEqual(bulkGroup(all, 'seed', sha256))
    }), { numRuns: 60 })
    expect(bulkGroup(items(400), 'one', sha256)?.sample).not.toEqual(bulkGroup(items(400), 'two', sha256)?.sample)
  })

  it('has another key when anything in it is another', () => {
    const many = items(6)
    const key = bulkGroup(many, 's', sha256)?.key
    expect(bulkGroup(many.slice(1), 's', sha256)?.key).not.toBe(key)
    expect(bulkGroup(many.map((item, at) => (at === 2 ? { ...item, packetHash: sha256Hex('else') } : item)), 's', sha256)?.key).not.toBe(key)
  })

  it('needs every item of the sample opened, long enough to be looked at', () => {
    const group = bulkGroup(items(30), 's', sha256)
    if (group === null) throw new Error('no group')
    expect(group.sample).toHaveLength(sampleSize(30))
    const all = group.sample.map((itemId) => ({ itemId, openMs: leastOpenMs }))
    expect(sampleObstacle(group, all)).toBeNull()
    expect(sampleObstacle(group, all.slice(1))).toContain('1 of the 6')
    expect(sampleObstacle(group, all.map((one) => ({ ...one, openMs: leastOpenMs - 1 })))).toContain('6 of the 6')
    const others = items(30).map(({ itemId }) => itemId).filter((itemId) => !group.sample.includes(itemId))
    expect(sampleObstacle(group, others.map((itemId) => ({ itemId, openMs: 60_000 })))).toContain('6 of the 6')
  })
})
