import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { customRoleWeight, standardRoleWeight } from '../../../src/main/connectors/okta/admin-role-weight.ts'
import { oktaEvent, readAll } from '../../../src/main/connectors/okta/answers.ts'
import { createRateLimits } from '../../../src/main/connectors/okta/rate-limits.ts'
import { holdsFor } from '../../../src/main/connectors/okta/rule-expression.ts'
import { eventTime, signInOf } from '../../../src/main/connectors/okta/system-log.ts'
import { blankJson } from '../../../src/main/connectors/raw-file/blanked-json.ts'

describe('conditions of group rules', () => {
  const profile = { department: 'Sales', title: 'Head of Sales', level: 7, isLead: true, office: null }
  const cases: readonly (readonly [string, 'yes' | 'no' | 'unknown'])[] = [
    ['user.department=="Sales"', 'yes'],
    ['user.department == "Finance"', 'no'],
    ['user.department!="Finance" AND user.level==7', 'yes'],
    ['(user.department=="X" || user.isLead) && !(user.level == 8)', 'yes'],
    ['String.startsWith(user.title, "Head")', 'yes'],
    ['String.stringContains(user.title, "Finance")', 'no'],
    ['user.office == null', 'yes'],
    ['user.missing == "x"', 'no'],
    ['user.department=="sales"', 'unknown'],
    ['isMemberOfAnyGroup("00g1")', 'unknown'],
    ['isMemberOfAnyGroup("00g1") and user.department=="Finance"', 'no'],
    ['isMemberOfAnyGroup("00g1") or user.department=="Sales"', 'yes'],
    ['String.toUpperCase(user.department)=="SALES"', 'unknown'],
    ['user.department==', 'unknown'],
    ['', 'unknown'],
    ['user.department=="Sales" user', 'unknown'],
  ]
  for (const [expression, verdict] of cases) it(`${expression === '' ? 'nothing' : expression}: ${verdict}`, () => { expect(holdsFor(expression, profile)).toBe(verdict) })

  it('never hang or throw, whatever is written', () => {
    const piece = fc.constantFrom('(', ')', '!', '==', '&&', 'or', 'user.department', '"Sales"', ',', 'String.startsWith(', ' ', '\\', '"', '7')
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => ['yes', 'no', 'unknown'].includes(holdsFor(pieces.join(''), profile))))
    expect(holdsFor('('.repeat(5_000), profile)).toBe('unknown')
    expect(holdsFor('!'.repeat(9_000), profile)).toBe('unknown')
  })
})

describe('events of the System Log', () => {
  it('are dated as Okta writes them and as log collectors rewrite them', () => {
    expect(eventTime('2022-03-22 14:21:53.225')).toBe('2022-03-22T14:21:53.225Z')
    expect(eventTime('2020-11-25 21:27:03.496000000')).toBe('2020-11-25T21:27:03.496Z')
    expect(eventTime('2026-11-22T05:32:00.000Z')).toBe('2026-11-22T05:32:00.000Z')
    expect(eventTime('redacted')).toBeNull()
  })

  it('tell of a sign-in only where a known user did something', () => {
    const event = { published: '2026-01-01T00:00:00.000Z', eventType: 'user.session.start', actor: { id: 'unknown', type: 'User' }, outcome: { result: 'FAILURE' } }
    expect(signInOf(event)).toBeNull()
    expect(signInOf({ ...event, actor: { id: '00u1', type: 'SystemPrincipal' } })).toBeNull()
    expect(signInOf({ ...event, actor: { id: '00u1', type: 'User' } })).toEqual({ account: '00u1', application: 'Okta', at: event.published, isSuccess: false })
  })

  const published = join(process.env['MUSTER_DATA'] ?? '', 'events', 'okta-system-log.json')
  it.skipIf(!existsSync(published))('that were published are all readable, and their sign-ins are kept', () => {
    const items = JSON.parse(readFileSync(published, 'utf8')) as { readonly eventType: string; readonly published: string }[]
    const { taken, rejects } = readAll(items, oktaEvent, 'an event')
    expect([taken.length, rejects]).toEqual([items.length, []])
    const dated = items.filter((item) => item.eventType === 'user.session.start' && item.published !== 'redacted')
    expect(taken.map(signInOf).filter((signIn) => signIn !== null).length).toBe(dated.length)
  })
})

describe('rate limits', () => {
  const headers = (values: Record<string, string>) => ({ get: (name: string) => values[name] ?? null })
  const at = Date.parse('2026-11-20T08:00:00.000Z')

  it('are kept per family, in Okta’s time, with a tenth left to others', () => {
    const limits = createRateLimits(() => at + 3_600_000)
    const of = (remaining: number) => headers({
      date: new Date(at).toUTCString(), 'x-rate-limit-limit': '600', 'x-rate-limit-remaining': String(remaining), 'x-rate-limit-reset': String(at / 1_000 + 30),
    })
    limits.note('/api/v1/groups/00g1/users', of(61))
    expect(limits.waitBefore('/api/v1/groups/00g2/roles')).toBe(0)
    limits.note('/api/v1/groups/00g1/users', of(60))
    expect(limits.waitBefore('/api/v1/groups/00g2/roles')).toBe(31_000)
    expect(limits.waitBefore('/api/v1/groups')).toBe(0)
  })

  it('that make no sense are no statement', () => {
    const limits = createRateLimits(() => at)
    expect(limits.waitAfterRefusal('/api/v1/users', headers({ 'x-rate-limit-reset': 'soon' }))).toBeNull()
    expect(limits.waitBefore('/api/v1/users')).toBe(0)
  })
})

describe('administrator roles', () => {
  it('nobody knew are taken for strong ones, custom ones for as strong as their strongest permission', () => {
    expect(standardRoleWeight('NEW_ROLE_OF_NEXT_YEAR')).toEqual({ privilege: 'admin', risk: 'high' })
    expect(customRoleWeight(['okta.users.read', 'okta.groups.read'])).toEqual({ privilege: 'elevated', risk: 'medium' })
    expect(customRoleWeight(['okta.users.read', 'okta.groups.manage'])).toEqual({ privilege: 'admin', risk: 'high' })
    expect(customRoleWeight(null)).toEqual({ privilege: 'admin', risk: 'high' })
  })
})

describe('raw answers', () => {
  it('without protected attributes are kept to the byte, with them they are emptied at any depth', () => {
    const plain = '[ {"id": "1", "profile": {"login":"a"}} ]'
    expect(blankJson(plain, JSON.parse(plain))).toEqual({ text: plain, blanked: [] })
    const with_ = { a: [{ profile: { gender: 'f', religion: { name: 'x' }, team: 'Blue', birthDate: null } }] }
    expect(blankJson(JSON.stringify(with_), with_)).toEqual({
      text: '{"a":[{"profile":{"gender":null,"religion":null,"team":"Blue","birthDate":null}}]}', blanked: ['gender', 'religion'],
    })
  })
})
