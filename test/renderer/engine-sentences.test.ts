import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { engineSentences } from '../../src/renderer/texts/de/engine-sentences.ts'
import { translated } from '../../src/renderer/texts/engine-sentences.ts'

const main = fileURLToPath(new URL('../../src/main', import.meta.url))

/** Every source of the engine as one text, with sentences that go over several lines put together. */
const said = (): string => readdirSync(main, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n')
  .replace(/['`]\s*\+\s*['`]/g, '').replaceAll('\\\'', '\'')

const places = (text: string): number => text.match(/\{\d?\}/g)?.length ?? 0

describe('sentences of the engine in German', () => {
  it('are all sentences the engine still says', () => {
    const engine = said()
    // Singular and plural are put together in the engine, so a part is known by its beginning or its end.
    const isSaid = (part: string): boolean => part.length <= 20 || engine.includes(part.slice(0, 16)) || engine.includes(part.slice(-16))
    const lost = engineSentences.map(([sentence]) => sentence).filter((sentence) => !sentence.split('{}').every((part) => isSaid(part.trim())))
    expect(lost).toEqual([])
  })

  it('name everything the English names, once each', () => {
    for (const [english, german] of engineSentences) {
      expect(german).not.toBe(english)
      expect(places(german), german).toBe(places(english))
    }
  })

  it('keep names and figures, also in another order; a sentence within a sentence is put into German, too', () => {
    expect(translated('The passphrase does not open the key of olga@example.com. Nothing was signed.', engineSentences))
      .toBe('Die Passphrase öffnet den Schlüssel von olga@example.com nicht. Nichts wurde unterschrieben.')
    expect(translated('There is no review item 7 for mia@example.com.', engineSentences)).toBe('Für mia@example.com gibt es keinen Eintrag 7.')
    expect(translated('The campaign cannot be launched: The scope matches no access.', engineSentences))
      .toBe('Die Kampagne kann nicht gestartet werden: Auf den Umfang passt kein Zugriff.')
    expect(translated('The disk is full. Nothing was imported.', engineSentences)).toBe('The disk is full. Nichts wurde übernommen.')
    expect(translated('The file has 10 records, the last one had 40: 25 %, below the 70 % that is believed without asking.', engineSentences))
      .toBe('Die Datei hat 10 Datensätze, die letzte hatte 40: 25 %, weniger als die 70 %, die ohne Rückfrage geglaubt werden.')
  })

  it('leave what they do not know, and a name that reads like a pattern, as it is', () => {
    expect(translated('Something nobody translated.', engineSentences)).toBe('Something nobody translated.')
    expect(translated('{1} $& has no items in this campaign.', engineSentences)).toBe('{1} $& hat keine Einträge in dieser Kampagne.')
  })
})
