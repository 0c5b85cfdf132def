// Names and descriptions come from directories and HR files, so they are hostile until cleaned: an override character can turn
// "nimda" into "admin" on paper, and a 10 kB name can push a decision off the page.

const plainAscii = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/
/** Line breaks, tabs and every Unicode space become one blank. */
const spaces = /[\s\u0085\u2028\u2029\u00a0\u3000]+/gu
/**
 * Controls, format characters (bidi overrides and isolates, zero-width characters, soft hyphen, tags), variation selectors, private use
 * and noncharacters: nothing a name needs, everything a forger would use.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]/gu
const loneSurrogates = /\p{Cs}/gu
const stackedMarks = /(\p{M}{3})\p{M}+/gu

/**
 * One clean line: composed (NFC), no control or direction characters, no piled-up accents, single blanks, at most `limit` characters
 * (code points) and then an ellipsis. Never throws, whatever the input.
 */
export function safeText(text: string, limit = 400): string {
  if (text.length <= limit && plainAscii.test(text) && !text.includes('  ')) return text
  // Cut generously first so that a megabyte costs no more than a line; decomposed letters shrink when composed.
  const clean = text.slice(0, limit * 8).normalize('NFC')
    .replace(loneSurrogates, '\ufffd').replace(spaces, ' ').replace(invisible, '').replace(stackedMarks, '$1').replace(/ {2,}/g, ' ').trim()
  const points = [...clean]
  if (points.length <= limit && text.length <= limit * 8) return clean
  return `${points.slice(0, limit - 1).join('').trimEnd()}…`
}

/**
 * For the document information, which PDF/A wants repeated in the XMP metadata, and which the PDF library writes there without escaping;
 * both stand uncompressed in the file, so neither may look like the signature's placeholder (`/ByteRange [`).
 */
export function safeTitle(text: string): string {
  return safeText(text, 200).replaceAll('&', 'and').replaceAll('<', '‹').replaceAll('>', '›').replaceAll('[', '(').replaceAll(']', ')')
}
