import type { fakeItems } from './fake-review-data.ts'

type FakeItem = ReturnType<typeof fakeItems>[number]

/** The same items with hostile words wherever a directory or HR file could have put some, another text for every place. */
export function renamed(items: readonly FakeItem[], texts: readonly string[]): readonly FakeItem[] {
  let at = 0
  const next = (): string => texts[at++ % texts.length] ?? ''
  return items.map(({ queue, item, known }) => {
    const [person, title, department, right, application, account, path] = [next(), next(), next(), next(), next(), next(), next()]
    const signals = item.signals.map((signal) => {
      if (signal.kind === 'peer-prevalence') return { ...signal, facts: { ...signal.facts, group: next() } }
      if (signal.kind === 'mover') return { ...signal, facts: { ...signal.facts, from: next(), to: next() } }
      return signal.kind === 'sod-conflict' ? { ...signal, facts: { ...signal.facts, ruleName: next(), otherEntitlement: next() } } : signal
    })
    return {
      queue: { ...queue, subjectName: person, subjectTitle: title, subjectDepartment: department, entitlementName: right, application },
      item: {
        ...item, signals,
        subject: {
          ...item.subject, name: person, title, department, email: next(),
          history: item.subject.history.map((event) => (event.from === null && event.to === null ? event : { ...event, from: next(), to: next() })),
        },
        access: {
          ...item.access, account, application, entitlement: right, path, source: next(), entitlementNativeId: next(), description: next(), owner: next(),
        },
        claims: item.claims.map((claim) => ({ ...claim, pieces: claim.pieces.map((piece) => (piece.isFact ? { ...piece, text: next() } : piece)) })),
      },
      known,
    }
  })
}
