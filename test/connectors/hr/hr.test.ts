import { describe, expect, it } from 'vitest'
import { hr } from '../../../src/main/connectors/hr/hr.ts'
import { fixture, peopleMapping } from '../fixtures.ts'
import { inputFolder, mappingOf, readAll, refused, rejectsOf, unaccounted } from '../reading.ts'

const folder = inputFolder()

describe('an HR export as it really is', () => {
  const read = () => readAll(hr, fixture('people.csv'), peopleMapping)

  it('takes who can be understood, with dates, names and status in one form', async () => {
    const { people } = await read()
    expect(people.map((person) => person.employeeId)).toEqual(['1001', '1002', '1003', '1004', '1005', '1006', '1009'])
    expect(people[0]).toMatchObject({ displayName: 'Ada Okafor', hireDate: '2009-01-15', kind: 'employee', managerEmployeeId: null })
    expect(people[2]).toMatchObject({ displayName: 'Chen Mei', status: 'on-leave', managerEmployeeId: '1002' })
    expect(people[3]).toMatchObject({ status: 'inactive', hireDate: '2018-11-05', terminationDate: '2024-02-29' })
    expect(people[4]).toMatchObject({ kind: 'contractor', hireDate: null, managerEmployeeId: null })
  })

  it('names every row it did not take and every field it left out', async () => {
    const reading = await read()
    expect(reading.rejects.map(({ row, column, code, effect }) => [row, column, code, effect === 'row-rejected'])).toEqual([
      [6, 'Hire Date', 'bad-date', false], [6, 'Manager ID', 'dangling-manager', false],
      [8, 'Worker ID', 'duplicate-id', true],
      [10, 'Worker Type', 'bad-value', false], [10, 'Worker Status', 'bad-value', false],
      [11, null, 'too-many-columns', true],
      [12, null, 'too-few-columns', true],
      [13, 'Worker ID', 'missing-required', true],
      [14, 'Email', 'bad-value', false], [14, 'Worker Status', 'bad-value', false], [14, 'Manager ID', 'bad-value', false],
    ])
    expect(rejectsOf(reading, 8)[0]?.reason).toContain('already read in line 3')
    expect(reading.end.merged).toBe(1)
    expect(unaccounted(reading)).toBe(0)
  })

  it('lets no protected value through, in records, rejects or preview', async () => {
    const reading = await read()
    const preview = await hr.preview(fixture('people.csv'), peopleMapping, 100)
    const everything = JSON.stringify([reading, preview])
    const born = ['1970-02-03', '1981-11-30', '1979-09-21', '1985-05-05', '1983-08-08', '1995-12-12', '1992-03-04']
    for (const value of [...born, ',F,', ',M,', ',X,']) expect(everything).not.toContain(value)
    expect(reading.end.protectedColumns).toEqual(['Gender', 'Date of Birth'])
  })

  it('guesses the mapping from the header', async () => {
    const { guess } = await hr.preview(fixture('people.csv'), null, 1)
    expect(guess.columns).toEqual(peopleMapping.columns)
  })

  it('never reads a protected column as something else', async () => {
    const wanted = { ...peopleMapping, columns: { ...peopleMapping.columns, division: 'Gender' } }
    await expect(readAll(hr, fixture('people.csv'), wanted)).rejects.toMatchObject({ code: 'mapping-incomplete' })
  })
})

