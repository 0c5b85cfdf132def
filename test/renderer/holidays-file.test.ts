import { expect, test } from 'vitest'
import { holidaysIn } from '../../src/renderer/features/settings/calendar/holidays-file.ts'

test('a calendar brings its all-day events, folded lines and several days included, each day once', () => {
  const text = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261227', 'SUMMARY:Christmas\\, both', '  days', 'END:VEVENT',
    'BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20270101', 'SUMMARY:New Year', 'END:VEVENT', 'BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20270101', 'SUMMARY:Again', 'END:VEVENT',
    'BEGIN:VEVENT', 'SUMMARY:No day', 'END:VEVENT', 'END:VCALENDAR',
  ].join('\r\n')
  expect(holidaysIn(text)).toEqual({
    days: [{ day: '2026-12-25', name: 'Christmas, both days' }, { day: '2026-12-26', name: 'Christmas, both days' }, { day: '2027-01-01', name: 'New Year' }], skipped: 1,
  })
})

test('lines bring a day and a name in the usual ways of writing them; a heading and what is no day are passed over', () => {
  const text = 'Day;Name\n2026-12-25;Christmas\n"2026-12-26","St. Stephen\'s"\n01.05.2027\tLabour Day\n2027-02-30;No such day\n\nnonsense\n6/12/2027,\n'
  expect(holidaysIn(text)).toEqual({
    days: [
      { day: '2026-12-25', name: 'Christmas' }, { day: '2026-12-26', name: 'St. Stephen\'s' }, { day: '2027-05-01', name: 'Labour Day' }, { day: '2027-12-06', name: '–' },
    ],
    skipped: 2,
  })
})

test('what is no list of days brings none', () => {
  expect(holidaysIn('').days).toEqual([])
  expect(holidaysIn('\u0000\u0001 binary \uffff').days).toEqual([])
  expect(holidaysIn(`2026-12-25;${'x'.repeat(500)}`).days[0]?.name.length).toBe(80)
})
