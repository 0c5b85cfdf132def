import type { ConflictLine, HeldSide } from '../../../../shared/model/policy.ts'
import type { Column } from '../table.ts'

const sideOf = (held: readonly HeldSide[]): string => held.map((one) => (one.path === '' || one.path === 'direct' ? one.name : `${one.name} (${one.path})`)).join(', ')

const answerOf = (line: ConflictLine): string =>
  line.mitigatedBy !== null ? `safeguard ${line.mitigatedBy.name}` : line.exemptUntil === null ? '' : `until ${line.exemptUntil}`

export const conflictColumns: readonly Column<ConflictLine>[] = [
  { title: 'severity', of: (line) => line.severity }, { title: 'state', of: (line) => line.state }, { title: 'identity', of: (line) => line.identityId, align: 'right' },
  { title: 'who', of: (line) => line.subject }, { title: 'rule', of: (line) => line.ruleId }, { title: 'holds', of: (line) => sideOf(line.left) },
  { title: 'and', of: (line) => sideOf(line.right) }, { title: 'answer', of: answerOf },
]
