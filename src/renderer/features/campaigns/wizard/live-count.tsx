import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { CampaignSpec } from '../../../../shared/model/campaign.ts'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { useSettled } from '../../../components/use-settled.ts'
import { t } from '../../../texts/texts.ts'
import { emptySpec, type CampaignDraft } from './campaign-draft.ts'
import { problemsAt } from './draft-problems.ts'
import { loadByPerson } from './load-by-person.ts'

const shownReviewers = 6
const settleMs = 350

/** What the scope takes and who would review it, counted while it is written. A count that is overtaken is called off. */
export const LiveCount = ({ draft }: { readonly draft: CampaignDraft }) => {
  const engine = useEngine()
  const words = t.campaigns.wizard
  const { spec, asOf } = useSettled(draft, settleMs)
  // Only what is counted: another name must not count anew.
  const counted: CampaignSpec = { ...emptySpec(spec.reviewers.fallback, asOf), name: '-', scope: spec.scope, reviewers: spec.reviewers, strategy: spec.strategy }
  const isCountable = ['name', 'scope', 'reviewers'].every((step) =>
    Object.keys(problemsAt(step as 'name' | 'scope' | 'reviewers', { spec: { ...counted }, asOf })).length === 0)
  const count = useQuery(engine.campaigns.count.queryOptions({ input: { spec: counted, asOf }, enabled: isCountable, placeholderData: keepPreviousData, retry: false }))
  const { data } = count
  const isBehind = count.isFetching || spec !== draft.spec
  const limit = spec.reviewers.mostItems
  const load = data === undefined ? [] : loadByPerson(data.reviewers)
  return (
    <aside className="live-count sheet" aria-label={words.countTitle} aria-busy={isBehind}>
      <h2>{words.countTitle}</h2>
      {count.isError ? <p className="outcome-revoke"><DirectoryText>{toFailure(count.error).message ?? t.failureTitle[toFailure(count.error).kind]}</DirectoryText></p> : null}
      {data === undefined ? (count.isError ? null : <p className="soft">{words.counting}</p>) : (
        <>
          <p className="live-figure numbers" role="status">
            <strong>{formatNumber(data.totals.inReview)}</strong>
            <span className="soft">{words.inReview('', formatNumber(data.totals.population)).trim()}</span>
          </p>
          <svg className="share-bar" viewBox={`0 0 ${Math.max(1, data.totals.population)} 1`} preserveAspectRatio="none" aria-hidden="true"><rect width={data.totals.inReview} height="1" /></svg>
          <ul className="live-reasons">
            {data.totals.excluded.map(({ reason, grants }) => (
              <li key={reason}><span className="soft">{t.campaigns.exclusion[reason]}</span> <span className="numbers">{formatNumber(grants)}</span></li>
            ))}
          </ul>
          {data.withoutReviewer > 0 ? <p className="outcome-revoke">{words.nobodyFor(formatNumber(data.withoutReviewer))}</p> : null}
          {data.withoutManager > 0 ? <p className="outcome-look-closer">{words.withoutManager(formatNumber(data.withoutManager))}</p> : null}
          <h3>{words.reviewersCount(load.length, formatNumber(load.length))}</h3>
          <ul className="live-reasons">
            {load.slice(0, shownReviewers).map(({ person, name, items }) => (
              <li key={person}>
                <DirectoryText>{name}</DirectoryText>
                <span className="numbers">{formatNumber(items)}{limit !== null && items >= limit ? <span className="outcome-look-closer"> {items > limit ? words.overLimit : words.atLimit}</span> : null}</span>
              </li>
            ))}
            {load.length > shownReviewers ? <li className="faint">{words.moreReviewers(formatNumber(load.length - shownReviewers))}</li> : null}
          </ul>
        </>
      )}
      <p className="faint small live-state">{isBehind && isCountable ? words.counting : ''}</p>
    </aside>
  )
}
