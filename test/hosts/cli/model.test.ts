import { describe, expect, it } from 'vitest'
import type { ModelExam } from '../../../src/shared/model/language-model.ts'
import { runCommand, scriptedDoors } from '../run-command.ts'

const exam: ModelExam = {
  id: 1, model: 'plain:3b', digest: 'a'.repeat(64), ollama: '0.12.3', at: '2026-11-22T08:00:00.000Z', by: 'olga@example.org', packets: 12, schemaValid: 11,
  sentences: 40, verified: 30, millisecondsPerItem: 1_450, promptHash: 'b'.repeat(64), verifier: '1', isPassed: false, details: [],
}
const settings = { host: 'http://127.0.0.1:11434', allowedHosts: [], chosen: null }

async function* answering<T>(...steps: readonly T[]): AsyncGenerator<T> {
  yield* steps
}

describe('muster model', () => {
  it('an exam that was failed ends with 1 and says how many sentences were supported', async () => {
    const doors = scriptedDoors({ 'languageModel.exam': () => answering({ state: 'working', step: 'Question 1 of 12', share: 0 }, { state: 'done', result: exam }) })
    const ran = await runCommand(['model', 'exam', 'plain:3b'], doors)
    expect(ran.exit).toBe(1)
    expect(ran.out).toContain('75 % (30 of 40; 90 % are needed)')
    expect(ran.out).toContain('FAILED')
  })

  it('a server that is not there is told in its own words, not as a crash', async () => {
    const doors = scriptedDoors({ 'languageModel.status': () => ({
      settings, isLoopback: true, detection: { state: 'failed', failure: { code: 'no-server', message: 'No Ollama server answers at this address.' } },
      models: [], restsForSeconds: 0, queue: { waiting: 0, running: 0 }, figures: { narratives: 0, byModel: 0, replaced: 0, disagreeing: 0 },
    }) })
    for (const command of ['status', 'list']) {
      const ran = await runCommand(['model', command], doors)
      expect([ran.exit, ran.err]).toEqual([0, ''])
      expect(ran.out).toContain('No Ollama server answers')
    }
  })

  it('a batch that ended early says why and ends with 1', async () => {
    const result = { asked: 9, worded: 2, alreadyThere: 0, unsupported: 1, disagreeing: 1, stopped: { code: 'digest-changed', message: 'The model was replaced.' } }
    const doors = scriptedDoors({ 'languageModel.wordRiskiest': ({ input }) => answering({ state: 'done', result: { ...result, asked: (input as { most: number }).most } }) })
    const ran = await runCommand(['model', 'word', '--campaign', '1', '--riskiest', '9'], doors)
    expect(ran.exit).toBe(1)
    expect(ran.out).toContain('Ended early: The model was replaced.')
  })

  it('an item that no model could word says why and ends with 1', async () => {
    const doors = scriptedDoors({ 'languageModel.word': () => answering({ state: 'failed', failure: { code: 'slow', message: 'The model took too long.' } }) })
    const ran = await runCommand(['model', 'word', '3'], doors)
    expect([ran.exit, ran.out.trim()]).toEqual([1, 'The model took too long.'])
  })

  it.each(['status', 'list', 'exam', 'choose', 'off', 'host', 'allow-host', 'forbid-host', 'word', 'record'])('%s shows an example of its use', async (command) => {
    const ran = await runCommand(['model', command, '--help'], scriptedDoors({}))
    expect(ran.out).toContain(`$ muster model ${command}`)
  })
})
