import { engineSentences } from './de/engine-sentences.ts'
import { language } from './language.ts'

/** A sentence of the engine with `{}` where it puts a name or a figure, and the same in another language. */
type EngineSentence = readonly [said: string, shown: string]

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const patterns = new Map<readonly EngineSentence[], readonly (readonly [RegExp, string])[]>()

const patternsOf = (sentences: readonly EngineSentence[]): readonly (readonly [RegExp, string])[] => {
  const before = patterns.get(sentences)
  if (before !== undefined) return before
  const made = sentences.map(([said, shown]) => [new RegExp(`^${said.split('{}').map(escaped).join('([^]+?)')}$`), shown] as const)
  patterns.set(sentences, made)
  return made
}

/**
 * What the engine said, in the words of these sentences; unchanged where none of them is it. The first that fits counts. What stands in the
 * place of a `{}` may be a sentence of the engine itself.
 */
export const translated = (text: string, sentences: readonly EngineSentence[]): string => {
  for (const [pattern, shown] of patternsOf(sentences)) {
    const found = pattern.exec(text)
    if (found === null) continue
    let at = 0
    return shown.replace(/\{(\d?)\}/g, (_, place: string) => translated(found[1 + (place === '' ? at++ : Number(place))] ?? '', sentences))
  }
  return text
}

/**
 * A sentence of the engine as the screen shows it. The engine speaks English only, so that its log, its evidence and its commands say the same
 * everywhere; what people meet most is put into their language here, and the rest stays as it was said.
 */
export const engineSentence = (said: string): string => (language === 'de' ? translated(said, engineSentences) : said)
