import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { VirtualTable } from '../../../components/virtual-table.tsx'
import { t } from '../../../texts/texts.ts'
import type { TogetherGroup } from './together-types.ts'

const words = t.review.depth.together

/** Groups that may be kept in bulk, each behind its sample. */
export const GroupList = ({ groups, onOpen }: { readonly groups: readonly TogetherGroup[]; readonly onOpen: (group: TogetherGroup) => void }) => (
  <section className="together-part">
    <h3>{words.groups}</h3>
    <p className="soft">{words.groupsLead}</p>
    <VirtualTable label={words.groups} total={groups.length} rowAt={(at) => groups[at]} rowHeight={44} most={6} columns={[
      {
        key: 'what', title: words.what, track: 'minmax(0, 1fr)', cell: (group) => (
          <span className="cell-lines" title={plainText(group.entitlementName)}>
            <strong><DirectoryText>{group.entitlementName}</DirectoryText></strong>
            <span className="faint small"><DirectoryText>{group.application}</DirectoryText></span>
          </span>
        ),
      },
      { key: 'size', title: words.size, track: '5rem', isNumber: true, cell: (group) => formatNumber(group.size) },
      {
        key: 'open', title: words.sampleTitle, track: '10rem', cell: (group) => {
          const action = words.open(formatNumber(group.drawn))
          return <button type="button" className="button small" aria-label={`${action}: ${plainText(group.entitlementName)}`} onClick={() => onOpen(group)}>{action}</button>
        },
      },
    ]} />
  </section>
)
