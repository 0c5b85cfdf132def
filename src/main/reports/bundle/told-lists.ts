// What the log tells of the organisation's revocation lists: which one stands, and which ones went with a root that was replaced.
import type { ChainEvent } from '../../core/evidence/event-chain.ts'

/** A list as its event told it: SHA-256 over the DER of all lists in the file. */
export type ToldList = { readonly seq: number; readonly sha256: string }

/** `present`: of the root that is here; undefined while nothing was told. `former`: by the retired root's fingerprint. */
export type ToldLists = { readonly present: ToldList | undefined; readonly former: ReadonlyMap<string, ToldList> }

export function startToldLists(): { readonly add: (event: ChainEvent) => void; readonly result: () => ToldLists } {
  let present: ToldList | undefined
  const former = new Map<string, ToldList>()
  return {
    add: ({ seq, kind, body }) => {
      if (kind !== 'revocation-list-changed' && kind !== 'root-adopted') return
      const told = recordOf(body)
      if (kind === 'revocation-list-changed') {
        present = listAt(seq, told)
        return
      }
      present = undefined
      const list = listAt(seq, recordOf(told['revocationList']))
      if (typeof told['retired'] === 'string' && list !== undefined) former.set(told['retired'], list)
    },
    result: () => ({ present, former }),
  }
}

function listAt(seq: number, { sha256 }: Record<string, unknown>): ToldList | undefined {
  return typeof sha256 === 'string' ? { seq, sha256 } : undefined
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
