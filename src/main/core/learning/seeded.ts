/** Numbers in [0, 1) that are the same for the same seed everywhere. Source: mulberry32 (Tommy Ettinger, public domain). */
export function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Fold (0…folds-1) of each row; every fold gets its share of approvals and of denials, because denials are few. */
export function stratifiedFolds(approved: Uint8Array, folds: number, seed: number): Uint8Array {
  const random = seeded(seed)
  const fold = new Uint8Array(approved.length)
  for (const label of [0, 1]) {
    const rows: number[] = []
    for (let row = 0; row < approved.length; row++) if (approved[row] === label) rows.push(row)
    for (let last = rows.length - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1))
      const kept = rows[last] as number
      rows[last] = rows[other] as number
      rows[other] = kept
    }
    for (const [place, row] of rows.entries()) fold[row] = place % folds
  }
  return fold
}
