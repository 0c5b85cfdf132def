import type { z } from 'zod'
import type { session } from '../../shared/contract/workspace.ts'

export type Session = z.infer<typeof session>
