import type { ConnectionTest, EntitlementTrait, LiveConfig, LiveSourceKind, SecretName } from '../../shared/model/live-source.ts'
import type { Privilege, Risk } from '../../shared/model/entitlement.ts'
import type { Reject } from '../../shared/model/source.ts'
import type { AccountRecord, HrRecord, SignInRecord } from '../core/inventory/records.ts'

// A live source is read into a mirror: its own accounts, entitlements and who holds what directly, as far as they have been read.
// A page's changes, its raw answer and the cursor behind it become part of the mirror together, so that a reading that was cut off
// anywhere goes on from there. Effective access (through groups, roles and applications) is worked out from the mirror afterwards.

/** `account` is the source's own stable id; `login` is what people call it (user principal name, Okta login). */
export interface DirectoryAccount extends AccountRecord {
  readonly login: string | null
}

export interface DirectoryEntitlement {
  /** The source's own stable id with a prefix that says what it is, such as `group:…`, `app-role:…`, `directory-role:…`. */
  readonly entitlement: string
  readonly name: string
  readonly description: string | null
  /** As sign-ins name it, so that usage can be matched; the directory's own name for what belongs to no application. */
  readonly application: string
  readonly privilege: Privilege
  readonly risk: Risk
  readonly owner: string | null
  readonly traits: readonly EntitlementTrait[]
}

/** Who holds it: an account, or an entitlement whose holders thereby hold it too (a nested group, a group assigned to an application). */
export interface Holder {
  readonly of: 'account' | 'entitlement'
  readonly id: string
}

export interface DirectoryHold {
  readonly entitlement: string
  readonly holder: Holder
  readonly grantedAt: string | null
  readonly expiresAt: string | null
  /** How it was given where that is not simply "directly": `rule:<id>`, `synced`; of an entitlement's hold, `directMembersOnly`. */
  readonly how: string | null
}

/** One change to the mirror. Saying the same twice, dropping what is not there, and dropping then adding again are all harmless. */
export type MirrorChange =
  | { readonly put: 'account'; readonly record: DirectoryAccount }
  | { readonly put: 'entitlement'; readonly record: DirectoryEntitlement }
  | { readonly put: 'hold'; readonly record: DirectoryHold }
  | { readonly put: 'person'; readonly record: HrRecord }
  /**
   * A log says since when access is held (a calendar day): dates a hold the mirror has, whichever collection put it, and says nothing
   * where there is none. Putting that hold again without a date leaves the date as it is.
   */
  | { readonly put: 'granted-at'; readonly entitlement: string; readonly holder: Holder; readonly at: string }
  | { readonly drop: 'account' | 'entitlement' | 'person'; readonly id: string }
  | { readonly drop: 'hold'; readonly entitlement: string; readonly holder: Holder }
  /** Everything this collection said about an entitlement's holders so far is void: its members follow anew. */
  | { readonly drop: 'holds-of'; readonly entitlement: string }

/** One answer of the source. */
export interface LivePage {
  /** Method, path and query as sent; secrets, and tokens that carry no meaning for a reader, left out. */
  readonly request: string
  /** The answer's body as received, for the raw extract; null where nothing is to be kept. */
  readonly raw: string | null
  readonly changes: readonly MirrorChange[]
  readonly signIns: readonly SignInRecord[]
  /** Entities in the answer, taken or not. */
  readonly records: number
  readonly rejects: readonly Reject[]
  readonly retries: number
  readonly throttledMs: number
  /** Where to go on, opaque to everybody else; stored together with the page's changes. */
  readonly cursor: string
  /** One sentence per oddity of the source in this page (repeated token, entity named twice, missing permission for a part). */
  readonly gaps: readonly string[]
  /** Share of the collection read so far, null where the source does not say how much there is. */
  readonly progress: number | null
}

export interface CollectionEnd {
  readonly mode: 'full' | 'changes' | 'window'
  /** Cursor from which the next run asks for changes; null = the next run lists everything again. */
  readonly nextCursor: string | null
  /** How many the source says there are; null where it does not say. */
  readonly sourceCount: number | null
  /** For a log: the span that is now covered without holes, `to` exclusive. */
  readonly window: { readonly from: string; readonly to: string } | null
}

