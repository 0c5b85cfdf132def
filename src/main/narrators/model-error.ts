import type { ModelFailure, ModelFailureCode } from '../../shared/model/language-model.ts'
import { modelFailure } from '../core/narrative/prompt/failure-messages.ts'

/** Why a model did not answer, with its sentence for people. */
export class ModelError extends Error {
  readonly code: ModelFailureCode
  constructor(code: ModelFailureCode, detail = '') {
    super(modelFailure(code, detail).message)
    this.name = 'ModelError'
    this.code = code
  }

  get failure(): ModelFailure {
    return { code: this.code, message: this.message }
  }
}
