import { expect, it } from 'vitest'
import { csvSignIns } from '../../../src/main/connectors/csv/sign-ins.ts'
import { fixture, signInsMapping } from '../fixtures.ts'
import { inputFolder, mappingOf, readAll } from '../reading.ts'

const folder = inputFolder()

it('sign-ins are read in UTC, and an attempt is not taken for use', async () => {
  const reading = await readAll(csvSignIns, fixture('sign-ins.csv'), signInsMapping)
  expect(reading.signIns.map(({ account, at, isSuccess }) => [account, at, isSuccess])).toEqual([
    ['ada', '2024-05-02T08:00:00.000Z', true],
    ['ada', '2024-05-02T06:00:00.000Z', false],
    ['ben', '2024-05-03T09:30:00.000Z', false],
    ['ben', '2024-05-23T13:05:07.000Z', true],
    ['emil', '2024-05-23T06:05:07.000Z', true],
  ])
  expect(reading.rejects.map(({ row, code }) => [row, code]))
    .toEqual([[7, 'missing-required'], [8, 'bad-date'], [9, 'bad-value'], [10, 'missing-required'], [11, 'bad-date']])
})

it('without a result column every row is a sign-in that succeeded', async () => {
  const reading = await readAll(csvSignIns, folder.write('user,time\na,2024-05-02T08:00:00Z\n'), mappingOf({ account: 'user', at: 'time' }))
  expect(reading.signIns).toEqual([{ account: 'a', application: '', at: '2024-05-02T08:00:00.000Z', isSuccess: true }])
})
