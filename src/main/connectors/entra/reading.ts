import type { EntraConfig } from '../../../shared/model/live-source.ts'
import type { Collection, CollectionEnd, LivePage, MirrorChange, MirrorView } from '../live-connector.ts'
import type { Reject } from '../../../shared/model/source.ts'
import type { SignInRecord } from '../../core/inventory/records.ts'
import type { Graph } from './graph.ts'
import type { JsonObject } from './json.ts'

/** What a collection needs to be read. */
export interface Reading {
  readonly graph: Graph
  readonly config: EntraConfig
  readonly signal: AbortSignal
  readonly cursor: string | null
  readonly mirror: MirrorView
  readonly now: () => string
}

export interface EntraCollection {
  readonly about: Collection
  readonly read: (reading: Reading) => AsyncGenerator<LivePage, CollectionEnd, void>
}

/** What was made of the entities of one answer. */
export interface Taken {
  readonly changes: readonly MirrorChange[]
  readonly signIns?: readonly SignInRecord[]
  readonly rejects?: readonly Reject[]
  readonly gaps?: readonly string[]
  /** For requests made to complete the page (names, owners). */
  readonly retries?: number
  readonly throttledMs?: number
}

/** The directory's own name, for what belongs to no application. */
export const DIRECTORY = 'Microsoft Entra ID'

/** Entities that name themselves, and a reject for each that does not. */
export function withId(entities: readonly JsonObject[], what: string): { readonly named: readonly (JsonObject & { readonly id: string })[]; readonly rejects: readonly Reject[] } {
  const named: (JsonObject & { readonly id: string })[] = []
  const rejects: Reject[] = []
  entities.forEach((entity, index) => {
    if (typeof entity['id'] === 'string' && entity['id'] !== '') named.push(entity as JsonObject & { readonly id: string })
    else rejects.push(rejectOf(index, entity, `A ${what} in the answer has no id.`))
  })
  return { named, rejects }
}

/** `index`: place of the entity in the answer, from 0. */
export function rejectOf(index: number, entity: JsonObject, reason: string): Reject {
  return {
    row: index + 1, column: 'id', code: 'missing-required', reason, effect: 'row-rejected',
    raw: JSON.stringify(entity).slice(0, 500),
  }
}
