import { z } from 'zod'

// What a reviewer's page asks while there is no workspace of the packet yet: the same in a window and in a browser.

/** Why a packet is not opened, as far as a screen tells it apart. */
export const packetFault = z.enum(['wrong-passphrase', 'not-for-you', 'damaged', 'expired', 'not-trusted', 'root-replaced', 'other'])

/** Fingerprints of the root pinned with a reviewer's key and of the one it was handed over to, hex. */
export const replacedRoots = z.object({ former: z.string(), next: z.string() })

const file = z.string().min(1).max(4_000)
const secret = z.string().min(1).max(1_000)
const email = z.string().min(3).max(320)

export const doorRequest = z.discriminatedUnion('kind', [
  /** What can be said of a file without opening it. */
  z.object({ kind: z.literal('packet-look'), file }),
  /** Makes a workspace of it. `packetPassphrase` null: it is encrypted to the key of `email`. */
  z.object({ kind: z.literal('packet-open'), file, packetPassphrase: secret.nullable(), email: email.nullable(), passphrase: secret, rootFingerprint: z.string().max(200).nullable(), 
    /** The root that took the pinned one's place, once both were compared. */
    followRoot: z.string().max(200).nullable().exactOptional() }),
  /** Goes into the workspace that was made of it. `passphrase` null: the host can open it without, or says that it needs one. */
  z.object({ kind: z.literal('packet-enter'), file, passphrase: secret.nullable() }),
  /** Makes a key, and the file that asks the officer to certify it. */
  z.object({ kind: z.literal('key-request'), email, name: z.string().trim().min(1).max(200), passphrase: secret }),
])

const keyHolder = z.object({ email: z.string(), name: z.string() })

export const packetLook = z.object({
  kind: z.literal('looked'), name: z.string(),
  /** `unknown`: it is no packet, or damaged in its first lines. */
  way: z.enum(['passphrase', 'key', 'unknown']),
  /** A workspace was made of this very file before. */
  isOpened: z.boolean(),
  /** That workspace is encrypted. An earlier version left it plain. */
  isEncrypted: z.boolean(),
  /** Whose keys are on this machine. */
  keys: z.array(keyHolder),
})

export const packetOpened = z.object({
  kind: z.literal('opened'), person: z.string(), organisation: z.string(), campaign: z.string(), from: z.string(), items: z.int(), expiresAt: z.string(),
  /** Forty digits each, to be compared by voice; `keySpoken` null: the key is certified. */
  rootSpoken: z.string(), keySpoken: z.string().nullable(),
})

export const doorAnswer = z.discriminatedUnion('kind', [
  packetLook, packetOpened,
  z.object({ kind: z.literal('requested'), person: z.string(), name: z.string(), path: z.string(), text: z.string(), spoken: z.string() }),
  /** `folder`: for the host; `address`: where a browser goes on. The window of the desktop goes on by itself. */
  z.object({ kind: z.literal('entered'), folder: z.string(), address: z.string().nullable() }),
  z.object({ kind: z.literal('refused'), why: packetFault, message: z.string(), roots: replacedRoots.exactOptional() }),
])

export type PacketFault = z.infer<typeof packetFault>
export type ReplacedRoots = z.infer<typeof replacedRoots>
export type DoorRequest = z.infer<typeof doorRequest>
export type DoorAnswer = z.infer<typeof doorAnswer>
export type PacketLook = z.infer<typeof packetLook>
export type PacketOpened = z.infer<typeof packetOpened>
