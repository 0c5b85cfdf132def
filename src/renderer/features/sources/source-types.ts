import type { z } from 'zod'
import type { preview, sourceCard } from '../../../shared/contract/sources.ts'

export type SourceCard = z.infer<typeof sourceCard>
export type Preview = z.infer<typeof preview>
