import type { ContractErrorCode } from '../../src/shared/contract/errors.ts'
import type { CampaignProgress } from '../../src/shared/model/campaign.ts'
import type { Decision } from '../../src/shared/model/decision.ts'
import { agreesWithAdvice } from '../../src/main/core/evidence/item-standing.ts'
import { decisionObstacle } from '../../src/main/core/campaign/decision-rules.ts'
import { asOf, fakeCampaign, fakeItems, readOtherwise } from './fake-review-data.ts'
import { renamed } from './hostile-review.ts'
import { fakeReviewDepth } from './fake-review-depth.ts'
import { fakeOffice } from './fake-office-data.ts'
import { fakeLanguageModel, type FakeModelSettings } from './fake-language-model.ts'
import { fakeProcedures } from './fake-procedures.ts'

/** What a test may set, and change while the page is open. */
export interface FakeSettings extends FakeModelSettings {
  readonly items: number
  readonly roles: readonly ('officer' | 'reviewer' | 'auditor')[]
  readonly isEnrolled: boolean
  /** Nothing connected, no campaign, nothing sealed. */
  readonly isEmpty: boolean
  /** Somebody asked the acting person something. */
  readonly hasQuestions: boolean
  /** Milliseconds before each answer. */
  readonly delayMs: number
  /** The next call of this procedure (`review.decide`) fails with this code, once. */
  readonly failNext: { readonly procedure: string; readonly code: ContractErrorCode; readonly message: string } | null
  readonly isBundleBroken: boolean
  /** What every name, description and path is, in turn; null: ordinary ones. */
  readonly texts: readonly string[] | null
  /** When the person who was given a code has typed it elsewhere. */
  readonly codeTyped: Promise<void>
}

export const passphrase = 'correct horse battery'

