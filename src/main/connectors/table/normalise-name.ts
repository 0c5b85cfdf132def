const FOLDED: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }

/** A header name as lower-case words: `WorkerID`, `worker_id` and `Worker ID` all become `worker id`; umlauts are spelt out. */
export function headerWords(name: string): readonly string[] {
  return name
    .normalize('NFC')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => FOLDED[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}#]+/u)
    .filter((word) => word !== '')
}

/** The words run together: what synonyms are compared by. */
export const headerKey = (name: string): string => headerWords(name).join('')
