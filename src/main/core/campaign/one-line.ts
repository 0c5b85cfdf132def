const longest = 120

/**
 * Text from directories and campaigns as it may stand in a mail's header or first lines: one line, without control, direction-changing or invisible
 * characters, not readable as an encoded word (RFC 2047), cut where it is too long.
 */
export function oneLine(text: string, most = longest): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]+/gu, ' ').replaceAll('=?', '= ?').replace(/\s+/gu, ' ').trim()
  const characters = [...clean]
  return characters.length <= most ? clean : `${characters.slice(0, most - 1).join('')}…`
}
