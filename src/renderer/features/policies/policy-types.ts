import type { Client } from '../../api/client.ts'
import type { ConflictState, SodRule, SodSeverity } from '../../../shared/model/sod-rule.ts'
import type { ConflictLine, HeldSide, RuleCounts, SidePreview } from '../../../shared/model/policy.ts'

export type { ConflictLine, ConflictState, HeldSide, RuleCounts, SidePreview, SodRule, SodSeverity }
export type Overview = Awaited<ReturnType<Client['policies']['sodOverview']>>
export type RuleLine = Overview['rules'][number]
