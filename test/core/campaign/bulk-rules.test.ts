import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bulkGroups, leastOpenMs, sampleObstacle, sampleSize, smallestBulk, type BulkItem } from '../../../src/main/core/campaign/bulk-rules.ts'
import { sha256, sha256Hex } from '../../support/sha256.ts'

const items = fc.uniqueArray(fc.record({ itemId: fc.integer({ min: 1, max: 5_000 }), alike: fc.constantFrom('a', 'b', 'c') }), { selector: ({ itemId }) => itemId, maxLength: 80 })
  .map((all) => all.map((item): BulkItem => ({ ...item, packetHash: sha256Hex(`packet ${item.itemId}`) })))

describe('groups that may be kept in bulk', () => {
  it('hold alike items only, each once, and never fewer than the smallest group', () => {
    fc.assert(fc.property(items, (all) => {
      const groups = bulkGroups(all, 'seed', sha256)
      const ids = groups.flatMap((group) => group.items.map(({ itemId }) => itemId))
      expect(new Set(ids).size).toBe(ids.length)
      for (const group of groups) {
        expect(group.items.length).toBeGreaterThanOrEqual(smallestBulk)
        expect(new Set(group.items.map(({ alike }) => alike)).size).toBe(1)
        expect(group.items.length).toBe(all.filter(({ alike }) => alike === group.items[0]?.alike).length)
      }
    }), { numRuns: 60 })
  })

  it('draw the same sample whatever order the items come in, another for another campaign', () => {
    fc.assert(fc.property(items, (all) => {
      expect(bulkGroups(all.toReversed(), 'seed', sha256)).toEqual(bulkGroups(all, 'seed', sha256))
    }), { numRuns: 60 })
    const many = Array.from({ length: 400 }, (_, at): BulkItem => ({ itemId: at, packetHash: sha256Hex(`${at}`), alike: 'a' }))
    expect(bulkGroups(many, 'one', sha256)[0]?.sample).not.toEqual(bulkGroups(many, 'two', sha256)[0]?.sample)
  })

  it('have another key when anything in them is another', () => {
    const many = Array.from({ length: 6 }, (_, at): BulkItem => ({ itemId: at, packetHash: sha256Hex(`${at}`), alike: 'a' }))
    const key = bulkGroups(many, 's', sha256)[0]?.key
    expect(bulkGroups(many.slice(1), 's', sha256)[0]?.key).not.toBe(key)
    expect(bulkGroups(many.map((item, at) => (at === 2 ? { ...item, packetHash: sha256Hex('else') } : item)), 's', sha256)[0]?.key).not.toBe(key)
  })

  it('need every item of the sample opened, long enough to be looked at', () => {
    const many = Array.from({ length: 30 }, (_, at): BulkItem => ({ itemId: at, packetHash: sha256Hex(`${at}`), alike: 'a' }))
    const [group] = bulkGroups(many, 's', sha256)
    if (group === undefined) throw new Error('no group')
    expect(group.sample).toHaveLength(sampleSize(30))
    const all = group.sample.map((itemId) => ({ itemId, openMs: leastOpenMs }))
    expect(sampleObstacle(group, all)).toBeNull()
    expect(sampleObstacle(group, all.slice(1))).toContain('1 of the 6')
    expect(sampleObstacle(group, all.map((one) => ({ ...one, openMs: leastOpenMs - 1 })))).toContain('6 of the 6')
    const others = many.map(({ itemId }) => itemId).filter((itemId) => !group.sample.includes(itemId))
    expect(sampleObstacle(group, others.map((itemId) => ({ itemId, openMs: 60_000 })))).toContain('6 of the 6')
  })
})
