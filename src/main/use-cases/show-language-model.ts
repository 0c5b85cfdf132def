import type { ExamState, InstalledModel, LanguageModelSettings, ModelExam } from '../../shared/model/language-model.ts'
import { latestExams, wordingFigures } from '../storage/language-model.ts'
import type { Detection } from '../narrators/language-model.ts'
import type { Context } from './context.ts'
import { examStateOf, modelPlace, modelSettings } from './model-settings.ts'

export interface LanguageModelStatus {
  readonly settings: LanguageModelSettings
  readonly isLoopback: boolean
  readonly detection: { state: 'ready'; version: string } | Extract<Detection, { state: 'failed' }>
  readonly models: (InstalledModel & { exam: ModelExam | null; examState: ExamState; isChosen: boolean })[]
  /** Seconds until a model that failed several times is asked again; 0 = now. */
  readonly restsForSeconds: number
  readonly queue: { readonly waiting: number; readonly running: number }
  readonly figures: { readonly narratives: number; readonly byModel: number; readonly replaced: number; readonly disagreeing: number }
}

/** What is installed, what was examined, what is chosen, and how it went so far. Asks the server; never fails because of it. */
export async function showLanguageModel(context: Context): Promise<LanguageModelStatus> {
  const { db } = context.store
  const { models, queue, breaker } = context.languageModel
  const settings = await modelSettings(db)
  const detection = await models.detect(await modelPlace(db))
  const exams = await latestExams(db)
  return {
    settings, isLoopback: models.hostOf(settings.host)?.isLoopback ?? false,
    detection: detection.state === 'ready' ? { state: 'ready', version: detection.version } : detection,
    models: detection.state === 'failed' ? [] : detection.models.map((model) => {
      const exam = exams.get(model.name)
      return {
        ...model, exam: exam ?? null, examState: examStateOf(context, exam, model.digest),
        isChosen: settings.chosen?.model === model.name && settings.chosen.digest === model.digest,
      }
    }),
    restsForSeconds: Math.ceil(breaker.restsFor() / 1_000), queue: queue.size(), figures: await wordingFigures(db),
  }
}
