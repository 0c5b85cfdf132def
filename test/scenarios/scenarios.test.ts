import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { play, scenario } from '../support/scenario.ts'

const told = await Promise.all((await readdir(import.meta.dirname)).filter((name) => name.endsWith('.json')).map(async (name) => ({
  name: name.replace('.json', ''), ...scenario.parse(JSON.parse(await readFile(join(import.meta.dirname, name), 'utf8'))),
})))

let place: string
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-scenarios-'))
})
afterAll(() => rm(place, { recursive: true, force: true }))

test.each(told)('$name: $about', { timeout: 300_000 }, async ({ name, ...one }) => {
  const { events, campaigns } = await play(one, join(place, name))
  expect(campaigns).toBeGreaterThan(0)
  if (name === 'a-year') {
    expect(events).toBeGreaterThan(200)
    expect(campaigns).toBe(5)
  }
})
