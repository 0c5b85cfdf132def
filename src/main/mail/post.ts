import type { MailSettings, PostAnswer } from '../../shared/model/mail.ts'

/** A letter as it goes out: plain text to one person. Names and subject are one line of clean text already. */
export interface OutgoingMail {
  /** `<…@…>`; the same for the same letter, so that a receiver can tell a repeat. */
  readonly messageId: string
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly at: string
}

/**
 * `whole`: nothing was handed over, and nobody else's letter would fare better now: no server, no trust, no sign-in, or stopped. The other refusals are
 * this letter's own.
 */
export type Delivery = PostAnswer & { readonly isWhole: boolean }

/** One server, one connection that is used again for as long as the server keeps it. */
export interface Post {
  /** Waits until the next letter may go by the settings' pace. Rejects when stopped. */
  readonly turn: (signal: AbortSignal) => Promise<void>
  /** Never rejects. Stopping it before the text is handed over refuses the letter; afterwards it waits for the server's word. */
  readonly send: (mail: OutgoingMail, signal: AbortSignal) => Promise<Delivery>
  readonly close: () => void
}

/** Opens nothing until the first letter is sent. `password` null: there is none. */
export type OpenPost = (settings: MailSettings, password: string | null) => Promise<Post>
