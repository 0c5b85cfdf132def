export type Verdict = 'yes' | 'no' | 'unknown'

type Value = string | number | boolean | null | typeof UNKNOWN
const UNKNOWN = Symbol('only Okta can say')

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|(==|!=|&&|\|\||[!(),]))/y
const LONGEST = 10_000
const DEEPEST = 50

/**
 * Whether a group rule's condition holds for a profile, as far as that can be told: comparisons of profile attributes with texts, numbers
 * and truth values, `String.startsWith`, `String.stringContains`, and, or, not. Everything else of Okta's expression language (memberships,
 * conversions, dates) is `unknown`, and so is a text that only differs in case. Source: Okta developer guide, "Okta Expression Language".
 */
export function holdsFor(expression: string, profile: Readonly<Record<string, unknown>>): Verdict {
  const tokens = tokensOf(expression)
  if (tokens === null || tokens.length === 0) return 'unknown'
  let at = 0
  let depth = 0
  const isNext = (...words: readonly string[]): boolean => words.includes(tokens[at]?.toLowerCase() ?? '')
  const take = (...words: readonly string[]): boolean => {
    if (!isNext(...words)) return false
    at += 1
    return true
  }

  function either(): Verdict {
    let verdict = both()
    while (take('||', 'or')) verdict = or(verdict, both())
    return verdict
  }

  function both(): Verdict {
    let verdict = negated()
    while (take('&&', 'and')) verdict = and(verdict, negated())
    return verdict
  }

  function negated(): Verdict {
    if (take('!', 'not')) return not(negated())
    return compared()
  }

  function compared(): Verdict {
    depth += 1
    if (depth > DEEPEST) throw new Unreadable()
    try {
      if (take('(')) {
        const inner = either()
        if (!take(')')) throw new Unreadable()
        return inner
      }
      const left = value()
      if (take('==', 'eq')) return equal(left, value())
      if (take('!=', 'ne')) return not(equal(left, value()))
      return left === true ? 'yes' : left === false || left === null ? 'no' : 'unknown'
    } finally {
      depth -= 1
    }
  }

  function value(): Value {
    const token = tokens?.[at]
    if (token === undefined || /^[),&|=!]/.test(token)) throw new Unreadable()
    at += 1
    if (token.startsWith('"') || token.startsWith('\'')) return token.slice(1, -1).replace(/\\(.)/g, '$1')
    if (/^\d/.test(token)) return Number(token)
    if (token === 'true' || token === 'false') return token === 'true'
    if (token === 'null') return null
    if (take('(')) return called(token)
    return token.startsWith('user.') ? attribute(token.slice('user.'.length)) : UNKNOWN
  }

  function called(name: string): Value {
    const given: Value[] = []
    while (!take(')')) {
      given.push(value())
      if (!take(',') && !isNext(')')) throw new Unreadable()
    }
    const [text, part] = given
    if (typeof text !== 'string' || typeof part !== 'string') {
      return text === null && (name === 'String.startsWith' || name === 'String.stringContains') ? false : UNKNOWN
    }
    if (name === 'String.startsWith') return inEitherCase(text.startsWith(part), text.toLowerCase().startsWith(part.toLowerCase()))
    if (name === 'String.stringContains') return inEitherCase(text.includes(part), text.toLowerCase().includes(part.toLowerCase()))
    return UNKNOWN
  }

  function attribute(name: string): Value {
    const held = Object.hasOwn(profile, name) ? profile[name] : null
    return held === null || held === undefined || typeof held === 'string' || typeof held === 'number' || typeof held === 'boolean' ? held ?? null : UNKNOWN
  }

  try {
    const verdict = either()
    return at === tokens.length ? verdict : 'unknown'
  } catch (error) {
    if (error instanceof Unreadable) return 'unknown'
    throw error
  }
}

class Unreadable extends Error {}

function tokensOf(expression: string): readonly string[] | null {
  const text = expression.trimEnd()
  if (text.length > LONGEST) return null
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text)
    if (found === null) return null
    tokens.push(found[0].trimStart())
  }
  return tokens
}

const inEitherCase = (exact: boolean, folded: boolean): Value => (exact === folded ? exact : UNKNOWN)

function equal(left: Value, right: Value): Verdict {
  if (left === UNKNOWN || right === UNKNOWN) return 'unknown'
  if (left === right) return 'yes'
  const isSameText = typeof left === 'string' && typeof right === 'string' && left.toLowerCase() === right.toLowerCase()
  const isSameWritten = left !== null && right !== null && typeof left !== typeof right && String(left) === String(right)
  return isSameText || isSameWritten ? 'unknown' : 'no'
}

const not = (verdict: Verdict): Verdict => (verdict === 'yes' ? 'no' : verdict === 'no' ? 'yes' : 'unknown')
const and = (a: Verdict, b: Verdict): Verdict => (a === 'no' || b === 'no' ? 'no' : a === 'yes' && b === 'yes' ? 'yes' : 'unknown')
const or = (a: Verdict, b: Verdict): Verdict => not(and(not(a), not(b)))
