import { finish, olga, openWorkspace, specOf } from '../../support/workspace-builder.ts'
import { asOf } from '../data/files.ts'
import { numberOf, textOf, type Step } from '../result.ts'

/**
 * Input: `workspace`, `departments` (how many are in scope, 0 = everything), `named` (the one who reviews it all; empty: the managers).
 */
export const launchCampaign: Step = async (input) => {
  const workspace = await openWorkspace(textOf(input, 'workspace'))
  const named = textOf(input, 'named')
  const departments = Array.from({ length: numberOf(input, 'departments') }, (_, number) => `Department ${number}`)
  try {
    const { officer } = workspace
    const reviewers = named === '' ? { order: ['manager'], fallback: olga } : { order: ['named'], named, fallback: olga }
    const { id } = await officer.campaigns.create({ spec: specOf('Bench', { scope: { departments }, reviewers }), asOf })
    const start = performance.now()
    const { totals, reviewers: count } = await finish(await officer.campaigns.launch({ campaign: id }))
    return { figures: { seconds: (performance.now() - start) / 1000, campaign: id, items: totals.inReview, reviewers: count } }
  } finally {
    await workspace.close()
  }
}
