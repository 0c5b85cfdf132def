import type { Session } from '../../../api/session.ts'
import type { CampaignDraft } from './campaign-draft.ts'
import type { Problems } from './draft-problems.ts'

export interface StepProps {
  readonly draft: CampaignDraft
  readonly session: Session
  readonly problems: Problems
  readonly onChange: (change: Partial<Pick<CampaignDraft, 'spec' | 'asOf'>>) => void
}
