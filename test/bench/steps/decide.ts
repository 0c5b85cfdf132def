import { join } from 'node:path'
import { openWorkspace, type Client, type TestWorkspace } from '../../support/workspace-builder.ts'
import { numberOf, textOf, type Step } from '../result.ts'
import { percentiles } from '../timing.ts'
import { openBare } from './bare.ts'

type Item = Awaited<ReturnType<Client['review']['item']>>

const warmUps = 100

/**
 * Input: `workspace`, `campaign`, `decisions`, `teamSize`. Opens items as a screen does, then times the decision alone, each followed by one
 * bare insert of about the same bytes that is flushed to the same disk: both see the machine in the same mood.
 */
export const decide: Step = async (input) => {
  const folder = textOf(input, 'workspace')
  const wanted = numberOf(input, 'decisions') + warmUps
  const workspace = await openWorkspace(folder)
  const bare = openBare(join(folder, '..', 'bare.db'))
  try {
    bare.exec('CREATE TABLE bare (id INTEGER PRIMARY KEY, item INTEGER NOT NULL, outcome TEXT NOT NULL, line TEXT NOT NULL) STRICT')
    const insert = bare.prepare('INSERT INTO bare (item, outcome, line) VALUES (?, ?, ?)')
    const line = 'x'.repeat(500)
    const decided: number[] = []
    const inserted: number[] = []
    for await (const { client, itemId } of itemsToDecide(workspace, numberOf(input, 'campaign'))) {
      const choice = keepOrRevoke(await client.review.item({ itemId }))
      const start = performance.now()
      await client.review.decide({ itemId, ...choice })
      const middle = performance.now()
      insert.run(itemId, choice.outcome, line)
      decided.push(middle - start)
      inserted.push(performance.now() - middle)
      if (decided.length >= wanted) break
    }
    const decision = percentiles(decided.slice(warmUps))
    const yardstick = percentiles(inserted.slice(warmUps))
    return {
      figures: {
        decisions: Math.max(0, decided.length - warmUps), p50: decision.p50Ms, p99: decision.p99Ms, max: decision.maxMs, bareP50: yardstick.p50Ms,
        bareP99: yardstick.p99Ms, bareMax: yardstick.maxMs,
      },
    }
  } finally {
    bare.close()
    await workspace.close()
  }
}

async function* itemsToDecide(workspace: TestWorkspace, campaign: number): AsyncGenerator<{ client: Client; itemId: number }> {
  const { reviewers } = await workspace.officer.campaigns.status({ campaign })
  for (const { person } of reviewers) {
    const client = await workspace.as(person)
    for (const { itemId } of (await client.review.queue({ campaign })).items) yield { client, itemId }
  }
}

/** What the engine advised where it shows its advice, with a reason where one is asked for. */
function keepOrRevoke(item: Item) {
  const outcome = item.advice?.action === 'revoke' ? 'revoke' : 'keep'
  return { outcome, reasonCode: item.reasonRequired[outcome] ? (item.reasons[outcome][0] ?? null) : null, openMs: 4_000 } as const
}
