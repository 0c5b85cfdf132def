/** What the main process and the engine process say to each other; ports travel beside `connect`. */
export type ToEngine =
  | { readonly kind: 'open'; readonly workspace: string; readonly as: string | null; readonly asOf: string | null }
  | { readonly kind: 'connect' }
  | { readonly kind: 'close' }

export type FromEngine =
  | { readonly kind: 'opened' }
  /** The workspace cannot be used; `message` is a sentence for people. Starting again would not help. */
  | { readonly kind: 'refused'; readonly message: string }