/** A collection is listed in full (then what it no longer names is dropped from the mirror), or asked for changes, or is a log. */
export interface Collection {
  /** `users`, `groups`, `app-role-assignments`, `sign-ins` … */
  readonly name: string
  /** For people: what is being read. */
  readonly title: string
  readonly apiVersion: string
  /** Left out when false is configured or the permission is missing: then a gap of the run, never silence. */
  readonly isOptional: boolean
}

/** What earlier collections of the same reading left in the mirror; asked by collections that go from parent to parent. */
export interface MirrorView {
  /** Entitlement ids with a prefix, in order, after a given one; a page at a time. */
  readonly entitlements: (prefix: string, after: string | null, limit: number) => Promise<readonly string[]>
  readonly accounts: (after: string | null, limit: number) => Promise<readonly string[]>
}

/** Reads secrets of one source; `save` is for what signing in again produces (a refreshed token cache). */
export interface Credentials {
  readonly read: (name: SecretName) => Promise<string | null>
  readonly save: (name: SecretName, value: string) => Promise<void>
}

export interface LiveInput {
  readonly config: LiveConfig
  readonly credentials: Credentials
  readonly signal: AbortSignal
  /** A person has to do something elsewhere: open this page and type this code. */
  readonly onPrompt: (prompt: { readonly url: string; readonly code: string; readonly expiresAt: string }) => void
  readonly now: () => string
}

export interface ReadCollection extends LiveInput {
  readonly collection: string
  /** Cursor of the last page that became part of the mirror, or of the last complete reading; null = from the beginning. */
  readonly cursor: string | null
  readonly mirror: MirrorView
}

/** One right of one account as the inventory knows it; `path` as in the grant (`direct`, or the entitlement ids it comes through). */
export interface RevokeTarget {
  readonly account: string
  readonly entitlement: string
  readonly path: string
  readonly traits: readonly EntitlementTrait[]
}

export interface RevokeInput extends LiveInput {
  readonly target: RevokeTarget
  /** True: says what would be sent and whether it would work, and changes nothing. */
  readonly isDryRun: boolean
  /** Native ids nobody removes access from or to. */
  readonly protectedObjects: { readonly accounts: ReadonlySet<string>; readonly entitlements: ReadonlySet<string> }
}

export type RevokeAnswer =
  | { readonly outcome: 'would-remove' | 'removed' | 'already-gone'; readonly request: string; readonly effect: string }
  /** It cannot be done this way (nested, dynamic, synced, mail-enabled, through an application's group, protected). `instead`: what would. */
  | { readonly outcome: 'refused'; readonly reason: string; readonly instead: string }
  | { readonly outcome: 'failed'; readonly request: string; readonly reason: string }

export type GiveBackAnswer =
  | { readonly outcome: 'would-give' | 'given' | 'already-held'; readonly request: string; readonly effect: string }
  /** Not given this way: rules, another directory or a person decides. `instead`: what would work. */
  | { readonly outcome: 'refused'; readonly reason: string; readonly instead: string }
  | { readonly outcome: 'failed'; readonly request: string; readonly reason: string }

/** The only thing the rest of Muster knows about a live system. Throws `LiveSourceError` for what stops reading altogether. */
export interface LiveConnector {
  readonly kind: LiveSourceKind
  readonly test: (input: LiveInput) => Promise<ConnectionTest>
  /** In reading order. */
  readonly collections: (config: LiveConfig) => readonly Collection[]
  /** Yields pages and returns how the collection ended. Stops soon after `signal` aborts, by throwing the signal's reason. */
  readonly read: (input: ReadCollection) => AsyncGenerator<LivePage, CollectionEnd, void>
  /** Present where access can be removed through this connector. */
  readonly revoke?: (input: RevokeInput) => Promise<RevokeAnswer>
  /** Gives a right back that was taken away wrongly, directly; never one with administrator's power. Saying it twice is harmless. */
  readonly giveBack?: (input: RevokeInput) => Promise<GiveBackAnswer>
}

/** A fault of the live source as a whole, said so that the officer can act on it; never with a secret or a token in it. */
export class LiveSourceError extends Error {
  readonly code:
    | 'sign-in-failed' | 'secret-missing' | 'permission-missing' | 'unreachable' | 'throttled' | 'expired-cursor' | 'half-answer' | 'not-this-source'
  constructor(code: LiveSourceError['code'], message: string) {
    super(message)
    this.name = 'LiveSourceError'
    this.code = code
  }
}
