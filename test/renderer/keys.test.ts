import { describe, expect, it } from 'vitest'
import { reviewCommand } from '../../src/renderer/features/review/keys.ts'
import type { FocusPlace, KeyStroke } from '../../src/renderer/features/review/keys.ts'

const stroke = (key: string,
  change: Partial<KeyStroke> = {}): KeyStroke =>
    ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false, ...change })
const anywhere: FocusPlace = { isTyping: false, isPressable: false, ownsArrows: false, isInDialog: false }

describe('keys of the review', () => {
  it.each([
    ['j', 'next'], ['ArrowDown', 'next'], ['ArrowUp', 'previous'], ['k', 'keep'], ['K', 'keep'], ['r', 'revoke'], ['l', 'look-closer'],
      ['e', 'keep-until'],
    ['z', 'undo'], [' ', 'evidence'], ['/', 'search'], ['?', 'keys'],
  ] as const)('%s means %s', (key, command) => expect(reviewCommand(stroke(key), anywhere)).toBe(command))

  it.each(['j', 'k', 'r', 'z', ' ', '/', 'ArrowDown'])('%s is a letter, not a decision, while one types', (key) => {
    expect(reviewCommand(stroke(key), { ...anywhere, isTyping: true })).toBeNull()
  })

  it.each(['ctrlKey', 'metaKey', 'altKey'] as const)('%s with a letter stays the browser’s', (modifier) => {
    expect(reviewCommand(stroke('r', { [modifier]: true }), anywhere)).toBeNull()
  })

  it('Space presses the button it is on', () => expect(reviewCommand(stroke(' '), { ...anywhere, isPressable: true })).toBeNull())
  it('arrows stay with a list of reasons', () => expect(reviewCommand(stroke('ArrowDown'), { ...anywhere, ownsArrows: true })).toBeNull())
  it('nothing moves behind a dialog',
    () => expect(reviewCommand(stroke('Enter', { ctrlKey: true }), { ...anywhere, isInDialog: true })).toBeNull())
  it('signs off with Ctrl or Cmd and Enter, also from a field', () => {
    expect(reviewCommand(stroke('Enter', { ctrlKey: true }), { ...anywhere, isTyping: true })).toBe('sign-off')
    expect(reviewCommand(stroke('Enter', { metaKey: true }), anywhere)).toBe('sign-off')
  })
  it('a held key walks, but decides only once', () => {
    expect(reviewCommand(stroke('j', { repeat: true }), anywhere)).toBe('next')
    expect(reviewCommand(stroke('k', { repeat: true }), anywhere)).toBeNull()
  })
})
