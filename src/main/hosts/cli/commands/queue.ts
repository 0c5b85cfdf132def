import type { Action } from '../../../../shared/model/recommendation.ts'
import type { Cli } from '../cli.ts'
import { myCampaign, inWorkspace, numberOf } from '../session.ts'
import { facts, table } from '../table.ts'
import { scoreText } from './recommend.ts'

const sentence = (claim: { readonly pieces: readonly { readonly text: string }[] }): string => claim.pieces.map((piece) => piece.text).join('')

const adviceText = ({ advice, modelDisagrees }: { readonly advice: Action | null; readonly modelDisagrees: boolean }): string =>
  `${advice ?? 'after you'}${modelDisagrees ? ', model disagrees' : ''}`

export const addQueue = ({ program, doing }: Cli): void => {
  program
    .command('queue')
    .description('the acting person\'s items, riskiest first')
    .option('--campaign <id>', 'which campaign; may be left out when there is only one')
    .addHelpText('after', `
Example:
  $ muster queue --as rui@acme.example --campaign 2`)
    .action(doing<{ campaign?: string }>(async (invocation, _, options) => {
      const queue = await inWorkspace(invocation, async ({ client }) => client.review.queue({ campaign: await myCampaign(client, options.campaign) }))
      return {
        json: queue,
        lines: table([
          { title: 'item', of: (item) => item.itemId, align: 'right' }, { title: 'person', of: (item) => item.subjectName, max: 28 },
          { title: 'title', of: (item) => item.subjectTitle, max: 26 }, { title: 'entitlement', of: (item) => item.entitlementName, max: 36 },
          { title: 'application', of: (item) => item.application, max: 24 }, { title: 'risk', of: (item) => item.risk },
          { title: 'advice', of: (item) => adviceText(item) }, { title: 'state', of: (item) => (item.isSignedOff ? `${item.state}, signed` : item.state) },
        ], queue.items, 'Nothing waits for you here.'),
      }
    }))

  program
    .command('item')
    .argument('<item>', 'its number ("muster queue")')
    .description('one item: who has what, why it stands out, the evidence and the sum')
    .addHelpText('after', `
Example:
  $ muster item 17 --as rui@acme.example`)
    .action(doing(async (invocation, [id]) => {
      const item = await inWorkspace(invocation, ({ client }) => client.review.item({ itemId: numberOf(id, 'item') }))
      const { advice } = item
      return {
        json: item,
        lines: [
          ...facts([
            ['person', [item.subject.name, item.subject.title, item.subject.department].filter((text) => text !== null).join(', ')],
            ['access', `${item.access.application}: ${item.access.entitlement} (${item.access.privilege === 'none' ? 'ordinary' : item.access.privilege}, ${item.access.risk} risk)`],
            ['path', item.access.path],
            ['advice', advice === null ? 'hidden until you have chosen' : `${advice.action}, ${advice.confidence} confidence${advice.chance == null ? '' : ` (${advice.chance} % of blind decisions agree)`}, score ${scoreText(advice.score)}`],
            ...(item.otherOpinion === null ? [] : [['other opinion', `${item.otherOpinion.model} would say ${item.otherOpinion.verdict}${
              advice?.routed === 'look-closer' ? '; look closer' : ''}`] as const]),
            ['decision', item.decision === null ? 'undecided' : `${item.decision.outcome} by ${item.decision.decidedBy}`],
          ]),
          '',
          ...item.claims.map((claim) => `  ${sentence(claim)}`),
          ...(item.counter === null ? [] : [`  Against: ${sentence(item.counter)}`]),
          '',
          ...table([
            { title: 'evidence', of: (signal) => signal.id }, { title: 'kind', of: (signal) => signal.kind }, { title: 'speaks for', of: (signal) => signal.direction },
            { title: 'weight', of: (signal) => scoreText(signal.weight), align: 'right' }, { title: 'quality', of: (signal) => signal.quality },
          ], item.signals, advice === null ? 'The evidence shows once you have chosen.' : 'No evidence.'),
        ],
      }
    }))
}
