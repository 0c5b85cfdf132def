import { describe, expect, it } from 'vitest'
import { nameKey, personName } from '../../../src/main/connectors/values/names.ts'
import { cleanCell, quoteValue } from '../../../src/main/connectors/values/text.ts'
import {
  parseAccountKind, parseBoolean, parsePrivilege, parseResult, parseRisk, parseStatus, parseWorkerKind,
} from '../../../src/main/connectors/values/words.ts'

describe('words of directories and HR', () => {
  it.each([
    ['Active', 'active'], ['On Leave', 'on-leave'], ['Leave of Absence', 'on-leave'], ['TERMINATED', 'inactive'], ['Gekündigt', 'inactive'],
    ['Aktiv', 'active'], ['True', 'active'], ['Sabbatical year', null], ['', null],
  ])('status %s is %s', (text, expected) => expect(parseStatus(text)).toBe(expected))

  it('knows the usual words for kinds, yes and no, privilege, risk and outcome', () => {
    expect(['Regular', 'Intern', 'Contingent Worker', 'Third-Party', 'Externer', 'Alien'].map(parseWorkerKind))
      .toEqual(['employee', 'employee', 'contractor', 'contractor', 'contractor', null])
    expect(['Service Account', 'Guest', 'Shared', 'User', 'robot', 'x'].map(parseAccountKind))
      .toEqual(['service', 'guest', 'shared', 'employee', 'service', null])
    expect(['True', '0', 'ja', 'Disabled', 'maybe'].map(parseBoolean)).toEqual(['true', 'false', 'true', 'false', null])
    expect(['Administrator', 'Read-Only', 'privileged', 'odd'].map(parsePrivilege)).toEqual(['admin', 'none', 'elevated', null])
    expect(['Low', 'Mittel', 'VERY HIGH', 'odd'].map(parseRisk)).toEqual(['low', 'medium', 'critical', null])
    expect(['SUCCESS', 'ALLOW', 'Interrupted', 'CHALLENGE', 'UNKNOWN'].map(parseResult))
      .toEqual(['success', 'success', 'failure', 'failure', null])
  })

  it('turns “Last, First” round and leaves suffixes alone', () => {
    expect(personName(' Okafor,  Ada ')).toBe('Ada Okafor')
    expect(personName('Smith, Jr.')).toBe('Smith, Jr.')
    expect(personName('One, Two, Three')).toBe('One, Two, Three')
    expect(nameKey('OKAFOR, ADA')).toBe(nameKey('Ada Okafor'))
  })

  it('cleans a cell without changing what it says', () => {
    expect(cleanCell('  x\u00a0')).toBe('x')
    expect(cleanCell('NULL')).toBe('')
    expect(cleanCell('null')).toBe('null')
    expect(cleanCell('"abc" ')).toBe('abc')
    expect(cleanCell('"abc"')).toBe('"abc"')
    expect(quoteValue('a\nb')).toBe('“a b”')
    expect(quoteValue('x'.repeat(100))).toHaveLength(82)
  })
})
