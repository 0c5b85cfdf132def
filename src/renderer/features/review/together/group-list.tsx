import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { t } from '../../../texts/texts.ts'
import type { TogetherGroup } from './together-types.ts'

const words = t.review.depth.together

/** Groups that may be kept in bulk, each behind its sample. */
export const GroupList = ({ groups, onOpen }: { readonly groups: readonly TogetherGroup[]; readonly onOpen: (group: TogetherGroup) => void }) => (
  <section className="together-part">
    <h3>{words.groups}</h3>
    <p className="soft">{words.groupsLead}</p>
    <ul className="together-groups">
      {groups.map((group) => {
        const action = words.open(formatNumber(group.sample.length))
        return (
          <li key={group.key}>
            <span><strong><DirectoryText>{group.entitlementName}</DirectoryText></strong>
              <span className="faint"> <DirectoryText>{words.group(t.items(group.size, formatNumber(group.size)), group.application)}</DirectoryText></span></span>
            <button type="button" className="button small" aria-label={`${action}: ${plainText(group.entitlementName)}`} onClick={() => onOpen(group)}>{action}</button>
          </li>
        )
      })}
    </ul>
  </section>
)
