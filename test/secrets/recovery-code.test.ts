import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newRecoveryCode, readRecoveryCode } from '../../src/main/secrets/recovery-code.ts'

test('a recovery code is read however it is typed', () => {
  const code = newRecoveryCode()
  expect(code).toMatch(/^([A-Z2-9]{5}-){12}[A-Z2-9]{5}$/)
  for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ' '), ` ${code.replaceAll('-', '')}\n`]) {
    expect(readRecoveryCode(typed)).toEqual({ kind: 'code', code })
  }
})

test('any one character mistyped is named by its group, and so are two swapped ones', () => {
  const letters = [...'abcdefghjkmnpqrstuvwxyz23456789']
  fc.assert(fc.property(fc.nat(64), fc.constantFrom(...letters), (at, letter) => {
    const text = newRecoveryCode().replaceAll('-', '').toLowerCase()
    const group = Math.floor(at / 5) + 1
    const changed = text.slice(0, at) + letter + text.slice(at + 1)
    expect(readRecoveryCode(changed).kind).toBe(changed === text ? 'code' : 'mistyped')
    if (changed !== text) expect(readRecoveryCode(changed)).toEqual({ kind: 'mistyped', groups: [group] })
    const next = at % 5 === 4 ? at - 1 : at
    const swapped = text.slice(0, next) + (text[next + 1] ?? '') + (text[next] ?? '') + text.slice(next + 2)
    if (swapped !== text) expect(readRecoveryCode(swapped)).toEqual({ kind: 'mistyped', groups: [Math.floor(next / 5) + 1] })
  }), { numRuns: 300 })
})

test('groups in another order are noticed, and a passphrase is not taken for a code', () => {
  const [first = '', second = '', ...rest] = newRecoveryCode().split('-')
  if (first.slice(0, 4) !== second.slice(0, 4)) expect(readRecoveryCode([second, first, ...rest].join('-')).kind).toBe('mistyped')
  for (const typed of ['', 'correct horse battery staple', 'a'.repeat(64), `${'ä'.repeat(65)}`]) expect(readRecoveryCode(typed)).toEqual({ kind: 'other' })
})
