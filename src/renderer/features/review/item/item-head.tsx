import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay, formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { initials } from '../../../components/person-name.ts'
import type { Privilege, Risk } from '../../../../shared/model/entitlement.ts'
import { t } from '../../../texts/texts.ts'
import type { QueueItem, ReviewItem } from '../review-types.ts'

const privilegeTone: Record<Privilege, string> = { none: 'badge', elevated: 'badge warm', admin: 'badge hot' }
const riskTone: Record<Risk, string> = { low: 'badge', medium: 'badge', high: 'badge warm', critical: 'badge hot' }

/** Who has what: known from the queue at once, so that the next item stands there before its evidence does. */
export const ItemHead = ({ line }: { readonly line: QueueItem }) => (
  <header className="item-head">
    <div className="item-person">
      <span className="person-mark" aria-hidden="true">{initials(line.subjectName)}</span>
      <div>
        <p className="person-name"><DirectoryText>{line.subjectName}</DirectoryText></p>
        <p className="soft person-sub">
          {line.subjectTitle === null && line.subjectDepartment === null ? t.review.item.noTitle : null}
          {line.subjectTitle === null ? null : <DirectoryText>{line.subjectTitle}</DirectoryText>}
          {line.subjectTitle !== null && line.subjectDepartment !== null ? ' · ' : null}
          {line.subjectDepartment === null ? null : <DirectoryText>{line.subjectDepartment}</DirectoryText>}
        </p>
      </div>
      {line.subjectKind === 'employee' ? null : <span className="badge calm">{t.kind[line.subjectKind]}</span>}
    </div>
    <div className="item-access">
      <h1><DirectoryText>{line.entitlementName}</DirectoryText></h1>
      <p className="item-badges">
        <span className="soft"><DirectoryText>{line.application}</DirectoryText></span>
        {line.privilege === 'none' ? null : <span className={privilegeTone[line.privilege]}>{t.privilege[line.privilege]}</span>}
        <span className={riskTone[line.risk]}>{t.risk[line.risk]}</span>
      </p>
    </div>
  </header>
)

/** What the right opens, in plain language. */
export const AccessDescription = ({ description }: { readonly description: string | null }) =>
  (description === null || description.trim() === '' ? <p className="no-description">{t.review.item.noDescription}</p>
    : <p className="description"><DirectoryText>{description}</DirectoryText></p>)

/** Account, owner and the like: for whoever looks closer. */
export const AccessFacts = ({ item }: { readonly item: ReviewItem }) => {
  const { access } = item
  return (
    <div className="item-facts">
      <dl className="fact-list">
        <div>
          <dt>{t.review.item.account}</dt>
          <dd className="mono" title={plainText(access.source)}><DirectoryText>{access.account}</DirectoryText></dd>
        </div>
        <div>
          <dt>{t.review.item.owner}</dt>
          <dd>{access.owner === null ? <span className="faint">{t.review.item.noOwner}</span>
            : <DirectoryText>{access.owner}</DirectoryText>}</dd>
        </div>
        <div>
          <dt>{t.review.item.nativeId}</dt>
          <dd className="mono"><DirectoryText>{access.entitlementNativeId}</DirectoryText></dd>
        </div>
        <div>
          <dt>{t.review.item.holders}</dt>
          <dd className="numbers">{t.review.item.holdersCount(formatNumber(access.holders))}</dd>
        </div>
        <div>
          <dt>{t.review.item.since}</dt>
          <dd className="numbers">
            {access.grantedAt === null ? <span className="faint">{t.review.item.sinceUnknown}</span> : formatDay(access.grantedAt)}</dd>
        </div>
      </dl>
    </div>
  )
}
