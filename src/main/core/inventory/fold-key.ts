/**
 * The form in which ids, e-mail addresses and login names are compared: trimmed, NFKC, lower case. Null when nothing is left.
 * Lower case rather than full case folding on purpose: folding would also join `ß` and `ss`, and a wrong match is worse than a question.
 */
export function foldKey(text: string | null): string | null {
  if (text === null) return null
  const key = text.normalize('NFKC').trim().toLowerCase()
  return key === '' ? null : key
}
