import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addTarget, emptyIndex, foundsIdentity, linkAccount, linkByStatements, type LinkableAccount } from '../../../src/main/core/inventory/correlate.ts'
import { foldKey } from '../../../src/main/core/inventory/fold-key.ts'

const account = (more: Partial<LinkableAccount>): LinkableAccount => ({
  origin: 'account:1:x', kind: 'unknown', nativeKey: 'x', loginKey: null, emailKey: null, employeeKey: null, confirmedOrigin: null, ...more,
})

function people(...targets: readonly (readonly [origin: string, employeeKey: string, emailKey: string | null])[]) {
  const index = emptyIndex()
  for (const [origin, employeeKey, emailKey] of targets) addTarget(index, { origin, employeeKey, emailKey })
  return index
}

test.each([
  ['an employee id outweighs an e-mail', { employeeKey: '1', emailKey: 'b@x' }, { origin: 'hr:1', reason: 'employee-id' }],
  ['an id nobody has leaves the e-mail to decide', { employeeKey: '9', emailKey: 'b@x' }, { origin: 'hr:2', reason: 'email' }],
  ['an e-mail outweighs the officer\'s word', { emailKey: 'b@x', confirmedOrigin: 'hr:1' }, { origin: 'hr:2', reason: 'email' }],
  ['a login name that is an employee id with a letter in it links', { nativeKey: 'e5' }, { origin: 'hr:5', reason: 'login-name' }],
  ['a bare number is nobody\'s id unless the file says so', { nativeKey: '1' }, { origin: null, reason: 'no-candidate' }],
  ['the officer\'s word outweighs a login name', { nativeKey: 'e5', confirmedOrigin: 'hr:1' }, { origin: 'hr:1', reason: 'confirmed' }],
  ['a login name that is an e-mail address links', { nativeKey: 'b@x' }, { origin: 'hr:2', reason: 'login-name' }],
  ['two people of one address are a question', { emailKey: 'c@x' }, { origin: null, reason: 'two-candidates' }],
  ['a question is not answered by a weaker rule', { emailKey: 'c@x', nativeKey: 'e5' }, { origin: null, reason: 'two-candidates' }],
  ['a question is answered by the officer', { emailKey: 'c@x', confirmedOrigin: 'hr:4' }, { origin: 'hr:4', reason: 'confirmed' }],
  ['nothing in common is nobody', { emailKey: 'z@x' }, { origin: null, reason: 'no-candidate' }],
] as const)('%s', (_, stated, link) => {
  const index = people(['hr:1', '1', 'a@x'], ['hr:2', '2', 'b@x'], ['hr:3', '3', 'c@x'], ['hr:4', '4', 'c@x'], ['hr:5', 'e5', null])
  expect(linkByStatements(account(stated), index)).toEqual(link)
})

test('every account gets exactly one link, and only to an identity that exists', () => {
  const key = fc.constantFrom(null, 'a', 'b', 'c')
  const accounts = fc.array(fc.record({ kind: fc.constantFrom('employee' as const, 'contractor' as const, 'guest' as const, 'service' as const, 'shared' as const, 'unknown' as const), emailKey: key, employeeKey: key }), { maxLength: 15 })
  fc.assert(
    fc.property(accounts, fc.array(fc.tuple(key, key), { maxLength: 4 }), (rows, hr) => {
      const index = emptyIndex()
      hr.forEach(([employeeKey, emailKey], at) => addTarget(index, { origin: `hr:${at}`, employeeKey, emailKey }))
      const founders = emptyIndex()
      const all = rows.map((row, at) => account({ ...row, origin: `account:1:${at}`, nativeKey: `login ${at}` }))
      const founding = all.map((one) => foundsIdentity(one, index, founders, hr.length > 0))
      const origins = new Set([...hr.map((_, at) => `hr:${at}`), ...all.filter((_, at) => founding[at]).map(({ origin }) => origin)])
      for (const [at, one] of all.entries()) {
        const link = linkAccount(one, founding[at] === true, index, founders)
        if (link.origin !== null) expect(origins).toContain(link.origin)
        else expect(hr.length > 0 || link.reason === 'two-candidates').toBe(true)
        if (one.kind === 'service' || one.kind === 'shared') expect(link).toEqual({ origin: one.origin, reason: 'account-itself' })
      }
    }),
  )
})

test('keys ignore case, width and outer blanks, and an empty one is no key', () => {
  expect(foldKey(' Ann@X.Example\u00a0')).toBe('ann@x.example')
  expect(foldKey('\uff21\uff2e\uff2e')).toBe('ann')
  expect(foldKey(' \t')).toBeNull()
  expect(foldKey(null)).toBeNull()
})
