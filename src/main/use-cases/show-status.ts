import { workspaceCounts, type WorkspaceCounts } from '../storage/workspace-counts.ts'
import { latestSnapshots } from '../storage/snapshots.ts'
import { lastCheckpoint } from '../storage/evidence-log.ts'
import type { Campaign, CampaignProgress } from '../../shared/model/campaign.ts'
import type { Snapshot } from '../../shared/model/source.ts'
import { authorityNow } from './authority-now.ts'
import type { Context } from './context.ts'
import { listCampaigns } from './show-campaigns.ts'
import { openRequests } from './show-keys.ts'

export interface WorkspaceStatus extends WorkspaceCounts {
  readonly folder: string
  readonly snapshots: Snapshot[]
  readonly lastCheckpointSize: number | null
  readonly awaitedCertificates: { readonly email: string; readonly at: string }[]
  /** False while the organisation's own authority has not answered the first request: nobody can sign. */
  readonly hasRoot: boolean
  readonly campaigns: (Campaign & { progress: CampaignProgress })[]
}

export async function showStatus(context: Context): Promise<WorkspaceStatus> {
  const { db } = context.store
  return {
    folder: context.paths.folder,
    ...(await workspaceCounts(db)),
    snapshots: [...(await latestSnapshots(db))],
    lastCheckpointSize: (await lastCheckpoint(db))?.size ?? null,
    awaitedCertificates: (await openRequests(context)).map(({ email, at }) => ({ email, at })),
    hasRoot: (await authorityNow(db)).rootFingerprint !== null,
    campaigns: await listCampaigns(context),
  }
}
