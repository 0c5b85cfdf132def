import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decisionStack } from '../../../src/main/core/campaign/decision-stack.ts'
import { startCampaignReplay } from '../../../src/main/core/evidence/campaign-replay.ts'
import type { EventBody, EvidenceEvent } from '../../../src/shared/model/evidence.ts'
import { sha256 } from '../../support/sha256.ts'

const campaign = 7
const item = 42
const packet = 'a'.repeat(64)

function event(seq: number, body: EventBody): EvidenceEvent {
  return { v: 1, log: 'test', seq, ts: `2026-04-01T00:00:00.${String(seq % 1000).padStart(3, '0')}Z`, boot: 'b', mono: seq, actor: 'mia@example.com', prev: '0'.repeat(64), ...body }
}

const opening: readonly EventBody[] = [
  {
    kind: 'campaign-launched',
    body: { campaign, asOf: '2026-03-31', dueOn: '2026-04-30', snapshots: [], population: 1, inReview: 1, excluded: 0, reviewers: 1, specHash: packet, weights: '1' },
  },
  { kind: 'items-frozen', body: { campaign, items: [{ item, packet, reviewer: 'mia@example.com', basis: 'manager', subject: 'tom@example.com', advice: 'keep' }] } },
]

function decided(outcome: 'keep' | 'revoke' | 'look-closer'): EventBody {
  return { kind: 'decision-made', body: { campaign, item, outcome, until: null, reasonCode: null, reasonText: null, packet, advice: 'keep', adviceVisible: true, openMs: null } }
}

/** What a person can do: decide, or undo while there is something to undo. The undo names the decision that stands, as the engine does. */
function eventsOf(steps: readonly ('keep' | 'revoke' | 'look-closer' | 'undo')[]): EvidenceEvent[] {
  const events = opening.map((body, seq) => event(seq, body))
  for (const step of steps) {
    const standing = decisionStack(events).at(-1)
    if (step !== 'undo') events.push(event(events.length, decided(step)))
    else if (standing !== undefined) events.push(event(events.length, { kind: 'decision-undone', body: { campaign, item, undoes: standing.seq } }))
  }
  return events
}

function replayed(events: readonly EvidenceEvent[]) {
  const replay = startCampaignReplay(campaign, sha256)
  for (const one of events) replay.add(one)
  return replay.result()
}

const anySteps = fc.array(fc.constantFrom('keep' as const, 'revoke' as const, 'look-closer' as const, 'undo' as const, 'undo' as const), { maxLength: 40 })

test('whatever is decided and undone in whatever order, what the engine shows is what replaying the evidence gives', () => {
  fc.assert(
    fc.property(anySteps, (steps) => {
      const events = eventsOf(steps)
      const shown = decisionStack(events).at(-1)
      const { items, contradictions } = replayed(events)
      const recorded = items.get(item)?.decision ?? null
      expect(contradictions).toEqual([])
      expect(recorded === null ? null : { seq: recorded.seq, outcome: recorded.outcome }).toEqual(
        shown === undefined ? null : { seq: shown.seq, outcome: shown.body.outcome },
      )
    }),
    { numRuns: 1_000 },
  )
})

test('as many undos as decisions leave the item undecided', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('keep' as const, 'revoke' as const), { minLength: 1, maxLength: 20 }), (choices) => {
      expect(decisionStack(eventsOf([...choices, ...choices.map(() => 'undo' as const)]))).toEqual([])
    }),
  )
})

test('an undo brings back the decision before, not the one before that', () => {
  const outcomes = decisionStack(eventsOf(['keep', 'revoke', 'look-closer', 'undo'])).map(({ body }) => body.outcome)
  expect(outcomes).toEqual(['keep', 'revoke'])
})

test('an undo that names a decision which does not stand changes nothing, and the replay says so', () => {
  const events = eventsOf(['keep', 'revoke'])
  const stray = event(events.length, { kind: 'decision-undone', body: { campaign, item, undoes: 2 } })
  expect(decisionStack([...events, stray]).at(-1)?.body.outcome).toBe('revoke')
  const { items, contradictions } = replayed([...events, stray])
  expect(items.get(item)?.decision?.outcome).toBe('revoke')
  expect(contradictions.map(({ detail }) => detail)).toEqual(['an undo of decision 2, which does not stand for item 42'])
})