/** An engine in memory that keeps the contract's promises as far as a screen can see them. */
export const createFakeEngine = (first: Partial<FakeSettings> = {}) => {
  let settings: FakeSettings = { items: 60, roles: ['reviewer', 'officer'], isEnrolled: true, isEmpty: false, hasQuestions: true, delayMs: 0, failNext: null,
    isBundleBroken: false, texts: null, languageModel: 'off', codeTyped: Promise.resolve(), ...first }
  const made = settings.texts === null ? fakeItems(settings.items) : renamed(fakeItems(settings.items), settings.texts)
  const items = settings.languageModel === 'otherwise' ? readOtherwise(made) : made
  const found = new Map(items.map((one) => [one.item.itemId, one]))
  const stacks = new Map<number, Decision[]>()
  const handedOn = new Set<number>()
  const held = () => items.filter(({ item }) => !handedOn.has(item.itemId))
  const calls: { readonly procedure: string; readonly input: unknown }[] = []
  let eventSeq = 412
  const ctx = { name: 'Helena Brandt', email: 'helena.brandt@harbourline.example' }

  const decisionOf = (itemId: number): Decision | null => stacks.get(itemId)?.at(-1) ?? null
  const reviewItemOf = (itemId: number) => {
    const one = found.get(itemId)
    if (one === undefined) return null
    const decision = decisionOf(itemId)
    return decision === null ? one.item
      : { ...one.item, advice: one.known.advice, isAdviceHidden: false, counter: one.known.counter, signals: one.known.signals, decision }
  }
  const progress = (): CampaignProgress => {
    const states = held().map((one) => decisionOf(one.item.itemId))
    const count = (outcome: Decision['outcome']): number => states.filter((decision) => decision?.outcome === outcome).length
    return {
      items: states.length, undecided: states.filter((decision) => decision === null).length, kept: count('keep'), revoked: count('revoke'),
      keptUntil: count('keep-until'), lookCloser: count('look-closer'),
        signedOff: states.filter((decision) => decision?.isSignedOff).length,
    }
  }
  const office = fakeOffice(fakeCampaign, progress, () => settings)

  const os = fakeProcedures(async (procedure, input) => {
    calls.push({ procedure, input })
    if (settings.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, settings.delayMs))
    const fail = settings.failNext
    if (fail?.procedure !== procedure) return null
    settings = { ...settings, failNext: null }
    return fail
  })

  const push = (decision: Decision): void => { stacks.set(decision.itemId, [...(stacks.get(decision.itemId) ?? []), decision]) }
  const depth = fakeReviewDepth(os, {
    items, progress, campaign: fakeCampaign.id, hasQuestions: () => settings.hasQuestions, isUndecided: (itemId) => decisionOf(itemId) === null && !handedOn.has(itemId),
    handOn: (itemId) => handedOn.add(itemId),
    takeBack: (itemId) => { stacks.set(itemId, (stacks.get(itemId) ?? []).slice(0, -1)) },
    keep: (itemId) => {
      eventSeq += 1
      push({ itemId, outcome: 'keep', until: null, reasonCode: null, reasonText: null, decidedBy: ctx.email, decidedAt: '2026-11-22T09:00:00.000Z',
        adviceVisible: true, eventSeq, isSignedOff: false })
    },
  })
  const other = office(os)
  const router = {
    ...other,
    languageModel: fakeLanguageModel(() => settings, (itemId) => reviewItemOf(itemId)?.claims ?? [])(os),
    workspace: {
      ...other.workspace,
      session: os.workspace.session.handler(() => ({
        person: { ...ctx, roles: [...settings.roles], isEnrolled: settings.isEnrolled },
        workspace: { name: 'Harbourline Logistics', isSample: true, rootFingerprint: 'ab'.repeat(32) }, asOf, version: '0.1.0',
          host: 'web' as const,
      })),
    },
    review: {
      ...depth.procedures,
      mine: os.review.mine.handler(() => (settings.isEmpty ? [] : [{ campaign: fakeCampaign, progress: progress() }])),
      queue: os.review.queue.handler(({ input, errors }) => {
        if (input.campaign !== fakeCampaign.id) throw errors.NOT_FOUND({ message: `There is no campaign ${input.campaign}.` })
        return {
          campaign: fakeCampaign, progress: progress(),
          items: settings.isEmpty ? [] : held().filter(({ queue }) => queue.n > input.after).slice(0, input.limit ?? undefined).map(({ queue, known }) => {
            const decision = decisionOf(queue.itemId)
            return decision === null ? queue
              : { ...queue, advice: known.advice.routed, state: decision.outcome, isSignedOff: decision.isSignedOff }
          }),
        }
      }),
      item: os.review.item.handler(({ input, errors }) => {
        const item = reviewItemOf(input.itemId)
        if (item === null) throw errors.NOT_FOUND({ message: `There is no item ${input.itemId}.` })
        return item
      }),
      decide: os.review.decide.handler(({ input, errors }) => {
        const one = found.get(input.itemId)
        if (one === undefined) throw errors.NOT_FOUND({ message: `There is no item ${input.itemId}.` })
        const before = decisionOf(input.itemId)
        if (before?.isSignedOff === true) throw errors.CONFLICT({ message: 'This decision is signed off and can no longer be changed.' })
        const isHidden = one.item.isAdviceHidden && before === null
        const obstacle = decisionObstacle(
          fakeCampaign.spec.rules,
            { advice: isHidden ? 'look-closer' : one.known.advice.action, privilege: one.queue.privilege, isFlagged: one.queue.isFlagged },
              input,
          { asOf, latestUntil: one.item.latestUntil },
        )
        if (obstacle !== null) throw errors.INVALID({ message: obstacle })
        eventSeq += 1
        const decision: Decision = {
          itemId: input.itemId, outcome: input.outcome, until: input.until, reasonCode: input.reasonCode, reasonText: input.reasonText,
            decidedBy: ctx.email,
          decidedAt: '2026-11-22T09:00:00.000Z', adviceVisible: !isHidden, eventSeq, isSignedOff: false,
        }
        push(decision)
        if (input.askOf != null) depth.note(input.itemId, input.askOf, input.reasonText ?? '')
        return { item: reviewItemOf(input.itemId) ?? one.item, progress: progress() }
      }),
      undo: os.review.undo.handler(({ input, errors }) => {
        const one = found.get(input.itemId)
        const stack = stacks.get(input.itemId) ?? []
        if (one === undefined || stack.length === 0) throw errors.CONFLICT({ message: 'There is no decision to undo.' })
        if (stack.at(-1)?.isSignedOff
          === true) throw errors.CONFLICT({ message: 'This decision is signed off and can no longer be undone.' })
        eventSeq += 1
        stacks.set(input.itemId, stack.slice(0, -1))
        return { item: reviewItemOf(input.itemId) ?? one.item, progress: progress() }
      }),
      signOffSummary: os.review.signOffSummary.handler(() => {
        const pending = items.flatMap(({ queue, known }) => {
          const decision = decisionOf(queue.itemId)
          if (decision === null || decision.isSignedOff) return []
          return [{ itemId: queue.itemId, subjectName: queue.subjectName, entitlementName: queue.entitlementName,
            application: queue.application, decision, advice: known.advice.action }]
        })
        return {
          campaign: fakeCampaign, progress: progress(), pending, isEnrolled: settings.isEnrolled, undecided: progress().undecided,
          statement: 'I have looked at each of these accesses and the evidence shown with it, and I decide as listed. '
            + 'I know that revoked access will be removed.',
          agreesWithAdvice: pending.filter(({ decision, advice }) => agreesWithAdvice(decision.outcome, advice)).length,
        }
      }),
      signOff: os.review.signOff.handler(({ input, errors }) => {
        if (input.passphrase !== passphrase) throw errors.WRONG_PASSPHRASE({ message: 'That passphrase does not open the key.' })
        let decided = 0
        for (const [itemId, stack] of stacks) {
          const last = stack.at(-1)
          if (last === undefined || last.isSignedOff) continue
          decided += 1
          stacks.set(itemId, [{ ...last, isSignedOff: true }])
        }
        eventSeq += 1
        return { decided, undecided: progress().undecided, eventSeq, checkpointSize: eventSeq + 1, progress: progress() }
      }),
    },
  }
  return {
    router, calls,
    set: (change: Partial<FakeSettings>): void => { settings = { ...settings, ...change } },
    decisionOf, progress,
  }
}

export type FakeEngine = ReturnType<typeof createFakeEngine>
