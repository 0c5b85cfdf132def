import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ExclusionReason, PopulationTotals } from '../../../shared/model/campaign.ts'
import { useEngine } from '../../api/engine.ts'
import { DialogBox } from '../../components/dialog-box.tsx'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatNumber } from '../../components/format.ts'
import { FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'

const pageSize = 100

/** The grants behind one line of the population, a page at a time. */
const GrantsDialog = ({ campaignId, reason, title, onClose }: {
  readonly campaignId: number; readonly reason: ExclusionReason | null; readonly title: string; readonly onClose: () => void
}) => {
  const engine = useEngine()
  const { grantColumns } = t.campaigns
  const found = useInfiniteQuery(engine.campaigns.population.infiniteOptions({
    input: (from: number) => ({ campaign: campaignId, reason, from, limit: pageSize }), initialPageParam: 0,
    getNextPageParam: (last, pages) => (pages.length * pageSize < last.total ? pages.length * pageSize : undefined), staleTime: 0,
  }))
  const grants = found.data?.pages.flatMap((page) => page.grants) ?? []
  return (
    <DialogBox title={t.campaigns.grantsTitle(title)} isWide onClose={onClose}>
      <div className="dialog-body" tabIndex={0} role="group" aria-label={title}>
        {found.isError ? <FailureView isInline error={found.error} onRetry={() => void found.refetch()} /> : null}
        {found.data === undefined ? (found.isError ? null : <Skeleton lines={6} />) : (
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{grantColumns.subject}</th><th scope="col">{grantColumns.right}</th><th scope="col">{grantColumns.application}</th>
                <th scope="col">{grantColumns.account}</th><th scope="col">{grantColumns.risk}</th>
              </tr>
            </thead>
            <tbody>
              {grants.map((grant) => (
                <tr key={grant.grantId}>
                  <td><DirectoryText>{grant.subject}</DirectoryText><br /><span className="faint small"><DirectoryText>{grant.department ?? t.kind[grant.kind]}</DirectoryText></span></td>
                  <td><DirectoryText>{grant.entitlement}</DirectoryText></td>
                  <td><DirectoryText>{grant.application}</DirectoryText></td>
                  <td><DirectoryText>{grant.account}</DirectoryText><br /><span className="faint small"><DirectoryText>{grant.source}</DirectoryText></span></td>
                  <td>{t.riskShort[grant.risk]}{grant.privilege === 'none' ? null : <><br /><span className="faint small">{t.privilege[grant.privilege]}</span></>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      <div className="dialog-foot">
        <p className="foot-note faint numbers">{t.campaigns.shown(formatNumber(grants.length), formatNumber(found.data?.pages[0]?.total ?? 0))}</p>
        {found.hasNextPage ? <button type="button" className="button" disabled={found.isFetching} onClick={() => void found.fetchNextPage()}>{t.campaigns.more}</button> : null}
        <button type="button" className="button primary" onClick={onClose}>{t.close}</button>
      </div>
    </DialogBox>
  )
}

/** Population = in review + excluded; every line can be opened. */
export const PopulationTable = ({ campaignId, totals }: { readonly campaignId: number; readonly totals: PopulationTotals }) => {
  const [open, setOpen] = useState<{ readonly reason: ExclusionReason | null; readonly title: string } | null>(null)
  const words = t.campaigns
  const lines = [{ reason: null, title: words.inReview, grants: totals.inReview }, ...totals.excluded.map(({ reason, grants }) => ({ reason, title: words.exclusion[reason], grants }))]
  return (
    <>
      <div className="sheet">
        <table className="table">
          <thead>
            <tr><th scope="col">{words.populationColumns.what}</th><th scope="col" className="number">{words.populationColumns.count}</th></tr>
          </thead>
          <tbody>
            <tr><td>{words.grants}</td><td className="number">{formatNumber(totals.population)}</td></tr>
            {lines.map(({ reason, title, grants }) => (
              <tr key={title}>
                <td>{grants === 0 ? title : <button type="button" className="text-button" aria-label={words.see(title)} onClick={() => setOpen({ reason, title })}>{title}</button>}</td>
                <td className="number">{formatNumber(grants)}</td>
              </tr>
            ))}
            <tr className={totals.difference === 0 ? 'sum' : 'sum outcome-revoke'}><td>{words.difference}</td><td className="number">{formatNumber(totals.difference)}</td></tr>
          </tbody>
        </table>
      </div>
      {open === null ? null : <GrantsDialog campaignId={campaignId} reason={open.reason} title={open.title} onClose={() => setOpen(null)} />}
    </>
  )
}
