import { onTestFinished } from 'vitest'
import { ollamaModels } from '../../src/main/narrators/ollama/narrator.ts'
import { templateNarrator } from '../../src/main/narrators/template.ts'
import { startFakeOllama } from '../support/fake-ollama/server.ts'
import type { ChatCall, ChatScript } from '../support/fake-ollama/server.ts'
import { localModel, obedientAnswer } from '../support/fake-ollama/scripted-model.ts'
import { narratorContract } from './contract-suite.ts'

narratorContract({ name: 'the template', narrator: async () => templateNarrator, runs: 300 })

const modelThat = (reply: (call: ChatCall, nth: number) => ChatScript) => async () => {
  const server = await startFakeOllama({ models: [localModel] })
  onTestFinished(server.close)
  server.setReply(reply)
  return ollamaModels().narratorOf({ host: server.origin, allowedHosts: [] }, { model: localModel.name, digest: localModel.digest, thinking: 'none' })
}

narratorContract({
  name: 'a model that does as it is told', runs: 60,
  narrator: modelThat((call) => ({ kind: 'answer', text: JSON.stringify(obedientAnswer(call)) })),
})

narratorContract({
  name: 'a model that invents', runs: 40,
  narrator: modelThat((call) => {
    const answer = obedientAnswer(call)
    return { kind: 'answer', text: JSON.stringify({ ...answer, claims: answer.claims.map((claim) => ({ ...claim, text: 'USER shared the password 3 times in May.' })) }) }
  }),
})

narratorContract({
  name: 'a model that babbles', runs: 20, narrator: modelThat(() => ({ kind: 'answer', text: 'Sure! Here is what I think about this access.' })),
})
