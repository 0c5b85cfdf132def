import { claim, type Claim } from '../../../../shared/model/narrative.ts'
import { modelAnswer, type ModelAnswer, type ModelFailureCode } from '../../../../shared/model/language-model.ts'

export type AnswerFault = Extract<ModelFailureCode, 'format-ignored' | 'thinking-leaked' | 'wrong-json' | 'empty' | 'cut-short'>

export type ReadAnswer = { readonly ok: true; readonly answer: ModelAnswer } | { readonly ok: false; readonly code: AnswerFault }

/**
 * Judges what a model wrote, whatever `format` promised: some servers and models ignore it. `doneReason` is Ollama's; only `stop` means
 * that the model had finished.
 */
export function readAnswer(content: string, doneReason: string): ReadAnswer {
  const text = content.trim()
  if (text === '') return { ok: false, code: doneReason === 'length' ? 'cut-short' : 'empty' }
  if (/<\/?(think|thinking|thought|reasoning)\b|<\|channel\|>|◁\/?think▷/i.test(text.slice(0, 400))) return { ok: false, code: 'thinking-leaked' }
  if (doneReason !== 'stop') return { ok: false, code: 'cut-short' }
  const parsed = parsedJson(text)
  if (parsed === undefined) return { ok: false, code: text.startsWith('{') ? 'wrong-json' : 'format-ignored' }
  const answer = modelAnswer.safeParse(parsed)
  return answer.success ? { ok: true, answer: answer.data } : { ok: false, code: 'wrong-json' }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The sentences that are complete in an answer still being written, in order, the counter last. Whatever cannot be read is passed over:
 * the finished answer is judged anew anyway.
 */
export function sentencesSoFar(partial: string): readonly Claim[] {
  const claimsAt = partial.indexOf('"claims"')
  if (claimsAt === -1) return []
  return objectsIn(partial.slice(claimsAt)).flatMap((text) => {
    const read = claim.safeParse(parsedJson(text))
    return read.success ? [read.data] : []
  })
}

/** The outermost complete `{…}` texts, braces within strings left alone. */
function objectsIn(text: string): readonly string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  let isInString = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]
    if (isInString) {
      if (char === '\\') at += 1
      else if (char === '"') isInString = false
    } else if (char === '"') {
      isInString = true
    } else if (char === '{') {
      if (depth === 0) from = at
      depth += 1
    } else if (char === '}' && depth > 0) {
      depth -= 1
      if (depth === 0) found.push(text.slice(from, at + 1))
    }
  }
  return found
}
