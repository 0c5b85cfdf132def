import { z } from 'zod'

// What the first screen of the desktop asks for when somebody has filled in one of its forms.

const word = z.string().trim().min(1).max(1_000)
const path = z.string().min(1).max(4_000)
const secret = z.string().min(1).max(1_000)

/** Where the organisation's root comes from: made here, brought as a file with its key, or that of its own authority elsewhere. */
export const startRoot = z.discriminatedUnion('way', [
  z.object({ way: z.literal('made') }),
  z.object({ way: z.literal('imported'), file: path, filePassphrase: z.string().max(1_000), fingerprint: word }),
  z.object({ way: z.literal('elsewhere') }),
])

export const formRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('own'), folder: path, organisation: word, name: word, email: word, passphrase: secret, root: startRoot.default({ way: 'made' }) }),
  /** What a root's file holds; nothing is made. */
  z.object({ kind: z.literal('root-look'), file: path, filePassphrase: z.string().max(1_000) }),
  /** `email` null: the workspace's first officer. `opensWith` null: the officer's passphrase opens the workspace too. */
  z.object({ kind: z.literal('restore'), file: path, folder: path, passphrase: secret, reason: word, email: word.nullable(), opensWith: secret.nullable() }),
])

/** A root as its file tells it, to be compared before it is taken. */
export const foundRoot = z.object({ subject: z.string(), validTo: z.string(), rootSubject: z.string(), rootFingerprint: z.string() })

export type StartRoot = z.infer<typeof startRoot>
export type FormRequest = z.infer<typeof formRequest>
export type FoundRoot = z.infer<typeof foundRoot>
