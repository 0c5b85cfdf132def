import type { Letter } from './letter.ts'

/** UTF-8 as base64 in lines of 76, as mail wants it. */
const base64 = (text: string): string => {
  const bytes = new TextEncoder().encode(text)
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** A header's words; encoded in pieces so that no piece is longer than RFC 2047 allows. */
const encodedWords = (text: string): string => {
  const pieces: string[] = []
  let piece = ''
  for (const character of text.replaceAll(/[\r\n]+/g, ' ')) {
    if (new TextEncoder().encode(piece + character).length > 42) {
      pieces.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...pieces, piece].map((one) => `=?UTF-8?B?${base64(one)}?=`).join('\r\n ')
}

/** A letter as a mail draft (RFC 5322). `X-Unsent` lets mail programs open it for sending; no address comes from anywhere but the letter. */
export const emlOf = ({ person, name, subject, text }: Letter): string => [
  `To: ${encodedWords(name)} <${person.replaceAll(/[\s<>,;"]/g, '')}>`, `Subject: ${encodedWords(subject)}`, 'X-Unsent: 1', 'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', '', ...(base64(text.replaceAll(/\r?\n/g, '\r\n')).match(/.{1,76}/g) ?? []), '',
].join('\r\n')

/** A name every file system takes. */
export const emlName = ({ person }: Letter): string => `${person.replaceAll(/[^\w.@+-]/g, '_').slice(0, 80)}.eml`
