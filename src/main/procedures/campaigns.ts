import { changeCampaign } from '../use-cases/change-campaign.ts'
import { discardCampaign } from '../use-cases/discard-campaign.ts'
import { duplicateCampaign } from '../use-cases/duplicate-campaign.ts'
import { listPopulation } from '../use-cases/list-population.ts'
import { campaignFigures, figuresOverTime } from '../use-cases/show-figures.ts'
import { plantItem } from '../use-cases/plant-item.ts'
import { itemsPage } from '../storage/campaign-items.ts'
import { snapshotsAsOf } from '../storage/campaign-population.ts'
import { plantedItems } from '../storage/planted-items.ts'
import { scopeChoices } from '../storage/scope-choices.ts'
import { itemsWithoutReviewer } from '../storage/without-reviewer.ts'
import { closeCampaign } from '../use-cases/close-campaign.ts'
import { closeStage } from '../use-cases/close-stage.ts'
import { extendCampaign } from '../use-cases/extend-campaign.ts'
import { countCampaign } from '../use-cases/count-campaign.ts'
import { reassignItems, type HandedOn } from '../use-cases/reassign-items.ts'
import { remindReviewers } from '../use-cases/remind-reviewers.ts'
import { mustBeOfficer } from '../use-cases/find-campaign.ts'
import { createCampaign } from '../use-cases/create-campaign.ts'
import { launchCampaign } from '../use-cases/launch-campaign.ts'
import { previewCampaign } from '../use-cases/preview-campaign.ts'
import { recommendAll } from '../use-cases/recommend-all.ts'
import { campaignStatus, listCampaigns } from '../use-cases/show-campaigns.ts'
import { insiderAnswersOf, keepWork, ofCampaign, type Engine } from './implementer.ts'
import { withContractErrors } from './refusals.ts'
import { inEngineThread } from '../jobs/engine-thread.ts'

export const handedOn = ({ moved, refused }: HandedOn) => ({ moved, refused: [...refused] })

export function campaignProcedures(engine: Engine) {
  const { context } = engine
  const { campaigns } = insiderAnswersOf(engine)
  return {
    list: campaigns.list.handler(() => listCampaigns(context)),
    create: campaigns.create.handler(({ input, context: { actor } }) => createCampaign(context, actor, input)),
    change: campaigns.change.handler(({ input, context: { actor } }) => changeCampaign(context, actor, input)),
    discard: campaigns.discard.handler(({ input, context: { actor } }) => discardCampaign(context, actor, input.campaign)),
    duplicate: campaigns.duplicate.handler(({ input, context: { actor } }) => duplicateCampaign(context, actor, input)),
    choices: campaigns.choices.handler(async ({ input }) => {
      const { db } = context.store
      return scopeChoices(db, (await snapshotsAsOf(db, input.asOf)).map(({ id }) => id))
    }),
    population: campaigns.population.handler(({ input }) => listPopulation(context, input)),
    items: campaigns.items.handler(({ input }) => itemsPage(context.store.db, input)),
    planted: campaigns.planted.handler(({ input }) => plantedItems(context.store.db, input.campaign)),
    plant: campaigns.plant.handler(({ input, context: { actor } }) => plantItem(context, actor, input)),
    figures: campaigns.figures.handler(({ input }) => campaignFigures(context, input.campaign)),
    history: campaigns.history.handler(() => figuresOverTime(context)),
    preview: campaigns.preview.handler(async ({ input, context: { actor } }) => {
      const preview = await previewCampaign(context, actor, input.campaign)
      return { ...preview, reviewers: [...preview.reviewers], obstacles: [...preview.obstacles], warnings: [...preview.warnings] }
    }),
    count: campaigns.count.handler(({ input, context: { actor }, signal }) => countCampaign(context, actor, input, signal)),
    launch: campaigns.launch.handler(async ({ input, context: { actor }, signal }) => {
      mustBeOfficer(actor)
      return keepWork(
        engine, { actor, signal }, await ofCampaign(context, 'launch', input.campaign), (client, stop) => client.campaigns.launch(input, { signal: stop }),
        (watch) => launchCampaign(context, actor, input.campaign, watch),
      )
    }),
    status: campaigns.status.handler(({ input }) => campaignStatus(context, input.campaign)),
    withoutReviewer: campaigns.withoutReviewer.handler(async () => [...(await itemsWithoutReviewer(context.store.db))]),
    reassign: campaigns.reassign.handler(async ({ input, context: { actor } }) => handedOn(await reassignItems(context, actor, input))),
    extend: campaigns.extend.handler(({ input, context: { actor } }) => extendCampaign(context, actor, input)),
    remind: campaigns.remind.handler(({ input, context: { actor } }) => remindReviewers(context, actor, input)),
    nextStage: campaigns.nextStage.handler(({ input, context: { actor } }) => closeStage(context, actor, input.campaign)),
    close: campaigns.close.handler(({ input, context: { actor } }) => closeCampaign(context, actor, input.campaign)),
    recommend: campaigns.recommend.handler(({ input, context: { actor }, signal }) =>
      withContractErrors(
        engine.thread === null
          ? recommendAll(context, actor, input, signal)
          : inEngineThread(
              engine.thread, { folder: context.paths.folder, asOf: engine.asOf, actor, secretsKey: null, fileKeys: engine.fileKeys }, (client, stop) => client.campaigns.recommend(input, { signal: stop }), signal,
            ),
        context.store.path,
      ),
    ),
  }
}
