import { workspaceCounts } from '../storage/workspace-counts.ts'
import { latestSnapshots } from '../storage/snapshots.ts'
import { lastCheckpoint } from '../storage/evidence-log.ts'
import type { Campaign, CampaignProgress } from '../../shared/model/campaign.ts'
import type { Snapshot } from '../../shared/model/source.ts'
import type { Context } from './context.ts'
import { listCampaigns } from './show-campaigns.ts'

export interface WorkspaceStatus {
  readonly folder: string
  readonly identities: number
  readonly accounts: number
  readonly orphanAccounts: number
  readonly entitlements: number
  readonly grants: number
  readonly hrPeople: number
  readonly leaversWithAccess: number
  readonly snapshots: Snapshot[]
  readonly heldRuns: number
  readonly events: number
  readonly lastCheckpointSize: number | null
  readonly campaigns: (Campaign & { progress: CampaignProgress })[]
}

export async function showStatus(context: Context): Promise<WorkspaceStatus> {
  const { db } = context.store
  return {
    folder: context.paths.folder,
    ...(await workspaceCounts(db)),
    snapshots: [...(await latestSnapshots(db))],
    lastCheckpointSize: (await lastCheckpoint(db))?.size ?? null,
    campaigns: await listCampaigns(context),
  }
}
