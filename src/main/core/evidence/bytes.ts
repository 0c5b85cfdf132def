// The core compiles without Node and without the DOM, so the three encodings the evidence needs are written here once.

/** SHA-256 of the bytes, 32 bytes long. Handed in by whoever calls (node:crypto outside), so that the core stays pure. */
export type Hash = (bytes: Uint8Array) => Uint8Array

const NOTHING = new Uint8Array(0)

/**
 * UTF-8 of a string, after `prefix`; a lone surrogate becomes U+FFFD, as every encoder does. Canonical JSON refuses those before they
 * get here.
 */
export function utf8Bytes(text: string, prefix: Uint8Array = NOTHING): Uint8Array {
  // Nearly every line is plain ASCII: one byte a character, nothing to spare.
  const out = new Uint8Array(prefix.length + text.length)
  out.set(prefix)
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code >= 0x80) return withWideCharacters(text, out, prefix.length + index, index)
    out[prefix.length + index] = code
  }
  return out
}

/** Goes on from character `index`, with room for three bytes each; two halves of a pair take four. */
function withWideCharacters(text: string, begun: Uint8Array, length: number, index: number): Uint8Array {
  const out = new Uint8Array(length + (text.length - index) * 3)
  out.set(begun.subarray(0, length))
  let at = length
  for (; index < text.length; index++) {
    let code = text.charCodeAt(index)
    if (code < 0x80) {
      out[at++] = code
      continue
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      const low = text.charCodeAt(index + 1)
      if (code <= 0xdbff && low >= 0xdc00 && low <= 0xdfff) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)
        index++
      } else {
        code = 0xfffd
      }
    }
    if (code < 0x800) {
      out[at++] = 0xc0 | (code >> 6)
    } else {
      if (code < 0x10000) {
        out[at++] = 0xe0 | (code >> 12)
      } else {
        out[at++] = 0xf0 | (code >> 18)
        out[at++] = 0x80 | ((code >> 12) & 0x3f)
      }
      out[at++] = 0x80 | ((code >> 6) & 0x3f)
    }
    out[at++] = 0x80 | (code & 0x3f)
  }
  return out.subarray(0, at)
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index])
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function toHex(bytes: Uint8Array): string {
  let out = ''
  for (const byte of bytes) out += HEX[byte]
  return out
}

/** Lower-case hex only: one value has one spelling, otherwise two different texts could pass for the same hash. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return undefined
  return Uint8Array.from({ length: text.length / 2 }, (_, index) => Number.parseInt(text.slice(index * 2, index * 2 + 2), 16))
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function toBase64(bytes: Uint8Array): string {
  let out = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3)
    const word = (first << 16) | (second << 8) | third
    out += BASE64.charAt(word >> 18) + BASE64.charAt((word >> 12) & 63)
    out += at + 1 < bytes.length ? BASE64.charAt((word >> 6) & 63) : '='
    out += at + 2 < bytes.length ? BASE64.charAt(word & 63) : '='
  }
  return out
}

/** Standard base64 with padding; anything that would not be written again in exactly the same way is refused. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  const digits = text.replace(/=+$/, '')
  const out = new Uint8Array(Math.floor((digits.length * 3) / 4))
  let bits = 0
  let held = 0
  let at = 0
  for (const digit of digits) {
    bits = ((bits << 6) | BASE64.indexOf(digit)) & 0xffffff
    held += 6
    if (held >= 8) {
      held -= 8
      out[at++] = (bits >> held) & 0xff
    }
  }
  return toBase64(out) === text ? out : undefined
}
