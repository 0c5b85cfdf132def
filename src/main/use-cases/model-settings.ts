import type { ChosenModel, ExamState, LanguageModelSettings, ModelExam, ModelFailure, ModelFailureCode } from '../../shared/model/language-model.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { VERIFIER_VERSION } from '../core/narrative/prompt/assemble.ts'
import { promptFingerprint } from '../core/narrative/prompt/build-prompt.ts'
import { modelFailure } from '../core/narrative/prompt/failure-messages.ts'
import { loadAirGap } from '../storage/air-gap.ts'
import type { Queries } from '../storage/database.ts'
import { latestExams, loadModelSettings } from '../storage/language-model.ts'
import type { Context } from './context.ts'

const defaults: LanguageModelSettings = { host: 'http://127.0.0.1:11434', allowedHosts: [], chosen: null }

export async function modelSettings(queries: Queries): Promise<LanguageModelSettings> {
  return (await loadModelSettings(queries)) ?? defaults
}

/** Where the model is asked. While the workspace is air-gapped no host beyond this machine is allowed, whatever was allowed before. */
export async function modelPlace(queries: Queries): Promise<LanguageModelSettings> {
  const settings = await modelSettings(queries)
  return (await loadAirGap(queries)).isOn ? { ...settings, allowedHosts: [] } : settings
}

/** Over everything in a prompt that is the same for every item, and the form of the answer. */
export function promptHash(context: Pick<Context, 'hash'>): string {
  return toHex(context.hash(utf8Bytes(promptFingerprint())))
}

/** What an exam is worth today for a model with this digest. */
export function examStateOf(context: Pick<Context, 'hash'>, exam: ModelExam | undefined, digest: string): ExamState {
  if (exam === undefined) return 'none'
  if (exam.digest !== digest || exam.promptHash !== promptHash(context) || exam.verifier !== VERIFIER_VERSION) return 'outdated'
  return exam.isPassed ? 'passed' : 'failed'
}

export type UsableModel =
  | { readonly ok: true; readonly settings: LanguageModelSettings; readonly chosen: ChosenModel }
  | { readonly ok: false; readonly failure: ModelFailure }

/** The chosen model, if it may word anything right now: switched on, examined with this prompt and verifier, and not resting. */
export async function usableModel(context: Context): Promise<UsableModel> {
  const settings = await modelPlace(context.store.db)
  const { chosen } = settings
  if (chosen === null) return { ok: false, failure: modelFailure('off') }
  const exam = (await latestExams(context.store.db)).get(chosen.model)
  if (examStateOf(context, exam, chosen.digest) !== 'passed') return { ok: false, failure: modelFailure('not-examined') }
  if (context.languageModel.breaker.restsFor() > 0) return { ok: false, failure: modelFailure('paused') }
  return { ok: true, settings, chosen }
}

/** What a narrator threw, as data. Anything it does not throw on purpose is left to the caller. */
export function failureIn(error: unknown): ModelFailure | null {
  if (!(error instanceof Error) || error.name !== 'ModelError' || !('code' in error)) return null
  return { code: error.code as ModelFailureCode, message: error.message }
}
