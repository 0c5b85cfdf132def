import type { z } from 'zod'
import type { status } from '../../../shared/contract/workspace.ts'

export type Status = z.infer<typeof status>
