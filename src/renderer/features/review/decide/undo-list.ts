/** What one undo takes back: one decision, or several that were taken in one go (`id`: the event that says so). */
export type Done =
  | { readonly kind: 'one'; readonly itemId: number }
  | { readonly kind: 'together'; readonly id: number; readonly items: readonly number[] }

/** Decided in this sitting, the last one at the end. */
export type UndoList = readonly Done[]

export const itemsOf = (done: Done): readonly number[] => (done.kind === 'one' ? [done.itemId] : done.items)

/** The list once these were decided anew or taken back one by one; a go loses them, and ends with its last one. */
export const withoutItems = (list: UndoList, gone: ReadonlySet<number>): UndoList =>
  list.flatMap((done): UndoList => {
    if (!itemsOf(done).some((itemId) => gone.has(itemId))) return [done]
    const items = itemsOf(done).filter((itemId) => !gone.has(itemId))
    return done.kind === 'one' || items.length === 0 ? [] : [{ ...done, items }]
  })

export const withOne = (list: UndoList, itemId: number): UndoList => [...withoutItems(list, new Set([itemId])), { kind: 'one', itemId }]

/** What the undo key takes back: the last of which anything can be. */
export const lastDone = (list: UndoList, canUndo: (itemId: number) => boolean): Done | undefined => list.findLast((done) => itemsOf(done).some(canUndo))
