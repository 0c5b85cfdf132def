import { keptWork, type KeptWork } from './jobs/kept-work.ts'
import { campaignById } from './storage/campaigns.ts'
import { markWork, unfinishedWork } from './storage/work-marks.ts'
import type { Context } from './use-cases/context.ts'

/**
 * The engine's long work, beginning with what the one before could not finish. `tells`: somebody can see that here; a command line leaves the
 * marks to the next window.
 */
export async function ownWork({ store, paths, clock }: Context, tells: boolean): Promise<KeptWork> {
  if (!tells) return keptWork({ now: clock.now, cutOff: [], mark: () => undefined })
  const cutOff = await Promise.all(unfinishedWork(paths.folder).map(async ({ kind, campaign, startedAt }, at) => ({
    name: `cut-off:${at}`, kind, campaign, by: '', startedAt, standing: { state: 'cut-off' as const },
    subject: campaign === null ? '' : ((await campaignById(store.db, campaign))?.spec.name ?? ''),
  })))
  markWork(paths.folder, [])
  return keptWork({ now: clock.now, cutOff, mark: (going) => markWork(paths.folder, going) })
}
