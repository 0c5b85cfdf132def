import { DirectoryText } from '../../components/directory-text.tsx'
import { formatDay } from '../../components/format.ts'
import { plainText } from '../../components/plain-text.ts'
import { t } from '../../texts/texts.ts'
import type { Remediation } from './remediation-types.ts'
import { StateBadge } from './state-badge.tsx'

const words = t.remediation

/** States in which there is something to ask for. */
const canBeAsked = ({ state }: Remediation): boolean => state === 'planned' || state === 'came-back' || state === 'requested'

interface TableProps {
  readonly rows: readonly Remediation[]
  readonly open: number | null
  readonly addressOf: (id: number) => string
  readonly selected: ReadonlySet<number>
  readonly onSelect: (ids: readonly number[], isSelected: boolean) => void
  readonly maySelect: boolean
}

/** Use after the decision matters while the right is still held. */
const isToGo = ({ state }: Remediation): boolean => state === 'planned' || state === 'requested' || state === 'applied' || state === 'came-back'

/** Removals under what really has to be removed for them, source by source. */
export const RemediationTable = ({ rows, open, addressOf, selected, onSelect, maySelect }: TableProps) => {
  const groups = [...Map.groupBy(rows, (one) => `${one.source}\n${one.remove.nativeId}`).values()]
  return (
    <table className="table remediation-table">
      <thead>
        <tr>
          {maySelect ? <th scope="col"><span className="visually-hidden">{words.columns.select}</span></th> : null}
          <th scope="col">{words.columns.person}</th><th scope="col">{words.columns.right}</th><th scope="col">{words.columns.state}</th><th scope="col">{words.columns.due}</th>
        </tr>
      </thead>
      {groups.map((group) => {
        const first = group[0] as Remediation
        const ids = group.filter(canBeAsked).map(({ id }) => id)
        const isWhole = ids.length > 0 && ids.every((id) => selected.has(id))
        return (
          <tbody key={`${first.source}\n${first.remove.nativeId}`}>
            <tr className="group-row">
              {maySelect ? (
                <td>
                  <input type="checkbox" checked={isWhole} disabled={ids.length === 0} aria-label={words.selectGroup(plainText(first.remove.name))} onChange={(event) => onSelect(ids, event.target.checked)}
                    ref={(box) => { if (box !== null) box.indeterminate = !isWhole && ids.some((id) => selected.has(id)) }} />
                </td>
              ) : null}
              <th scope="rowgroup" colSpan={4}>
                <DirectoryText>{first.remove.name}</DirectoryText> <span className="faint"><DirectoryText>{first.source}</DirectoryText> · {words.groupCount(group.length)}</span>
              </th>
            </tr>
            {group.map((one) => (
              <tr key={one.id} className={one.id === open ? 'is-open' : undefined}>
                {maySelect ? (
                  <td>
                    <input type="checkbox" checked={selected.has(one.id)} disabled={!canBeAsked(one)} aria-label={words.select(plainText(one.subjectName), plainText(one.entitlementName))}
                      onChange={(event) => onSelect([one.id], event.target.checked)} />
                  </td>
                ) : null}
                <td><a href={addressOf(one.id)} aria-current={one.id === open ? 'true' : undefined}><DirectoryText>{one.subjectName}</DirectoryText></a></td>
                <td>
                  <DirectoryText>{one.entitlementName}</DirectoryText>
                  {one.way === 'direct' ? null : <p className="faint">{words.ways[one.way]}</p>}
                </td>
                <td><StateBadge of={one} />{one.ticket === null ? null : <p className="faint"><DirectoryText>{one.ticket.key}</DirectoryText></p>}
                  {one.usedAfter === null || !isToGo(one) ? null : <p><span className="badge warm">{words.usedBadge}</span></p>}</td>
                <td className="numbers nowrap">{formatDay(one.dueOn)}{one.isOverdue ? <p><span className="badge hot">{words.overdue}</span></p> : null}</td>
              </tr>
            ))}
          </tbody>
        )
      })}
    </table>
  )
}
