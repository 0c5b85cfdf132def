import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { procedure, progressOf } from './base.ts'
import { airGap } from '../model/air-gap.ts'
import { isoDate } from '../model/time.ts'
import { campaign, campaignProgress } from '../model/campaign.ts'
import { openedPacket } from '../model/packet.ts'
import { snapshot } from '../model/source.ts'
import { workspaceKeyState } from '../model/workspace-key.ts'

export const role = z.enum(['officer', 'reviewer', 'auditor'])

/** Who is acting (the host knows), in which workspace, as of which day. */
export const session = z.object({
  person: z.object({ email: z.string(), name: z.string(), roles: z.array(role), isEnrolled: z.boolean() }),
  /** `packet`: this workspace was made from a review packet and holds one reviewer's share. */
  workspace: z.object({ name: z.string(), isSample: z.boolean(), rootFingerprint: z.string(), packet: openedPacket.exactOptional() }),
  asOf: isoDate,
  version: z.string(),
  host: z.enum(['desktop', 'web', 'cli']),
})

export const status = z.object({
  workspace: z.string(),
  folder: z.string(),
  asOf: isoDate,
  identities: z.int(),
  accounts: z.int(),
  orphanAccounts: z.int(),
  entitlements: z.int(),
  grants: z.int(),
  hrPeople: z.int(),
  leaversWithAccess: z.int(),
  snapshots: z.array(snapshot),
  heldRuns: z.int(),
  /** Of people whose certificate the organisation's own authority was asked for and has not sent. */
  awaitedCertificates: z.array(z.object({ email: z.string(), at: z.string() })),
  /** False while the first of them is awaited: nobody can sign anything yet. */
  hasRoot: z.boolean(),
  events: z.int(),
  lastCheckpointSize: z.int().nullable(),
  campaigns: z.array(campaign.extend({ progress: campaignProgress })),
})

/** `file`: where it goes, a full path; its SHA-256 and how many events it holds are recorded. */
const backupInput = z.object({ file: z.string() })
export const backup = z.object({ file: z.string(), bytes: z.int(), sha256: z.string(), events: z.int() })

/** Told once and kept nowhere. */
export const recoveryKit = z.object({ code: z.string(), at: z.string() })

export const workspaceContract = {
  session: procedure.output(session),
  status: procedure.output(status),
  /** Copies the open database and checks the copy. Does not overwrite. */
  backup: procedure.input(backupInput).output(backup),
  /** The same as long work: a large workspace takes minutes. Kept by the engine. */
  backupSteps: procedure.input(backupInput).output(eventIterator(progressOf(backup))),
  /** How the files are protected, and what opens the workspace. */
  protection: procedure.output(workspaceKeyState),
  /** `current`: the present passphrase or recovery code; null where there is neither. */
  changePassphrase: procedure.input(z.object({ current: z.string().nullable(), next: z.string() })).output(workspaceKeyState),
  makeRecoveryKit: procedure.input(z.object({ current: z.string().nullable() })).output(recoveryKit),
  /** A new key and a new kit; the files follow when the workspace is opened next. `next`: a new passphrase, null = the same. */
  rekey: procedure.input(z.object({ current: z.string().nullable(), next: z.string().nullable() })).output(recoveryKit),
  /** Whether any connection may be opened at all. */
  airGap: procedure.output(airGap),
  setAirGap: procedure.input(z.object({ isOn: z.boolean() })).output(airGap),
  /** Makes the acting officer's own, or another person's, signing key under a passphrase. */
  enrol: procedure
    .input(z.object({ email: z.email(), name: z.string().min(1), roles: z.array(role).min(1), passphrase: z.string().min(1), officerPassphrase: z.string().min(1) }))
    .output(z.object({ email: z.string(), fingerprint: z.string() })),
  /** People who can act here, with whether they hold a key. */
  people: procedure.output(z.array(z.object({ email: z.string(), name: z.string(), roles: z.array(role), isEnrolled: z.boolean() }))),
}
