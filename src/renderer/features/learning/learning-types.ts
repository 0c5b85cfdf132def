import type { z } from 'zod'
import type { learnedModelView, learningOverview } from '../../../shared/contract/learning.ts'

export type Overview = z.infer<typeof learningOverview>
export type ModelView = z.infer<typeof learnedModelView>
