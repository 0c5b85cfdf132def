import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { procedure, progressOf } from './base.ts'
import {
  examState, installedModel, languageModelSettings, modelExam, modelFailure, modelName, wordingRecord, wordingStep,
} from '../model/language-model.ts'

export const languageModelStatus = z.object({
  settings: languageModelSettings,
  isLoopback: z.boolean(),
  detection: z.discriminatedUnion('state', [
    z.object({ state: z.literal('ready'), version: z.string() }), z.object({ state: z.literal('failed'), failure: modelFailure }),
  ]),
  models: z.array(installedModel.extend({ exam: modelExam.nullable(), examState, isChosen: z.boolean() })),
  restsForSeconds: z.int(),
  queue: z.object({ waiting: z.int(), running: z.int() }),
  figures: z.object({ narratives: z.int(), byModel: z.int(), replaced: z.int(), disagreeing: z.int() }),
})

export const wordedMany = z.object({
  asked: z.int(), worded: z.int(), alreadyThere: z.int(), unsupported: z.int(), disagreeing: z.int(), stopped: modelFailure.nullable(),
})

export const languageModelContract = {
  /** Settings, what the server has, exam results, and how it went so far. Never an error because the server is not there. */
  status: procedure.output(languageModelStatus),
  setHost: procedure.input(z.object({ host: z.string().min(1).max(300) })).output(languageModelSettings),
  /** The officer's word about a host beyond this machine. */
  allowHost: procedure.input(z.object({ host: z.string().min(1).max(300), isAllowed: z.boolean() })).output(languageModelSettings),
  exam: procedure.input(z.object({ model: modelName })).output(eventIterator(progressOf(modelExam))),
  choose: procedure.input(z.object({ model: modelName })).output(languageModelSettings),
  off: procedure.output(languageModelSettings),
  /** The open item's words, as they come. Ending the iterator stops the model. `again`: also where an earlier answer was of no use. */
  word: procedure.input(z.object({ itemId: z.int(), again: z.boolean().default(false) })).output(eventIterator(wordingStep)),
  /** The next few items, without waiting. */
  ahead: procedure.input(z.object({ itemIds: z.array(z.int()).max(20) })).output(z.object({ queued: z.int() })),
  /** The riskiest undecided items of a campaign. */
  wordRiskiest: procedure
    .input(z.object({ campaign: z.int(), most: z.int().min(1).max(100_000).default(50) }))
    .output(eventIterator(progressOf(wordedMany))),
  /** Where an item's words came from, the latest first. */
  record: procedure.input(z.object({ itemId: z.int() })).output(z.array(wordingRecord)),
}
