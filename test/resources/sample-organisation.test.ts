import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateOrganisation } from '../../resources/sample-organisation/generate.ts'
import { writeOrganisation } from '../../resources/sample-organisation/write-files.ts'
import { mappableFields, requiredFields } from '../../src/shared/model/source.ts'
import { readBytes, readOrganisation, type ReadOrganisation } from './read-organisation.ts'

let dir = ''
let organisation: ReadOrganisation

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sample-organisation-'))
  await writeOrganisation(join(dir, 'main'), generateOrganisation({ seed: 1, people: 400, asOf: '2026-11-15' }))
  organisation = await readOrganisation(join(dir, 'main'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

describe('the sample organisation can be repeated', () => {
  it('writes the same bytes for the same seed, and replaces what was there', async () => {
    const request = { seed: 77, people: 60, asOf: '2026-03-31' }
    await writeOrganisation(join(dir, 'once'), generateOrganisation(request))
    await writeOrganisation(join(dir, 'again'), generateOrganisation({ ...request, seed: 78 }))
    const other = await readBytes(join(dir, 'again'))
    await writeOrganisation(join(dir, 'again'), generateOrganisation(request))
    const once = await readBytes(join(dir, 'once'))
    const again = await readBytes(join(dir, 'again'))
    expect([...again.keys()]).toEqual([...once.keys()])
    for (const [name, bytes] of once) expect(again.get(name)?.equals(bytes), name).toBe(true)
    for (const [name, bytes] of once) expect(other.get(name)?.equals(bytes), `${name} of another seed`).toBe(false)
  })

  it('grows with the number of people asked for', async () => {
    const rows = async (people: number): Promise<number[]> => {
      const target = join(dir, `people-${people}`)
      await writeOrganisation(target, generateOrganisation({ seed: 5, people, asOf: '2026-11-15' }))
      const read = await readOrganisation(target)
      const human = read.access.filter(({ source }) => source === 'directory')
      return [read.hr.at(-1)?.rows.length ?? 0, human.length, read.signIns.length, read.truth.leavers.length + read.truth.orphans.length]
    }
    const small = await rows(100)
    const large = await rows(400)
    large.forEach((count, at) => {
      const ratio = count / (small[at] ?? 1)
      expect(ratio).toBeGreaterThan(2.4)
      expect(ratio).toBeLessThan(5)
    })
  })

  it.each([
    [40, '2024-02-29'], [41, '2025-12-31'], [150, '2026-01-01'],
  ])('has every planted truth with %i people as of %s', (people, asOf) => {
    for (const seed of [0, -3, 2 ** 40]) {
      const { truth, workers } = generateOrganisation({ seed, people, asOf })
      for (const [name, entries] of Object.entries(truth)) expect(entries.length, `${name}, seed ${seed}`).toBeGreaterThan(0)
      expect(workers.filter((worker) => worker.kind === 'Employee' && worker.left === null).length).toBeGreaterThan(people * 0.95)
    }
  })

  it('says what is wrong with a request it cannot meet', () => {
    expect(() => generateOrganisation({ seed: 1, people: 39, asOf: '2026-11-15' })).toThrow('between 40 and 100000 people')
    expect(() => generateOrganisation({ seed: 1.5, people: 400, asOf: '2026-11-15' })).toThrow('seed must be a whole number')
    expect(() => generateOrganisation({ seed: 1, people: 400, asOf: '2026-02-30' })).toThrow('Not a calendar day')
  })
})

describe('the sample organisation looks like a company', () => {
  it('has the sizes it promises', () => {
    const latest = organisation.hr.at(-1)?.rows ?? []
    const kinds = (wanted: string): number =>
      new Set(organisation.access.filter(({ kind }) => kind === wanted).map(({ account }) => account)).size
    const employed = latest.filter((row) => row['Worker Type'] === 'Employee' && row['Status'] !== 'Inactive').length
    const contractors = latest.filter((row) => row['Worker Type'] === 'Contractor' && row['Status'] !== 'Inactive').length
    expect(employed).toBeGreaterThan(390)
    expect(employed).toBeLessThanOrEqual(400)
    expect(contractors + kinds('guest')).toBeGreaterThan(50)
    expect(contractors + kinds('guest')).toBeLessThan(70)
    expect(kinds('service')).toBe(40)
    const entitlements = new Set(organisation.access.map(({ entitlement }) => entitlement)).size
    expect(entitlements).toBeGreaterThan(270)
    expect(entitlements).toBeLessThan(330)
    expect(organisation.signIns.length).toBeGreaterThan(150_000)
    expect(organisation.signIns.length).toBeLessThan(350_000)
  })

  it('counts its rows rightly and maps only fields there are, protected attributes never', () => {
    for (const { kind, files, columns } of organisation.summary.sources) {
      for (const file of files) expect(organisation.rowsOf.get(file.name), file.name).toBe(file.rows)
      const known: readonly string[] = mappableFields[kind]
      expect(Object.keys(columns).filter((field) => !known.includes(field))).toEqual([])
      for (const field of requiredFields[kind]) expect(columns).toHaveProperty(field)
      expect(Object.values(columns)).not.toContain('Gender')
      expect(Object.values(columns)).not.toContain('Birth Date')
      expect(files.map(({ asOf }) => asOf)).toEqual(files.map(({ asOf }) => asOf).toSorted())
    }
    expect(organisation.hr[0]?.rows[0]).toHaveProperty('Birth Date')
  })

  it('names people from everywhere, in their own script too', () => {
    const names = [...new Set(organisation.access.map(({ row }) => row['account_name'] ?? ''))].join(' ')
    for (const script of ['Greek', 'Cyrillic', 'Han', 'Hebrew']) expect(names, script).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'))
    expect(names).toMatch(/[äöüéçłø]/)
  })

  it('is clean: no grant twice, one description per right, one person per login', () => {
    const facts = new Map<string, string>()
    const once = (key: string, fact: string): void => {
      expect(facts.get(key) ?? fact, key).toBe(fact)
      facts.set(key, fact)
    }
    const rows = organisation.access.map(({ source, account, entitlement }) => `${source} ${account} ${entitlement}`)
    expect(new Set(rows).size).toBe(rows.length)
    for (const { source, account, email, employeeId, kind, entitlement, application, row } of organisation.access) {
      once(`login ${source} ${account}`, JSON.stringify([email, employeeId, kind]))
      const headings = ['entitlement_name', 'entitlement_description', 'owner', 'Role Text', 'Role Description', 'Role Owner']
      const text = headings.map((heading) => row[heading])
      once(`right ${entitlement}`, JSON.stringify([application, ...text]))
    }
    const undescribed = organisation.access.filter(({ row }) => row['entitlement_description'] === '').map(({ entitlement }) => entitlement)
    expect(new Set(undescribed)).toContain('GRP-FIN-AP-02')
  })

  it('shows joiners, movers, leavers, leaves and returns between its HR states, and only managers who are there', () => {
    const seen = new Set<string>()
    for (let at = 1; at < organisation.hr.length; at += 1) {
      const before = new Map(organisation.hr[at - 1]?.rows.map((row) => [row['Worker ID'], row]))
      const after = new Map(organisation.hr[at]?.rows.map((row) => [row['Worker ID'], row]))
      for (const [id, row] of after) {
        const earlier = before.get(id)
        if (!earlier) seen.add('joiner')
        else if (earlier['Department'] !== row['Department']) seen.add('mover')
        else if (earlier['Manager ID'] !== row['Manager ID']) seen.add('manager-change')
        if (earlier) seen.add(`${earlier['Status']} > ${row['Status']}`)
        if (row['Manager ID']) expect(after.get(row['Manager ID'])?.['Status'], `manager of ${id}`).toMatch(/Active|On Leave/)
      }
      for (const id of before.keys()) if (!after.has(id)) seen.add('gone')
    }
    const expected = ['joiner', 'mover', 'manager-change', 'gone', 'Active > Inactive', 'Active > On Leave', 'On Leave > Active']
    expect([...seen]).toEqual(expect.arrayContaining(expected))
    expect([...seen]).not.toContain('Inactive > Active')
  })

  it('lets access come and go between its directory states', () => {
    const states = organisation.directory.map(({ rows }) => new Set(rows.map((row) => `${row['account']} ${row['entitlement']}`)))
    expect(states).toHaveLength(3)
    for (let at = 1; at < states.length; at += 1) {
      const before = states[at - 1] ?? new Set()
      const after = states[at] ?? new Set()
      expect([...after].filter((grant) => !before.has(grant)).length).toBeGreaterThan(50)
      expect([...before].filter((grant) => !after.has(grant)).length).toBeGreaterThan(20)
    }
  })

  it('signs in within the year before the as-of day, in order of time', () => {
    for (const source of ['directory', 'ledgerline']) {
      const times = organisation.signIns.filter((use) => use.source === source).map(({ at }) => at)
      expect(times.every((at) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(at) && at >= '2025-11-15' && at < '2026-11-15')).toBe(true)
      expect(times.every((at, index) => index === 0 || (times[index - 1] ?? '') <= at)).toBe(true)
    }
  })
})
