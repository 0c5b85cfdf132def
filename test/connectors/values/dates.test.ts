import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { decideDateOrder, endDate, parseDate, type DateOrder } from '../../../src/main/connectors/values/dates.ts'
import { parseTime } from '../../../src/main/connectors/values/times.ts'

describe('a date is read only one way', () => {
  it.each<[string, DateOrder, string]>([
    ['2026-11-22', 'undecided', '2026-11-22'],
    ['2026/1/2', 'undecided', '2026-01-02'],
    ['20261122', 'undecided', '2026-11-22'],
    ['2013-01-01 00:00:00', 'undecided', '2013-01-01'],
    ['2013-01-01T23:59:59Z', 'undecided', '2013-01-01'],
    ['11/22/2026', 'undecided', '2026-11-22'],
    ['22/11/2026', 'undecided', '2026-11-22'],
    ['5/5/2026', 'undecided', '2026-05-05'],
    ['1/2/2026', 'month-first', '2026-01-02'],
    ['1/2/2026', 'day-first', '2026-02-01'],
    ['1/2/2026 8:00 AM', 'month-first', '2026-01-02'],
    ['1.2.2026', 'undecided', '2026-02-01'],
    ['1.2.2026', 'month-first', '2026-01-02'],
    ['1-2-26', 'day-first', '2026-02-01'],
    ['1/15/68', 'month-first', '2068-01-15'],
    ['1/15/69', 'month-first', '1969-01-15'],
    ['22-Nov-2026', 'undecided', '2026-11-22'],
    ['22-NOV-26', 'undecided', '2026-11-22'],
    ['Nov 22, 2026', 'undecided', '2026-11-22'],
    ['November 22, 2026', 'undecided', '2026-11-22'],
    ['22. Dezember 2026', 'undecided', '2026-12-22'],
    ['3. März 2026', 'undecided', '2026-03-03'],
    ['29.02.2024', 'undecided', '2024-02-29'],
  ])('%s, %s', (text, order, expected) => {
    expect(parseDate(text, order)).toBe(expected)
  })

  it.each<[string, DateOrder, string]>([
    ['1/2/2026', 'undecided', 'ambiguous'],
    ['31/02/2024', 'day-first', 'impossible'],
    ['29.02.2023', 'undecided', 'impossible'],
    ['13/13/2024', 'undecided', 'impossible'],
    ['22/11/2026', 'month-first', 'impossible'],
    ['0000-00-00', 'undecided', 'impossible'],
    ['1066-10-14', 'undecided', 'out-of-range'],
    ['44927', 'undecided', 'not-a-date'],
    ['yesterday', 'undecided', 'not-a-date'],
    ['Active', 'undecided', 'not-a-date'],
    ['1/2-2026', 'day-first', 'not-a-date'],
    ['22-Foo-2026', 'undecided', 'not-a-date'],
  ])('%s, %s is %s', (text, order, fault) => {
    expect(parseDate(text, order)).toEqual({ fault })
  })

  it('gives back every day of the calendar in every spelling', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1970-01-01'), max: new Date('2068-12-31'), noInvalidDate: true }), (moment) => {
      const iso = moment.toISOString().slice(0, 10)
      const [year = '', month = '', day = ''] = iso.split('-')
      expect(parseDate(`${month}/${day}/${year}`, 'month-first')).toBe(iso)
      expect(parseDate(`${Number(day)}/${Number(month)}/${year.slice(2)}`, 'day-first')).toBe(iso)
      expect(parseDate(`${day}.${month}.${year}`, 'undecided')).toBe(iso)
      expect(parseTime(moment.toISOString(), 'undecided')).toBe(moment.toISOString())
    }))
  })

  it('decides a column by values that can be read one way only', () => {
    expect(decideDateOrder(['1/2/2024', '1/25/2024', '2024-01-01', ''])).toBe('month-first')
    expect(decideDateOrder(['1/2/2024', '25/1/2024'])).toBe('day-first')
    expect(decideDateOrder(['1/2/2024', '3/4/2024'])).toBe('undecided')
    expect(decideDateOrder(['25/1/2024', '1/25/2024'])).toBe('undecided')
    expect(decideDateOrder(['25.1.2024', '1/2/2024'])).toBe('undecided')
  })

  it('takes the far future for no end', () => {
    expect(endDate('9999-12-31')).toBeNull()
    expect(endDate('2030-12-31')).toBe('2030-12-31')
  })
})

describe('a time is read in UTC', () => {
  it.each([
    ['2026-11-22T05:32:00Z', '2026-11-22T05:32:00.000Z'],
    ['2026-11-22T05:32:00.1234567Z', '2026-11-22T05:32:00.123Z'],
    ['2026-11-22 05:32', '2026-11-22T05:32:00.000Z'],
    ['2026-11-22 05:32:10 UTC', '2026-11-22T05:32:10.000Z'],
    ['2026-11-22T00:32:00+02:00', '2026-11-21T22:32:00.000Z'],
    ['2026-11-22T23:32:00-0500', '2026-11-23T04:32:00.000Z'],
    ['11/22/2026, 1:05:07 PM', '2026-11-22T13:05:07.000Z'],
    ['11/22/2026 12:05 AM', '2026-11-22T00:05:00.000Z'],
    ['22.11.2026 13:05', '2026-11-22T13:05:00.000Z'],
    ['2026-11-22', '2026-11-22T00:00:00.000Z'],
    ['1716444307', '2024-05-23T06:05:07.000Z'],
    ['1716444307123', '2024-05-23T06:05:07.123Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
  ])('%s', (text, expected) => {
    expect(parseTime(text, 'undecided')).toBe(expected)
  })

  it.each([
    ['2026-11-22 25:00', 'impossible'], ['2026-11-22 10:61', 'impossible'], ['2026-11-22 13:00 PM', 'impossible'],
    ['2026-11-22T10:00+99:00', 'impossible'], ['10:00', 'not-a-date'], ['2026-11-22 10:00 somewhere', 'not-a-date'],
    ['1/2/2026 10:00', 'ambiguous'],
  ])('%s is %s', (text, fault) => {
    expect(parseTime(text, 'undecided')).toEqual({ fault })
  })
})
