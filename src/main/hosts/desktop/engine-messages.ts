import type { Settling } from '../../app.ts'

/** What the main process and the engine process say to each other; ports travel beside `connect`. */
export type ToEngine =
  | { readonly kind: 'open'; readonly workspace: string; readonly as: string | null; readonly asOf: string | null; readonly hasVault: boolean; readonly passphrase: string | null }
  | { readonly kind: 'connect' }
  | { readonly kind: 'close' }
  /** What the operating system's store made of a text; null = it refuses. */
  | { readonly kind: 'vault-answer'; readonly id: number; readonly text: string | null }

export type FromEngine =
  /** Everything is brought under a key before the workspace is opened; that can take minutes. */
  | { readonly kind: 'settling'; readonly progress: Settling }
  | { readonly kind: 'opened' }
  /** Only the main process reaches the operating system's store. */
  | { readonly kind: 'vault'; readonly id: number; readonly ask: 'protect' | 'reveal'; readonly text: string }
  /** It is encrypted and nothing here opens it; `message` says what was wrong with the passphrase, or that one is needed. */
  | { readonly kind: 'locked'; readonly message: string }
  /** The workspace cannot be used; `message` is a sentence for people. Starting again would not help. */
  | { readonly kind: 'refused'; readonly message: string }
