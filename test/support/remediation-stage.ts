import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { LiveConnector } from '../../src/main/connectors/live-connector.ts'
import { templateNarrator } from '../../src/main/narrators/template.ts'
import { signContent } from '../../src/main/reports/signing/sign-cms.ts'
import { createOrganisationRoot, enrolPerson, unlockSigner } from '../../src/main/reports/signing/signer.ts'
import { readPersonCertificate, readRoot, unlockOwnKey } from '../../src/main/reports/signing/unlock-key.ts'
import { workspaceKey } from '../../src/main/secrets/workspace-key.ts'
import { listRemediations, type StoredRemediation } from '../../src/main/storage/remediations.ts'
import { ticketDesks } from '../../src/main/tickets/desks.ts'
import type { Fetch } from '../../src/main/tickets/ask-desk.ts'
import { closeCampaign } from '../../src/main/use-cases/close-campaign.ts'
import { createCampaign } from '../../src/main/use-cases/create-campaign.ts'
import { createWorkspace } from '../../src/main/use-cases/create-workspace.ts'
import type { Context } from '../../src/main/use-cases/context.ts'
import { launchCampaign } from '../../src/main/use-cases/launch-campaign.ts'
import { planRemediation } from '../../src/main/use-cases/plan-remediation.ts'
import { recordDecision } from '../../src/main/use-cases/record-decision.ts'
import { setActMode } from '../../src/main/use-cases/set-act-mode.ts'
import { signOff } from '../../src/main/use-cases/sign-off.ts'
import { campaignSpec } from '../../src/shared/model/campaign.ts'
import type { LiveConfig, SecretName } from '../../src/shared/model/live-source.ts'
import { remediationSettings } from '../../src/shared/model/remediation.ts'
import { signalWeights } from '../../src/shared/model/recommendation.ts'
import { openLiveBench, type LiveBench } from './live-bench.ts'
import { officer, watching } from './sync-bench.ts'
import { temporaryFolder } from './temporary-folder.ts'

export const passphrase = 'correct horse'
export const today = '2026-11-22'

export interface Wish { readonly account: string; readonly entitlement: string; readonly path?: string }

export interface RemediationStage extends LiveBench {
  readonly campaign: number
  readonly find: (wish: Wish) => Promise<StoredRemediation>
  readonly all: () => Promise<readonly StoredRemediation[]>
}

export interface StageWorld {
  readonly connector: LiveConnector
  readonly live: LiveConfig
  readonly secrets: Partial<Record<SecretName, string>>
  readonly now?: () => string
  readonly fetch?: Fetch
  readonly settings?: object
}

/** A workspace with one live source read, a campaign over it in which exactly the wishes were revoked, signed and closed, and planned. */
export async function remediationStage(world: StageWorld, wishes: readonly Wish[]): Promise<RemediationStage> {
  const folder = await temporaryFolder()
  const bench = await openLiveBench(folder, world.connector, { live: world.live, secrets: world.secrets, ...(world.now === undefined ? {} : { now: world.now }) })
  onTestFinished(bench.close)
  const weights = signalWeights.parse(JSON.parse(await readFile(join(import.meta.dirname, '../../resources/signal-weights.json'), 'utf8')))
  const context: Context = Object.assign(bench.context, {
    weights, narrator: templateNarrator, signing: { createOrganisationRoot, enrolPerson, readRoot, readPersonCertificate, unlockOwnKey, unlockSigner, signContent },
    workspaceKey: workspaceKey({ keysFolder: join(folder, 'keys'), opened: null, unfinished: null, vault: null }),
    tickets: ticketDesks(world.fetch ?? (() => Promise.reject(new Error('no ticket system in this test')))),
  })
  await createWorkspace(context, { name: 'Contoso', officerEmail: officer.email, officerName: officer.name, passphrase, isSample: false, at: new Date().toISOString() }, context.logId)
  const run = await bench.sync()
  if (run.state !== 'complete') throw new Error(run.notes.join(' '))
  const spec = campaignSpec.parse({
    name: 'Autumn', scope: {}, reviewers: { order: ['named'], named: officer.email, fallback: officer.email }, control: {},
    rules: { dueOn: '2026-12-31', reasonRequired: [], controlSharePercent: 0 },
  })
  const { id: campaign } = await createCampaign(context, officer, { spec, asOf: today })
  await launchCampaign(context, officer, campaign, watching())
  const items = await context.store.db.selectFrom('review_item').innerJoin('account', 'account.id', 'review_item.account_id')
    .innerJoin('access_grant', 'access_grant.id', 'review_item.grant_id')
    .select(['review_item.id', 'account.native_id as account', 'review_item.entitlement_native_id as entitlement', 'access_grant.path']).execute()
  for (const { id: itemId, ...row } of items) {
    const isWish = wishes.some((wish) => wish.account === row.account && wish.entitlement === row.entitlement && (wish.path ?? 'direct') === row.path)
    await recordDecision(context, officer, { itemId, outcome: isWish ? 'revoke' : 'keep', until: null, reasonCode: isWish ? 'not-needed' : 'still-needed', reasonText: null, openMs: 9_000 })
  }
  await signOff(context, officer, { campaign, passphrase })
  await closeCampaign(context, officer, campaign)
  await setActMode(context, officer, { settings: remediationSettings.parse({ mode: 'approve', separatesDuties: false, ...world.settings }), passphrase })
  await planRemediation(context, officer, { campaign }, today)
  const all = async (): Promise<readonly StoredRemediation[]> => (await listRemediations(context.store.db, {}, today)).rows
  return Object.assign(bench, {
    campaign, all,
    find: async ({ account, entitlement, path = 'direct' }: Wish) => {
      const found = (await all()).find((one) => one.account === account && one.entitlement === entitlement && one.path === path)
      if (found === undefined) throw new Error(`${account} ${entitlement} was not planned`)
      return found
    },
  })
}
