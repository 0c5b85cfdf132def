/** A language model's words on an item. */
export const wordingTexts = {
  starting: 'A language model begins to word this. The fixed sentences stand until it is done; you need not wait.',
  waiting: (ahead: string) => `A language model will word this after ${ahead} before it. The fixed sentences stand until then.`,
  writing: 'A language model is wording this; each sentence is checked before it appears',
  soFar: (n: string, count: number) => `A language model is wording this, ${n} ${count === 1 ? 'sentence' : 'sentences'} so far. The fixed ones stand until it is done.`,
  again: 'Try again',
  lookCloser: 'Look closer: a language model reads this differently',
  disagrees: 'A language model reads this differently',
  verdict: (model: string, engine: string) =>
    `It would say “${model}”, the engine says “${engine}”. It has seen the same evidence without names. Its opinion changes nothing but your attention.`,
  inQueue: 'a language model reads it differently',
  byModel: (model: string, digest: string, replaced: string, sentences: string) =>
    `Worded by ${model} (${digest}), every sentence checked${replaced === '0' ? '' : `; ${replaced} of ${sentences} replaced by fixed ones`}`,
  byTemplateAfter: (model: string, digest: string) => `Worded with fixed sentences after ${model} (${digest}) was asked`,
  fields: {
    model: 'Model', server: 'Server', at: 'Worded', packet: 'Evidence packet', prompt: 'Prompt', options: 'Options', rules: 'Rules broken',
    event: 'Entry in the log',
  },
  took: (at: string, seconds: string) => `${at}, in ${seconds} s`,
  raw: (n: string) => `What it wrote, answer ${n}`,
}
