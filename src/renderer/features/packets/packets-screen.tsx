import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../api/engine.ts'
import type { Session } from '../../api/session.ts'
import { ChoiceField } from '../../components/fields.tsx'
import { goTo } from '../../components/hash-route.ts'
import { plainText } from '../../components/plain-text.ts'
import { EmptyView, FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import { CampaignPackets } from './campaign-packets.tsx'
import './packets.css'

/** Review packets of one campaign: `#/packets`, or `#/packets/<campaign>`. */
export const PacketsScreen = ({ session, campaignId }: { readonly session: Session; readonly campaignId: number | null }) => {
  const engine = useEngine()
  const campaigns = useQuery(engine.campaigns.list.queryOptions())
  const launched = (campaigns.data ?? []).filter(({ state }) => state !== 'draft').toSorted((a, b) => Number(b.state === 'running') - Number(a.state === 'running') || b.id - a.id)
  const current = launched.find(({ id }) => id === campaignId) ?? (campaignId === null ? launched[0] : undefined)
  return (
    <div className="page">
      <div className="page-inner packets">
        <div className="packets-head">
          <div className="packets-title">
            <h1>{t.packets.title}</h1>
            <p className="soft">{t.packets.intro}</p>
          </div>
          {current === undefined ? null : (
            <ChoiceField label={t.packets.campaign} value={String(current.id)} onChange={(id) => goTo('packets', id)}
              options={launched.map(({ id, spec, state }) => [String(id), `${plainText(spec.name)} (${t.campaignState[state]})`] as const)} />
          )}
        </div>
        {campaigns.isError ? <FailureView error={campaigns.error} isInline onRetry={() => void campaigns.refetch()} /> : null}
        {campaigns.isPending ? <Skeleton lines={6} /> : null}
        {campaigns.data !== undefined && current === undefined ? (
          <EmptyView isInline title={t.packets.none} text={t.packets.noneText}><a className="button" href="#/campaigns">{t.packets.toCampaigns}</a></EmptyView>
        ) : null}
        {current === undefined ? null : <CampaignPackets key={current.id} campaign={current} session={session} />}
      </div>
    </div>
  )
}
