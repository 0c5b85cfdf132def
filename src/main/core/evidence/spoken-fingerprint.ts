/** A SHA-256 in hex as eight groups of five digits, to be compared over the telephone: 132 of its bits. */
export function spokenFingerprint(hex: string): string {
  const digits = (BigInt(`0x${hex}`) % 10n ** 40n).toString().padStart(40, '0')
  return (digits.match(/.{5}/g) ?? []).join(' ')
}

/** Whatever separators somebody typed between the digits. */
export function isSameSpoken(typed: string, hex: string): boolean {
  return typed.replaceAll(/\D/g, '') === spokenFingerprint(hex).replaceAll(' ', '')
}
