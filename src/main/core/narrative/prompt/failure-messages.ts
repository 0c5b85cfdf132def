import type { ModelFailure, ModelFailureCode } from '../../../../shared/model/language-model.ts'

/** What happened, and what to do, in a sentence or two. Every one of them leaves the fixed sentences standing and every decision possible. */
const messages: Readonly<Record<ModelFailureCode, string>> = {
  off: 'No language model is switched on; the words are the fixed sentences.',
  'no-server': 'No Ollama server answers at this address. Start it with "ollama serve", or check the address under Settings.',
  'host-refused': 'This address is not on this machine, and no officer has allowed it by name. Nothing was sent.',
  'no-model': 'The chosen model is no longer on the Ollama server. Choose another under Settings, or fetch it again with "ollama pull".',
  'remote-model': 'This model runs on somebody else’s computers, so the evidence would leave this machine. Choose one that runs here.',
  'cannot-chat': 'This model cannot hold a conversation (it may be made for search only). Choose another.',
  busy: 'Ollama is busy and its queue is full. Try again in a moment.',
  slow: 'The model took too long to answer. It may still be loading, or be too large for this machine; try again, or choose a smaller one.',
  'cut-stream': 'The answer broke off in the middle, as if Ollama had been stopped. Nothing of it was used; try again.',
  'server-error': 'Ollama reported an error while the model was writing. Nothing of the answer was used.',
  'not-ollama': 'Something answers at this address, but it does not speak as Ollama does. Check the address under Settings.',
  'format-ignored': 'The model answered in prose instead of the form it was asked for, twice. Another model may do better.',
  'thinking-leaked': 'The model mixed its thinking into the answer, twice. Nothing of it is shown.',
  'wrong-json': 'The model’s answer did not have the form it was asked for, twice. Nothing of it was used.',
  empty: 'The model answered with nothing, twice.',
  'cut-short': 'The model wrote more than it may and was cut off, twice. Nothing of it was used.',
  'prompt-too-long': 'The evidence of this item is longer than the model can read. Choose a model with a larger context.',
  unsupported: 'The model’s sentences were not supported by the evidence, twice; the fixed sentences stand in their place.',
  'digest-changed': 'The model was replaced by another version under the same name. It has to pass the exam again before it words anything.',
  'not-examined': 'This model has not passed the exam with this version of Muster. Run the exam first.',
  paused: 'The language model failed several times in a row and rests for a minute. Decisions go on as usual.',
  cancelled: 'Stopped as asked.',
}

/** `detail`: what the server itself said, if it said anything; shortened, one line, no control characters. */
export function modelFailure(code: ModelFailureCode, detail = ''): ModelFailure {
  const said = detail.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim().slice(0, 160)
  return { code, message: said === '' ? messages[code] : `${messages[code]} Ollama said: “${said}”` }
}
