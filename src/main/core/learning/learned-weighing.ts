import type { SignalWeights } from '../../../shared/model/recommendation.ts'
import { recommend } from '../recommendation/recommend.ts'
import type { Population } from '../signals/population.ts'
import { weighGrant, type Prepared, type Weighed } from '../signals/weigh.ts'
import { askHistory, type GrantHistory } from './grant-history.ts'
import { accountCode, entitlementCode, grantCode, personCode, type HistoryNames } from './names.ts'
import { pastDecisionSignals } from './past-decision-signals.ts'
import type { CountedModel } from './stored-model.ts'

/** A learned model bound to a population: what its past says about each grant in it. */
export interface LearnedWeighing {
  readonly modelId: number
  readonly version: string
  readonly historyOf: (grant: number) => GrantHistory
}

/** Version of the weights a packet names: the default ones, and the model beside them if one is in force. */
export function weightsVersion(weights: Pick<SignalWeights, 'version'>, model: { readonly version: string } | null): string {
  return model === null ? weights.version : `${weights.version}+${model.version}`
}

export function bindModel(
  counted: CountedModel, { id, version }: { readonly id: number; readonly version: string }, population: Population,
  names: Pick<HistoryNames, 'people'>,
): LearnedWeighing {
  const ask = askHistory(counted)
  const people = new Map(names.people.map((person) => [person.id, person]))
  const { accounts, entitlements, grants, identities } = population
  return {
    modelId: id, version,
    historyOf: (grant) => {
      const account = grants.account[grant] as number
      const identity = accounts.identity[account] as number
      const person = identity < 0 ? undefined : people.get(identities.id[identity] as number)
      const entitlement = entitlementCode(entitlements.id[grants.entitlement[grant] as number] as number)
      const holder = person === undefined ? accountCode(accounts.id[account] as number) : personCode(person.id)
      return ask({
        entitlement, department: person?.department ?? null, title: person?.title ?? null,
        manager: person?.managerId == null ? null : personCode(person.managerId), 'same grant': grantCode(entitlement, holder),
      })
    },
  }
}

/**
 * Weighs one grant, the past with it. What a model learned takes the place of the plain count of the same kind of earlier decisions, so
 * that nothing counts twice. The hard rules are asked after the sum, as ever: no past softens them.
 */
export function weighWithPast(prepared: Prepared, learned: LearnedWeighing | null, grant: number): Weighed {
  const weighed = weighGrant(prepared, grant)
  if (learned === null) return weighed
  const past = pastDecisionSignals(learned.historyOf(grant), learned.modelId)
  const told = new Set(past.map((signal) => (signal.kind === 'past-decision' ? signal.facts.basis : null)))
  const others = weighed.packet.signals.filter((signal) => signal.kind !== 'past-decision' || !told.has(signal.facts.basis))
  const packet = {
    ...weighed.packet,
    signals: [...others, ...past].map((signal, at) => ({ ...signal, id: `E${at + 1}` })),
    engine: { ...weighed.packet.engine, weights: weightsVersion(prepared.weights, learned) },
  }
  return { packet, recommendation: recommend(packet, prepared.weights) }
}
