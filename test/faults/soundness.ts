import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { TestWorkspace } from '../support/workspace-builder.ts'

/** What must hold of every workspace that is opened, whatever happened to it before. `verified`: bundles looked at earlier. */
export async function expectSound({ folder, officer }: TestWorkspace, verified: Set<string> = new Set()): Promise<void> {
  const { checks } = await officer.evidence.checkLog()
  expect(checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([])

  const runs = await officer.sources.runs({ source: null })
  expect(runs.filter(({ state }) => state === 'running')).toEqual([])
  const held = runs.filter(({ state }) => state === 'held').map(({ id }) => `run-${id}.db`)
  expect(namesIn(join(folder, 'staging')).toSorted()).toEqual(held.sort())

  const raw = namesIn(join(folder, 'raw'))
  expect(raw.filter((name) => name.startsWith('.'))).toEqual([])
  for (const run of runs) if (run.state === 'complete' && run.file !== null) expect(raw).toContain(run.file.storedAs)

  const status = await officer.workspace.status()
  expect(status.grants).toBe(status.snapshots.reduce((sum, { grants }) => sum + grants, 0))
  for (const { id } of status.snapshots) {
    const { snapshot, recomputedHash } = await officer.inventory.snapshotRows({ snapshot: id, from: 0, limit: 1 })
    expect(recomputedHash).toBe(snapshot.contentHash)
  }

  for (const { id, state, progress } of await officer.campaigns.list()) {
    const { totals } = await officer.campaigns.status({ campaign: id })
    expect([state, progress.items]).toEqual([state, state === 'draft' ? 0 : (totals?.inReview ?? -1)])
    if (totals !== null) expect(totals.difference).toBe(0)
  }

  const bundles = join(folder, 'bundles')
  for (const name of namesIn(bundles)) {
    expect(name).toMatch(/^[^.].*\.muster$/)
    if (verified.has(name)) continue
    const { isValid, checks: found } = await officer.evidence.verify({ bundle: join(bundles, name) })
    expect([name, isValid, found.filter(({ outcome }) => outcome === 'failed')]).toEqual([name, true, []])
    verified.add(name)
  }
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}
