import { z } from 'zod'

/** How a workspace's files are protected on the disk, and what opens it. */
export const workspaceKeyState = z.object({
  isEncrypted: z.boolean(),
  /** `recovery`: when the present recovery kit was made; null = there is none. `computer`: this or another computer's own key store. */
  opensWith: z.object({ passphrase: z.boolean(), computer: z.boolean(), recovery: z.string().nullable() }),
  madeAt: z.string().nullable(),
  rekeyedAt: z.string().nullable(),
  /** Begun and finished when the workspace is opened next. */
  pending: z.enum(['encrypt', 'rekey']).nullable(),
  /** Why it could not be finished, as a sentence. */
  unfinished: z.string().nullable(),
  /** An invented organisation: its passphrase is known to everybody. */
  isPublic: z.boolean(),
})
export type WorkspaceKeyState = z.infer<typeof workspaceKeyState>

/** What the log says of it. */
export const workspaceKeyChange = z.enum(['made', 'encrypted', 'rekeyed', 'rekey-begun', 'passphrase-changed', 'recovery-kit-made'])

/** Ways to open an encrypted workspace. `public`: a passphrase that stands beside the key, of an invented organisation. */
export const workspaceKeyWay = z.enum(['passphrase', 'computer', 'recovery-kit', 'public'])
