export type ReviewCommand =
  | 'next' | 'previous' | 'keep' | 'revoke' | 'look-closer' | 'keep-until' | 'undo' | 'evidence' | 'search' | 'keys' | 'sign-off' | 'reassign' | 'overview'

/** Where the focus is, as far as keys care. */
export interface FocusPlace {
  /** In a field one types into: no key is a command there, except Ctrl+Enter. */
  readonly isTyping: boolean
  /** On a button or link: Space presses it. */
  readonly isPressable: boolean
  /** In a radio group or list that uses the arrows itself. */
  readonly ownsArrows: boolean
  /** A dialog is open: the review behind it must not move. */
  readonly isInDialog: boolean
}

export interface KeyStroke {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly repeat: boolean
}

const letters: Readonly<Record<string, ReviewCommand>> = { j: 'next', k: 'keep', r: 'revoke', l: 'look-closer', e: 'keep-until', z: 'undo', a: 'reassign', o: 'overview' }

/** A held key may walk through the queue, but must never decide more than one item. */
const repeatable: ReadonlySet<ReviewCommand> = new Set(['next', 'previous'])

const commandOf = (stroke: KeyStroke, place: FocusPlace): ReviewCommand | null => {
  if (stroke.key === 'ArrowDown' || stroke.key === 'ArrowUp') {
    if (place.ownsArrows || stroke.shiftKey) return null
    return stroke.key === 'ArrowDown' ? 'next' : 'previous'
  }
  if (stroke.key === ' ') return place.isPressable || place.ownsArrows ? null : 'evidence'
  if (stroke.key === '/') return 'search'
  if (stroke.key === '?') return 'keys'
  return stroke.shiftKey ? null : (letters[stroke.key.toLowerCase()] ?? null)
}

/** What a key means in the review, or null when it belongs to the browser, to a field or to a dialog. */
export const reviewCommand = (stroke: KeyStroke, place: FocusPlace): ReviewCommand | null => {
  if (place.isInDialog) return null
  if (stroke.key === 'Enter' && (stroke.ctrlKey || stroke.metaKey) && !stroke.altKey && !stroke.repeat) return 'sign-off'
  if (stroke.ctrlKey || stroke.metaKey || stroke.altKey || place.isTyping) return null
  const command = commandOf(stroke, place)
  return command !== null && stroke.repeat && !repeatable.has(command) ? null : command
}

const typed = 'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true], [role=spinbutton]'

/** Reads the place of the focus from the document. */
export const focusPlace = (target: EventTarget | null): FocusPlace => {
  const element = target instanceof Element ? target : null
  return {
    isTyping: element?.matches(typed) ?? false,
    isPressable: element?.closest('button, a, summary, [role=button]') !== null && element !== null,
    ownsArrows: element?.closest('[role=radiogroup], [role=menu], [role=listbox]') !== null && element !== null,
    isInDialog: document.querySelector('[role=dialog], [role=alertdialog]') !== null,
  }
}
