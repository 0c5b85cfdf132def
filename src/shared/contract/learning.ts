import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { calibrationState, historyImport, historyMapping, historyPreview, historyTotals, learnedStatement, modelCard, shadowReport } from '../model/learning.ts'
import { reject } from '../model/source.ts'
import { pageInput, procedure, progressOf } from './base.ts'

const fileInput = z.object({ file: z.string().min(1), mapping: historyMapping.partial().nullable().default(null) })

export const learningOverview = z.object({
  history: historyTotals,
  /** Decisions of either class still missing before anything can be learned; 0 and 0 = enough. */
  missing: z.object({ kept: z.int(), revoked: z.int() }),
  /** Version of the weights campaigns are launched with now. */
  weights: z.string(),
  active: z.int().nullable(),
  models: z.array(modelCard), imports: z.array(historyImport), calibration: calibrationState,
})

export const learnedModelView = z.object({ card: modelCard, report: shadowReport, statements: z.array(learnedStatement) })

/** Learning from past decisions: what there is, what a model learned from it, and whether it is used. */
export const learningContract = {
  overview: procedure.output(learningOverview),
  /** First rows of a file of past decisions under a mapping; saves nothing. */
  preview: procedure.input(fileInput.extend({ rows: z.int().min(1).max(500).default(20) })).output(historyPreview),
  /** Keeps the original, takes the decisions, counts them. All of it or nothing. */
  importFile: procedure.input(fileInput).output(eventIterator(progressOf(historyImport))),
  rejects: procedure.input(pageInput.extend({ import: z.int() })).output(z.object({ total: z.int(), rejects: z.array(reject) })),
  /** An import no longer counts; models learned from it stay what they were. */
  withdraw: procedure.input(z.object({ import: z.int(), reason: z.string().trim().min(1).max(500) })).output(historyImport),
  /** Learns a model and compares it with the weights in force. It changes no advice until it is activated. */
  train: procedure.input(z.object({ seed: z.int().min(0).default(1) })).output(eventIterator(progressOf(modelCard))),
  show: procedure.input(z.object({ model: z.int() })).output(learnedModelView),
  /** Campaigns launched from now on use the model. `reportHash` says which report was read. */
  activate: procedure.input(z.object({ model: z.int(), reportHash: z.string() })).output(modelCard),
  /** Back to what was in force before the last activation. */
  rollback: procedure.input(z.object({ reason: z.string().trim().min(1).max(500) })).output(z.object({ weights: z.string(), active: z.int().nullable() })),
}
