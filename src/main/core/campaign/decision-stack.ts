import type { EvidenceEvent } from '../../../shared/model/evidence.ts'

export type DecisionMade = Extract<EvidenceEvent, { kind: 'decision-made' }>

/**
 * What of an item's decisions stands, oldest first: an undo takes back the decision it names, and the one before stands again.
 * @param events the item's own events in order
 */
export function decisionStack(events: Iterable<EvidenceEvent>): readonly DecisionMade[] {
  const stack: DecisionMade[] = []
  for (const event of events) {
    if (event.kind === 'decision-made') stack.push(event)
    else if (event.kind === 'decision-undone' && stack.at(-1)?.seq === event.body.undoes) stack.pop()
  }
  return stack
}
