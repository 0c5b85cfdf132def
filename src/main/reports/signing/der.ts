// Reads DER (X.690) as far as signatures and time stamps need it. Strict: what could be spelled in two ways is refused.

/** One element. `der` is all of it, `value` what follows its tag and length. Both are views, nothing is copied. */
export type Element = { readonly tag: number; readonly der: Uint8Array; readonly value: Uint8Array }

export const TAG = {
  boolean: 0x01, integer: 0x02, octets: 0x04, null: 0x05, oid: 0x06, generalizedTime: 0x18, sequence: 0x30, set: 0x31, context0: 0xa0, context1: 0xa1,
} as const

/** Lengths beyond four bytes are nothing a signature has. */
const MAX_LENGTH_BYTES = 4

/** The element at `at`. Throws where there is none, where it is cut off, or where its length is not spelled in the shortest way. */
export function readElement(bytes: Uint8Array, at = 0): Element {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new Error('not DER')
  let length = first
  let start = at + 2
  if (first >= 0x80) {
    const digits = first & 0x7f
    if (digits === 0 || digits > MAX_LENGTH_BYTES || start + digits > bytes.length) throw new Error('not DER')
    length = 0
    for (const digit of bytes.subarray(start, start + digits)) length = length * 256 + digit
    start += digits
    if (length < 0x80 || length < 256 ** (digits - 1)) throw new Error('not DER')
  }
  const end = start + length
  if (end > bytes.length) throw new Error('cut off')
  return { tag, der: bytes.subarray(at, end), value: bytes.subarray(start, end) }
}

/** The one element `bytes` consists of. Throws where something follows. */
export function readWhole(bytes: Uint8Array): Element {
  const element = readElement(bytes)
  if (element.der.length !== bytes.length) throw new Error('something follows')
  return element
}

/** What is inside an element, which must have this tag and, if said, this many parts. Throws otherwise. */
export function inside(element: Element | undefined, tag: number, count?: number): readonly Element[] {
  if (element?.tag !== tag) throw new Error('not of the expected form')
  const found: Element[] = []
  for (let at = 0; at < element.value.length;) {
    const child = readElement(element.value, at)
    found.push(child)
    at += child.der.length
  }
  if (count !== undefined && found.length !== count) throw new Error('not of the expected form')
  return found
}

/** `1.2.840.113549.1.7.2` */
export function oidOf(element: Element | undefined): string {
  if (element?.tag !== TAG.oid || element.value.length === 0) throw new Error('not an object identifier')
  const arcs: number[] = []
  let arc = 0
  let isOpen = false
  for (const byte of element.value) {
    if (!isOpen && byte === 0x80) throw new Error('not an object identifier')
    arc = arc * 128 + (byte & 0x7f)
    isOpen = byte >= 0x80
    if (isOpen) continue
    arcs.push(arc)
    arc = 0
  }
  const [first = 0, ...rest] = arcs
  if (isOpen || arcs.some((one) => !Number.isSafeInteger(one))) throw new Error('not an object identifier')
  const top = Math.min(2, Math.floor(first / 40))
  return [top, first - top * 40, ...rest].join('.')
}

/** AlgorithmIdentifier without parameters, or with NULL for them. */
export function algorithmOf(element: Element | undefined): string {
  const [name, parameters, ...more] = inside(element, TAG.sequence)
  if (more.length > 0 || (parameters !== undefined && (parameters.tag !== TAG.null || parameters.value.length > 0))) throw new Error('parameters')
  return oidOf(name)
}

/** A small INTEGER that is not negative, such as a version. */
export function numberOf(element: Element | undefined): number {
  if (element?.tag !== TAG.integer || element.value.length !== 1 || (element.value[0] ?? 0x80) >= 0x80) throw new Error('not a small number')
  return element.value[0] ?? 0
}

export function isSameElement(left: Element | undefined, right: Element | undefined): boolean {
  return left !== undefined && right !== undefined && isSameBytes(left.der, right.der)
}

/** Nothing is equal to nothing: an empty value never stands for a hash. */
export function isSameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length > 0 && left.length === right.length && left.every((byte, index) => byte === right[index])
}

/** An element of this tag around some content. */
export function derOf(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, part) => sum + part.length, 0)
  const digits: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256)
  const head = length < 0x80 ? [tag, length] : [tag, 0x80 | digits.length, ...digits]
  const out = new Uint8Array(head.length + length)
  out.set(head)
  let at = head.length
  for (const part of content) {
    out.set(part, at)
    at += part.length
  }
  return out
}