describe('rows that slipped', () => {
  const header = 'id,name,gender,status,hired,email,unit'
  const mapping = mappingOf({ employeeId: 'id', fullName: 'name', status: 'status', hireDate: 'hired', email: 'email', department: 'unit' })
  const good = Array.from({ length: 5 }, (_, index) => `${index},N${index},F,Active,2020-01-2${index},n${index}@example.org,Sales`)

  it.each([
    ['to the right', '9,N9,,F,Active,2020-01-13,n9@example.org'],
    ['to the left', '9,N9,Active,2020-01-13,n9@example.org,Sales,'],
  ])('by one column %s are refused, and their protected values are not kept', async (_, row) => {
    const reading = await readAll(hr, folder.write([header, ...good, row].join('\n')), mapping)
    expect(refused(reading)).toMatchObject([{ row: 7, code: 'shifted-columns' }])
    expect(JSON.stringify(reading.rejects)).not.toMatch(/\bF\b/)
  })

  it('but one wrong cell is one wrong cell', async () => {
    const reading = await readAll(hr, folder.write([header, ...good, '9,N9,F,Active,soon,n9@example.org,Sales'].join('\n')), mapping)
    expect(refused(reading)).toEqual([])
    expect(reading.rejects).toMatchObject([{ row: 7, code: 'bad-date', effect: 'field-dropped' }])
  })
})

describe('a manager is found, or reported', () => {
  const read = (lines: readonly string[], columns: Record<string, string>) =>
    readAll(hr, folder.write(lines.join('\n')), mappingOf({ employeeId: 'id', fullName: 'name', email: 'mail', ...columns }))

  it('by name in either order, by address, by id in brackets; two of one name are nobody', async () => {
    const reading = await read([
      'id,name,mail,boss',
      '1,Ada Okafor,ada@example.org,',
      '2,"Lindqvist, Ben",ben@example.org,ada okafor',
      '3,Chen Mei,c1@example.org,"Okafor, Ada"',
      '4,Chen Mei,c2@example.org,ADA@example.org',
      '5,Dana Hart,d@example.org,Ben Lindqvist (2)',
      '6,Emil Novak,e@example.org,Chen Mei',
      '7,Fay Moreau,f@example.org,Nobody Known',
    ], { managerName: 'boss' })
    expect(reading.people.map((person) => person.managerEmployeeId)).toEqual([null, '1', '1', '1', '2', null, null])
    expect(reading.rejects.map(({ row, code }) => [row, code])).toEqual([[7, 'dangling-manager'], [8, 'dangling-manager']])
    expect(reading.rejects[0]?.reason).toContain('any of 2 people')
  })

  it('not in a row that was itself refused', async () => {
    const reading = await read(['id,name,mail,boss', '1,Ada,a@x,', '2,Ben', '3,Chen,c@x,2'], { managerId: 'boss' })
    expect(reading.rejects.map(({ row, code }) => [row, code])).toEqual([[3, 'too-few-columns'], [4, 'dangling-manager']])
  })
})

describe('repeated worker ids', () => {
  it('that say the same are merged, also where only columns nobody reads differ; others are refused, all but the first', async () => {
    const lines = ['id,name,shoe size', '1,Ada,38', '1,Ada,39', '1,Ida,38', '2,Ben,44', '1,Ada B.,38']
    const reading = await readAll(hr, folder.write(lines.join('\n')), mappingOf({ employeeId: 'id', fullName: 'name' }))
    expect(reading.people.map((person) => person.displayName)).toEqual(['Ada', 'Ben'])
    expect(reading.end.merged).toBe(1)
    expect(reading.rejects.map(({ row, code }) => [row, code])).toEqual([[4, 'duplicate-id'], [6, 'duplicate-id']])
    expect(unaccounted(reading)).toBe(0)
  })
})

describe('dates whose order nothing tells', () => {
  it('are left out and reported until the mapping says, never guessed', async () => {
    const path = folder.write('id,hired\n1,1/2/2024\n2,3/4/2024\n3,5/5/2024\n4,2024-01-02\n')
    const mapping = mappingOf({ employeeId: 'id', hireDate: 'hired' })
    const undecided = await readAll(hr, path, mapping)
    expect(undecided.people.map((person) => person.hireDate)).toEqual([null, null, '2024-05-05', '2024-01-02'])
    expect(undecided.end.notes[0]).toContain('whether day or month comes first')
    const dayFirst = await readAll(hr, path, { ...mapping, dateOrder: 'day-first' })
    expect(dayFirst.people.map((person) => person.hireDate)).toEqual(['2024-02-01', '2024-04-03', '2024-05-05', '2024-01-02'])
  })
})
