import type { wordingTexts as english } from '../en/wording.ts'

export const wordingTexts: typeof english = {
  starting: 'Ein Sprachmodell beginnt, dies zu formulieren. Bis dahin gelten die festen Sätze; Sie müssen nicht warten.',
  waiting: (ahead) => `Ein Sprachmodell formuliert dies, nach ${ahead} davor. Bis dahin gelten die festen Sätze.`,
  writing: 'Ein Sprachmodell formuliert dies; jeder Satz wird geprüft, bevor er erscheint',
  soFar: (n, count) => `Ein Sprachmodell formuliert dies, bisher ${n} ${count === 1 ? 'Satz' : 'Sätze'}. Bis es fertig ist, gelten die festen.`,
  again: 'Erneut versuchen',
  lookCloser: 'Genauer prüfen: Ein Sprachmodell liest dies anders',
  disagrees: 'Ein Sprachmodell liest dies anders',
  verdict: (model, engine) =>
    `Es würde „${model}“ sagen, die Auswertung sagt „${engine}“. Es hat dieselben Belege ohne Namen gesehen. Seine Meinung ändert nichts als Ihre Aufmerksamkeit.`,
  inQueue: 'ein Sprachmodell liest es anders',
  byModel: (model, digest, replaced, sentences) =>
    `Formuliert von ${model} (${digest}), jeder Satz geprüft${replaced === '0' ? '' : `; ${replaced} von ${sentences} durch feste ersetzt`}`,
  byTemplateAfter: (model, digest) => `Mit festen Sätzen formuliert, nachdem ${model} (${digest}) gefragt wurde`,
  fields: { model: 'Modell', server: 'Server', at: 'Formuliert', packet: 'Belegpaket', prompt: 'Anfrage', options: 'Einstellungen', rules: 'Verletzte Regeln', event: 'Protokolleintrag' },
  took: (at, seconds) => `${at}, in ${seconds} s`,
  raw: (n) => `Was es schrieb, Antwort ${n}`,
}
