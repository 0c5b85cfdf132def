import { consequencePhrases } from './consequences.ts'

// A sentence is cut at its joints, and every part must say something the evidence supports: words that each may be used still must not
// make a second, unsupported statement behind the first.

const joint = /[;:,.!?]|(?<=, )yet\b|(?<!short )\bwhile\b|\b(?:and|but|although|though|so|whereas|because)\b/g

/** True of every item, or an ordinary remark on dates and records, or what follows from the kind alone. */
const asides: readonly RegExp[] = [
  /^ ?(which )?(user )?(still |also |also still )?(holds|has)( it| ent)?( too| still)? ?$/, /\bthe (first|earliest) day (known|on record)\b/, /^ ?(on|in) (the )?records?(ed)? ?$/,
  /^ ?(says|according to|as) hr( says)? ?$/, /\bearlier use is (unknown|not known)\b/, /\bthe need for it was looked at\b/,
  /\bneeds a (current )?reason\b/, /\bwhat people do says little\b/, /\bkeeper has to be asked\b/, /\bcan do more harm than ordinary access\b/,
  /\b(rhythm|habit|pattern) (has )?(stopped|ended|broken off)\b/, /\bwhether .* is (unknown|not known)\b/, /\bholds (them )?both\b/, /^ ?as agreed ?$/,
  /\bthe present manager\b/, /\bthe record (ends|stops) soon after\b/, /\bis tied to none of them\b/, /^ ?(also|too|again|now|then|still|in all) ?$/,
  /\bin line with (them|the others)\b/, /^ ?(it|ent) is new ?$/,
]

/** The parts of a text (placeholders as `<field>`) that carry neither a fact, nor a phrase of `said`, nor a known aside. */
export function danglingClauses(text: string, said: readonly RegExp[]): readonly string[] {
  const spans = [...said, ...consequencePhrases].flatMap((pattern) => spansOf(pattern, text))
  const dangling: string[] = []
  let from = 0
  const judge = (to: number): void => {
    const clause = text.slice(from, to)
    const isSaid = clause.includes('<') || spans.some(([start, end]) => start < to && end > from) || asides.some((aside) => aside.test(clause))
    if (/[a-z]/.test(clause) && !isSaid) dangling.push(clause.trim())
  }
  for (const match of text.matchAll(joint)) {
    judge(match.index)
    from = match.index + match[0].length
  }
  judge(text.length)
  return dangling
}

function spansOf(pattern: RegExp, text: string): readonly (readonly [number, number])[] {
  return [...text.matchAll(new RegExp(pattern.source, 'g'))].filter((match) => match[0] !== '').map((match) => [match.index, match.index + match[0].length])
}
