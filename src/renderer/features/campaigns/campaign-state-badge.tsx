import type { CampaignState } from '../../../shared/model/campaign.ts'
import { t } from '../../texts/texts.ts'

const tone = { draft: 'badge', running: 'badge calm', closed: 'badge warm', sealed: 'badge good' } as const

export const CampaignStateBadge =
  ({ state }: { readonly state: CampaignState }) => <span className={tone[state]}>{t.campaignState[state]}</span>
