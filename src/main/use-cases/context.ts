import type { Store } from '../storage/database.ts'
import type { Connector } from '../connectors/connector.ts'
import type { LiveConnector } from '../connectors/live-connector.ts'
import type { HistoryReader } from '../connectors/history/read-history.ts'
import type { keepRawFile } from '../connectors/raw-file/keep-raw-file.ts'
import type { OpenPost } from '../mail/post.ts'
import type { TicketDesks } from '../tickets/ticket-desk.ts'
import type { RawFolder } from '../secrets/raw-folder.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import type { WorkspaceKey } from '../secrets/workspace-key.ts'
import type { CircuitBreaker } from '../narrators/circuit-breaker.ts'
import type { LanguageModels } from '../narrators/language-model.ts'
import type { Narrator } from '../narrators/narrator.ts'
import type { WorkQueue } from '../narrators/work-queue.ts'
import type { FileSourceKind } from '../../shared/model/source.ts'
import type { LiveSourceKind } from '../../shared/model/live-source.ts'
import type { Framework } from '../../shared/model/report-facts.ts'
import type { SignalWeights } from '../../shared/model/recommendation.ts'
import type { Hash } from '../core/evidence/bytes.ts'
import type { createOrganisationRoot, enrolPerson, standingOf, unlockSigner } from '../reports/signing/signer.ts'
import type { readPersonCertificate, readRoot, unlockOwnKey } from '../reports/signing/unlock-key.ts'
import type { changePassphrase, replaceKey, revokeKey, takeKeyAway } from '../reports/signing/change-keys.ts'
import type { formerRevocationLists, importRevocationList, revocationListPem, revocationListState, revokedCertificates } from '../reports/signing/revocation.ts'
import type { adoptRequestedKey, closeRequest, installIssued, openRequestOf, opensRequestedKey, readIssued, requestFromAuthority } from '../reports/signing/certificate-request.ts'
import type { certificatesToPem, intermediatesPem } from '../reports/signing/chain.ts'
import type { isHandedOver, keepAuthorities, keepHandover, pinNextRoot, readHandovers } from '../reports/signing/root-handover.ts'
import type { describeAuthority, importRoot, makeRoot, recertify } from '../reports/signing/replace-root.ts'
import type { trustedRoots } from '../reports/signing/retired.ts'
import type { signContent } from '../reports/signing/sign-cms.ts'
import type { verifyContent } from '../reports/signing/verify-cms.ts'
import type {
  acceptRequest, describeCertificate, installCertificate, isSameKey, lockSecret, openSecret, pinRoot, requestCertificate,
} from '../reports/signing/enrolment.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { addSignatureField } from '../reports/signing/pdf-signature-field.ts'
import type { writeEvidencePdf } from '../reports/evidence-pdf/write-evidence-pdf.ts'
import type { writeBundle } from '../reports/bundle/write-bundle.ts'
import type { bundleName } from '../reports/bundle/bundle-format.ts'
import type { itemsCsv } from '../reports/bundle/items-csv.ts'
import type { zipBundle } from '../reports/bundle/zip-bundle.ts'
import type { verifyBundle } from '../reports/bundle/verify-bundle.ts'
import type { certificatesIn } from '../reports/signing/certificate-files.ts'
import type { AuthorityAddress, AuthorityAnswer, authorityAddress } from '../reports/time-stamp/ask-authority.ts'
import type { requestForBundle, signedListOf, stampBundle, timeOfBundle } from '../reports/time-stamp/bundle-stamp.ts'
import type { TimeTrust } from '../reports/time-stamp/time-stamp.ts'

/** Time as the use cases see it. `mono` counts milliseconds since this start of the app; `boot` names the start. */
export interface Clock {
  readonly now: () => string
  readonly mono: () => number
  readonly boot: string
}

/** Where one workspace keeps its things. All absolute. */
export interface WorkspacePaths {
  readonly folder: string
  readonly database: string
  readonly raw: string
  readonly staging: string
  /** What live sources have been read into so far, a file each. */
  readonly mirrors: string
  readonly keys: string
  readonly bundles: string
}

/** The person on whose behalf a use case runs, as the host established it; never taken from a caller's input. */
export interface Actor {
  readonly email: string
  readonly name: string
  readonly roles: readonly ('officer' | 'reviewer' | 'auditor')[]
}

/** Keys and signatures, as reports/signing/ provides them. */
export interface Signing {
  readonly createOrganisationRoot: typeof createOrganisationRoot
  readonly enrolPerson: typeof enrolPerson
  readonly readRoot: typeof readRoot
  readonly readPersonCertificate: typeof readPersonCertificate
  readonly unlockSigner: typeof unlockSigner
  readonly unlockOwnKey: typeof unlockOwnKey
  readonly standingOf: typeof standingOf
  readonly signContent: typeof signContent
  readonly verifyContent: typeof verifyContent
  readonly trustedRoots: typeof trustedRoots
  readonly replaceKey: typeof replaceKey
  readonly revokeKey: typeof revokeKey
  readonly takeKeyAway: typeof takeKeyAway
  readonly changePassphrase: typeof changePassphrase
  readonly revocationListPem: typeof revocationListPem
  readonly revocationListState: typeof revocationListState
  readonly formerRevocationLists: typeof formerRevocationLists
  readonly revokedCertificates: typeof revokedCertificates
  readonly certificatesToPem: typeof certificatesToPem
  readonly intermediatesPem: typeof intermediatesPem
}

