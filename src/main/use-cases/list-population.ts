import type { ExclusionReason } from '../../shared/model/campaign.ts'
import { privilege, risk, type Privilege, type Risk } from '../../shared/model/entitlement.ts'
import { identityKind, type IdentityKind } from '../../shared/model/identity.ts'
import { excludedGrants, reviewedGrants } from '../storage/campaign-items.ts'
import { grantDetails } from '../storage/review-items.ts'
import type { Context } from './context.ts'
import { findCampaign } from './find-campaign.ts'
import { planCampaign } from './plan-campaign.ts'

export interface GrantLine {
  readonly grantId: number
  readonly subject: string
  readonly kind: IdentityKind
  readonly department: string | null
  readonly account: string
  readonly source: string
  readonly application: string
  readonly entitlement: string
  readonly privilege: Privilege
  readonly risk: Risk
}

interface Wanted { readonly campaign: number; readonly reason: ExclusionReason | null; readonly from: number; readonly limit: number }

/** The grants behind one line of a campaign's population: of a draft as planned now, afterwards as fixed at its launch. */
export async function listPopulation(context: Context, wanted: Wanted): Promise<{ total: number; grants: GrantLine[] }> {
  const { db } = context.store
  const campaign = await findCampaign(db, wanted.campaign)
  const ids = campaign.launchedAt !== null
    ? await (wanted.reason === null ? reviewedGrants(db, campaign.id) : excludedGrants(db, campaign.id, wanted.reason))
    : plannedGrants(await planCampaign(context, campaign), wanted.reason)
  const page = ids.slice(wanted.from, wanted.from + wanted.limit)
  const details = await grantDetails(db, page)
  return {
    total: ids.length,
    grants: page.flatMap((grantId) => {
      const found = details.get(grantId)
      return found === undefined ? [] : [{
        grantId, subject: found.subject_name, kind: identityKind.parse(found.subject_kind), department: found.subject_department, account: found.account_name,
        source: found.source_name, application: found.application, entitlement: found.entitlement_name, privilege: privilege.parse(found.privilege), risk: risk.parse(found.risk),
      }]
    }),
  }
}

function plannedGrants(plan: Awaited<ReturnType<typeof planCampaign>>, reason: ExclusionReason | null): readonly number[] {
  return reason === null ? [...new Set(plan.items.map(({ grantId }) => grantId))]
    : plan.excluded.flatMap((one) => (one.reason === reason ? [one.grantId] : []))
}
