import type { z } from 'zod'
import type { verification } from '../../../shared/contract/evidence.ts'
import type { AppOptions, BroughtFile, FirstRoot, MadeWorkspace, NewProtection, OfferedWays, OpenedWorkspace, OpenRequest, RequestedEnrolment, RestoredWorkspace, RestoreRequest, VerifyInput } from '../../app.ts'
import type { EngineApp } from '../engine-types.ts'
import type { ErrorLog } from '../error-log.ts'
import type { SampleManifest } from './demo/sample-manifest.ts'

export type Verification = z.infer<typeof verification>

/** Everything the command line reaches behind itself; main.ts brings the real ones, a test its own. */
export interface Doors {
  readonly createApp: (options: AppOptions) => Promise<EngineApp>
  readonly initWorkspace: (
    folder: string,
    input: { name: string; officerEmail: string; officerName: string; passphrase: string; isSample: boolean; at: string | null; root?: FirstRoot }, protection: NewProtection | null,
  ) => Promise<MadeWorkspace & { recoveryCode: string | null }>
  /** What a root that is to be brought holds. */
  readonly describeRoot: (input: BroughtFile) => Promise<{ subject: string; validTo: string; rootFingerprint: string; rootSubject: string }>
  readonly writeSampleOrganisation: (dir: string, input: { seed: number; people: number; asOf: string }) => Promise<SampleManifest>
  /** Puts a backup in the place of a closed workspace's database. */
  readonly restoreWorkspace: (folder: string, request: RestoreRequest, ways: OfferedWays) => Promise<RestoredWorkspace>
  /** Makes a reviewer's workspace from a packet; encrypted under the reviewer's own passphrase where nothing else is said. */
  readonly openPacket: (folder: string, input: OpenRequest & { readonly keys: string | null }, protection?: NewProtection | null) => Promise<OpenedWorkspace>
  /** Whether a passphrase opens somebody's key in a workspace. */
  readonly opensKeyOf: (folder: string, email: string, passphrase: string) => Promise<boolean>
  /** Makes a reviewer's keys and the file that asks for their certificate. */
  readonly requestEnrolment: (folder: string, input: { email: string; name: string; passphrase: string; file: string }) => Promise<RequestedEnrolment>
  /** Checks a bundle without any workspace. */
  readonly verifyBundle: (input: VerifyInput) => Promise<Verification>
  readonly version: string
  readonly errorLogIn: (workspace: string) => ErrorLog
  /** What Muster brings along: conflict rules, weights, fonts. */
  readonly resources: string
  /** Folder of the built screens. */
  readonly renderer: string
}