/** Where certificates come from: the organisation's root, replaced, or its own authority, asked. As reports/signing/ provides it. */
export interface Authority {
  readonly describeAuthority: typeof describeAuthority
  readonly makeRoot: typeof makeRoot
  readonly importRoot: typeof importRoot
  readonly recertify: typeof recertify
  readonly requestFromAuthority: typeof requestFromAuthority
  readonly openRequestOf: typeof openRequestOf
  readonly readIssued: typeof readIssued
  readonly opensRequestedKey: typeof opensRequestedKey
  readonly installIssued: typeof installIssued
  readonly closeRequest: typeof closeRequest
  readonly adoptRequestedKey: typeof adoptRequestedKey
  readonly keepHandover: typeof keepHandover
  readonly readHandovers: typeof readHandovers
  readonly importRevocationList: typeof importRevocationList
}

/** Keys made on one machine and certified on another, as reports/signing/ provides it. */
export interface Enrolment {
  readonly requestCertificate: typeof requestCertificate
  readonly acceptRequest: typeof acceptRequest
  readonly pinRoot: typeof pinRoot
  readonly isHandedOver: typeof isHandedOver
  readonly pinNextRoot: typeof pinNextRoot
  readonly keepAuthorities: typeof keepAuthorities
  readonly installCertificate: typeof installCertificate
  readonly describeCertificate: typeof describeCertificate
  readonly isSameKey: typeof isSameKey
  readonly lockSecret: typeof lockSecret
  readonly openSecret: typeof openSecret
}

/** Making and checking what an auditor gets, as reports/ provides it. */
export interface Reports {
  readonly writeEvidencePdf: typeof writeEvidencePdf
  readonly addSignatureField: typeof addSignatureField
  readonly writeBundle: typeof writeBundle
  readonly bundleName: typeof bundleName
  readonly itemsCsv: typeof itemsCsv
  readonly zipBundle: typeof zipBundle
  readonly verifyBundle: typeof verifyBundle
  /** The stand-alone verifier that goes into every bundle. */
  readonly verifierPath: string
  /** Folder of the report's fonts. */
  readonly fonts: URL
  /** The frameworks a control can be mapped to. */
  readonly frameworks: () => readonly Framework[]
}

/** Whose word there is on the time, as reports/time-stamp/ provides it. */
export interface TimeStamps {
  readonly addressOf: typeof authorityAddress
  /** One call to the named address, with a hash in it. */
  readonly ask: (address: AuthorityAddress, content: Uint8Array | string, trust: TimeTrust, signal: AbortSignal) => Promise<AuthorityAnswer>
  readonly certificatesIn: typeof certificatesIn
  readonly describe: (certificate: Uint8Array) => { readonly name: string; readonly fingerprint: string }
  readonly requestFor: typeof requestForBundle
  readonly signedListOf: typeof signedListOf
  readonly timeOf: typeof timeOfBundle
  readonly stampBundle: typeof stampBundle
}

/** Models that may word evidence, the one queue before them, and when to leave them alone, as narrators/ provides them. */
export interface LanguageModelDesk {
  readonly models: LanguageModels
  readonly queue: WorkQueue
  readonly breaker: CircuitBreaker
}

/** Everything a use case may reach. Made once by app.ts. */
export interface Context {
  readonly store: Store
  readonly paths: WorkspacePaths
  readonly logId: string
  readonly productVersion: string
  readonly clock: Clock
  readonly hash: Hash
  readonly connectors: Readonly<Record<FileSourceKind, Connector>>
  readonly secrets: SecretStore
  /** Opens tickets where an officer set a ticket system up, as tickets/ provides it. */
  readonly tickets: TicketDesks
  /** Opens the way to a mail server an officer set up, as mail/ provides it. Loaded when first asked for. */
  readonly openPost: OpenPost
  /** The key the files are encrypted with, and what opens it. */
  readonly workspaceKey: WorkspaceKey
  /** Loaded when first asked for: an SDK costs a second and 90 MB. */
  readonly liveConnector: (kind: LiveSourceKind) => Promise<LiveConnector>
  /** Keeps the original of a file in `paths.raw` before anything is read from it, as connectors/raw-file/ provides it. */
  readonly keepRawFile: typeof keepRawFile
  /** Where kept originals lie, and how they are read, encrypted or not. */
  readonly rawFolder: RawFolder
  /** Reads a file of past decisions, as connectors/history/ provides it. */
  readonly historyReader: HistoryReader
  readonly narrator: Narrator
  readonly languageModel: LanguageModelDesk
  readonly signing: Signing
  readonly authority: Authority
  readonly enrolment: Enrolment
  /** Review packets and responses as files. */
  readonly exchange: Exchange
  readonly reports: Reports
  readonly timeStamps: TimeStamps
  readonly weights: SignalWeights
}

/** Progress of long work, in words a person can read. `share` is 0 to 1, null while it cannot be known. */
export interface Progress {
  readonly step: string
  readonly share: number | null
  /** A person has to open this page elsewhere and type this code before the work goes on. */
  readonly prompt?: { readonly url: string; readonly code: string; readonly expiresAt: string }
}

/** How long work is watched and stopped. */
export interface Watch {
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

/** Refusals a person caused and can mend. Anything else that is thrown is our fault and becomes `internal`. */
export class Refusal extends Error {
  readonly code: 'not-found' | 'not-allowed' | 'invalid' | 'conflict' | 'wrong-passphrase' | 'cancelled'
  constructor(code: Refusal['code'], message: string) {
    super(message)
    this.name = 'Refusal'
    this.code = code
  }
}
