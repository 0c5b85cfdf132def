import { workspaceCounts, type WorkspaceCounts } from '../storage/workspace-counts.ts'
import { latestSnapshots } from '../storage/snapshots.ts'
import { lastCheckpoint } from '../storage/evidence-log.ts'
import type { Campaign, CampaignProgress } from '../../shared/model/campaign.ts'
import type { Snapshot } from '../../shared/model/source.ts'
import type { Context } from './context.ts'
import { listCampaigns } from './show-campaigns.ts'

export interface WorkspaceStatus extends WorkspaceCounts {
  readonly folder: string
  readonly snapshots: Snapshot[]
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
