import type { Cross } from './crosses.ts'

/**
 * What the trees look at, as numbers:
 * approval = share approved of this combination, drawn towards the overall share while it was decided seldom;
 * seen = how often it was decided; share = how much of the wider combination it makes up ("this manager's requests that are for this
 * entitlement"); variety = in how many different combinations with one more column it occurs ("entitlements this manager has asked for").
 */
export type Encoding =
  | { readonly kind: 'approval' | 'seen'; readonly cross: number }
  | { readonly kind: 'share'; readonly cross: number; readonly within: number }
  | { readonly kind: 'variety'; readonly cross: number; readonly over: number }

/** Imaginary decisions with the overall share of approvals that every combination starts with. */
const PRIOR_DECISIONS = 10

/** All numbers for a set of crosses. Variety and share are taken over pairs only: triples repeat them. */
export function encodingsFor(crosses: readonly Cross[]): readonly Encoding[] {
  const single = new Map(crosses.flatMap(({ columns }, at) => (columns.length === 1 ? [[columns[0] as number, at] as const] : [])))
  const encodings: Encoding[] = crosses.flatMap((_, cross): Encoding[] => [{ kind: 'approval', cross }, { kind: 'seen', cross }])
  for (const [pair, { columns }] of crosses.entries()) {
    if (columns.length !== 2) continue
    for (const column of columns) {
      const within = single.get(column) as number
      encodings.push({ kind: 'share', cross: pair, within }, { kind: 'variety', cross: within, over: pair })
    }
  }
  return encodings
}

/** Different combinations of `over` within each combination of its parts: computed once, kept with the model. */
export function varieties(
  crosses: readonly Cross[], codes: readonly Int32Array[], encodings: readonly Encoding[],
): ReadonlyMap<string, Int32Array> {
  const found = new Map<string, Int32Array>()
  for (const encoding of encodings) {
    if (encoding.kind !== 'variety') continue
    const [own, wider] = [codes[encoding.cross] as Int32Array, codes[encoding.over] as Int32Array]
    const counts = new Int32Array((crosses[encoding.cross] as Cross).decided.length)
    const isMet = new Uint8Array((crosses[encoding.over] as Cross).decided.length)
    for (let row = 0; row < own.length; row++) {
      const combination = wider[row] as number
      if (isMet[combination] === 1) continue
      isMet[combination] = 1
      counts[own[row] as number] = (counts[own[row] as number] as number) + 1
    }
    found.set(varietyKey(encoding.cross, encoding.over), counts)
  }
  return found
}

export interface Encoder {
  readonly crosses: readonly Cross[]
  readonly encodings: readonly Encoding[]
  readonly varieties: ReadonlyMap<string, Int32Array>
  /** Overall share approved. */
  readonly prior: number
}

/** The rows an encoder was built from must not see themselves; `fold` says which other rows a row's approvals may come from. */
export interface OwnRows {
  readonly approved: Uint8Array
  readonly fold: Uint8Array
  readonly folds: number
}

/**
 * One column of numbers per encoding. For new rows (`own` null) everything known is used. For the training rows themselves, approvals
 * are counted in the other folds only and a row is left out of every count, so that no row's encoding can depend on its own label.
 */
export function encode(encoder: Encoder, codes: readonly Int32Array[], own: OwnRows | null): readonly Float64Array[] {
  return encoder.encodings.map((encoding) => {
    const of = codes[encoding.cross] as Int32Array
    const { decided, approved } = encoder.crosses[encoding.cross] as Cross
    const self = own === null ? 0 : 1
    const times = (counts: Int32Array, code: number): number => (code < 0 ? 0 : (counts[code] as number))
    switch (encoding.kind) {
      case 'approval':
        return own === null
          ? Float64Array.from(of, (code) => smoothed(times(approved, code), times(decided, code), encoder.prior))
          : outOfFold(of, decided, approved, own, encoder.prior)
      case 'seen':
        return Float64Array.from(of, (code) => times(decided, code) - self)
      case 'share': {
        const within = codes[encoding.within] as Int32Array
        const wider = (encoder.crosses[encoding.within] as Cross).decided
        return Float64Array.from(of, (code, row) => (times(decided, code) - self + 0.2) / (times(wider, within[row] as number) - self + 2))
      }
      case 'variety': {
        const over = codes[encoding.over] as Int32Array
        const pairs = (encoder.crosses[encoding.over] as Cross).decided
        const counts = encoder.varieties.get(varietyKey(encoding.cross, encoding.over)) as Int32Array
        return Float64Array.from(of, (code, row) => times(counts, code) - (self === 1 && times(pairs, over[row] as number) === 1 ? 1 : 0))
      }
    }
  })
}

function outOfFold(codes: Int32Array, decided: Int32Array, approved: Int32Array, own: OwnRows, prior: number): Float64Array {
  const { folds, fold } = own
  const [inFold, approvedInFold] = [new Int32Array(decided.length * folds), new Int32Array(decided.length * folds)]
  for (let row = 0; row < codes.length; row++) {
    const cell = (codes[row] as number) * folds + (fold[row] as number)
    inFold[cell] = (inFold[cell] as number) + 1
    approvedInFold[cell] = (approvedInFold[cell] as number) + (own.approved[row] as number)
  }
  return Float64Array.from(codes, (code, row) => {
    const cell = code * folds + (fold[row] as number)
    const elsewhere = (decided[code] as number) - (inFold[cell] as number)
    return smoothed((approved[code] as number) - (approvedInFold[cell] as number), elsewhere, prior)
  })
}

function smoothed(approved: number, decided: number, prior: number): number {
  return (approved + PRIOR_DECISIONS * prior) / (decided + PRIOR_DECISIONS)
}

function varietyKey(cross: number, over: number): string {
  return `${cross}|${over}`
}
