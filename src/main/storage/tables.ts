import type { Generated } from 'kysely'

/**
 * The store's tables, one interface each. Days and times are ISO text, flags are 0/1, JSON is canonical text.
 * Intervals: `from_snapshot` is the first snapshot that shows the row, `to_snapshot` the first that no longer does
 * (null = still there), so any past snapshot is the range `from <= s AND (to IS NULL OR to > s)` within its source.
 */

export interface WorkspaceTable { key: string; value: string }

export interface SourceTable {
  id: Generated<number>; name: string; kind: string; config: string; mapping: string | null; created_at: string; removed_at: string | null
}

export interface RunTable {
  id: Generated<number>; source_id: number; state: string; as_of: string; started_at: string; finished_at: string | null; actor: string; query: string
  file_name: string | null; file_bytes: number | null; file_sha256: string | null; stored_as: string | null; stored_bytes: number | null
  rows_read: number; imported: number; rejected: number; merged: number; fields_dropped: number
  protected_columns: string; notes: string; snapshot_id: number | null
  /** Of the kept copy, unpacked, where protected columns were blanked; null otherwise. */
  kept_sha256: Generated<string | null>; kept_bytes: Generated<number | null>
}

/** What one collection of a live source gave in one run. `gaps` is a JSON list of sentences. */
export interface RunCollectionTable {
  run_id: number; position: number; name: string; mode: string; query: string; api_version: string; pages: number; records: number
  source_count: number | null; held_count: number | null; retries: number; throttled_ms: number; rejects: number; gaps: string
  from_at: string | null; to_at: string | null; is_complete: number
}

export interface RejectTable {
  id: Generated<number>; run_id: number; row_number: number; column_name: string | null; code: string; reason: string; effect: string; raw: string
}

export interface SnapshotTable {
  id: Generated<number>; source_id: number; run_id: number; as_of: string; taken_at: string
  accounts: number; entitlements: number; grants: number; added: number; removed: number; content_hash: string
}

/** HR states as intervals of runs: `from_run` first said so, `to_run` first said otherwise. */
export interface HrPersonTable {
  id: Generated<number>; source_id: number; employee_id: string; from_run: number; to_run: number | null
  display_name: string; email: string | null; kind: string; status: string; title: string | null; department: string | null
  division: string | null; cost_center: string | null; location: string | null; manager_employee_id: string | null
  hire_date: string | null; termination_date: string | null
}

export interface HrEventTable {
  id: Generated<number>; source_id: number; run_id: number; employee_id: string; kind: string; attribute: string | null
  from_value: string | null; to_value: string | null; effective_on: string; seen_as_of: string
}

/** The latest picture of each identity. `origin`: `hr:<employee id>` or `account:<source id>:<native id>`, unique and stable. */
export interface IdentityTable {
  id: Generated<number>; origin: string; kind: string; display_name: string; email: string | null; email_key: string | null
  employee_id: string | null; employee_key: string | null; status: string; title: string | null; department: string | null; division: string | null
  cost_center: string | null; location: string | null; manager_id: number | null; hire_date: string | null; termination_date: string | null
}

/**
 * `native_key`, `email_key` and `employee_key` are trimmed, NFKC-normalised and case-folded. `identity_id` null = orphan account.
 * One row per account for ever, with its latest attributes; an account that came back is open again (its grants have the gaps).
 */
export interface AccountTable {
  id: Generated<number>; source_id: number; native_id: string; native_key: string; display_name: string | null; email: string | null
  email_key: string | null; employee_id: string | null; employee_key: string | null; kind: string; is_enabled: number | null
  identity_id: number | null; link_reason: string; from_snapshot: number; to_snapshot: number | null; login: string | null; login_key: string | null
}

/** The officer's word that an account belongs to an identity; asked before every other rule but ids and e-mail. */
export interface ConfirmedMatchTable { source_id: number; native_key: string; identity_origin: string; confirmed_by: string; confirmed_at: string }

export interface EntitlementTable {
  id: Generated<number>; source_id: number; native_id: string; name: string; application: string; description: string | null
  owner_email: string | null; privilege: string; risk: string; from_snapshot: number; to_snapshot: number | null; traits: Generated<string>
}

export interface GrantTable {
  id: Generated<number>; source_id: number; account_id: number; entitlement_id: number; path: string; granted_at: string | null
  expires_at: string | null; last_used: string | null; from_snapshot: number; to_snapshot: number | null
}

/**
 * Sign-ins added up per account name, application and month. `days` is a bitmap of the month's days (bit 0 = the 1st), so that
 * distinct days never count twice. `accounts_source` 0 = any source.
 */
export interface UsageTable {
  source_id: number; accounts_source: number; account_key: string; application: string; month: string
  successes: number; failures: number; days: number; first_at: string; last_success_at: string | null
}

/** From when to when a sign-in source is known to have seen everything. */
export interface UsageWindowTable { run_id: number; source_id: number; accounts_source: number; from_at: string; to_at: string }

/** Sides are JSON of the model's `SodSide`. */
export interface SodRuleTable {
  id: string; name: string; severity: string; description: string; reason: string; within: string; left_side: string; right_side: string
  compensating: string | null
}

export interface SodExemptionTable {
  id: Generated<number>; rule_id: string; identity_id: number; owner: string; reason: string; until: string; granted_by: string; granted_at: string
  ended_by: string | null; ended_at: string | null; ended_why: string | null
}

/** `source` is the source's name: tags and protections outlive a source that is removed and connected again. */
export interface EntitlementTagTable { source: string; native_id: string; tag: string; assigned_by: string; assigned_at: string }

/** The officer's words for an entitlement whose source has none. `source` is the source's name. */
export interface EntitlementDescriptionTable { source: string; native_id: string; description: string; described_by: string; described_at: string }

export interface ProtectedObjectTable {
  id: Generated<number>; kind: string; source: string; native_id: string; basis: string; reason: string; protected_by: string; protected_at: string
  released_by: string | null; released_at: string | null
}

/** People who act in Muster. `certificate` is PEM; the private key never enters the database. */
export interface PersonTable {
  id: Generated<number>; email: string; display_name: string; identity_id: number | null; roles: string
  certificate: string | null; fingerprint: string | null; enrolled_at: string | null
}

export interface CampaignTable {
  id: Generated<number>; name: string; state: string; spec: string; spec_hash: string; as_of: string; created_at: string; created_by: string
  launched_at: string | null; closed_at: string | null; weights: string | null; totals: string | null; due_on: string | null; stage: Generated<number>
}

export interface CampaignSnapshotTable { campaign_id: number; snapshot_id: number }
export interface CampaignExclusionTable { campaign_id: number; grant_id: number; reason: string }

/** One grant before one reviewer, frozen at launch: never updated. `n` counts from 1 within the campaign, riskiest first. */
export interface ReviewItemTable {
  id: Generated<number>; campaign_id: number; n: number; grant_id: number; account_id: number; entitlement_id: number; identity_id: number | null
  reviewer_id: number; basis: string
  subject_name: string; subject_kind: string; subject_title: string | null; subject_department: string | null; subject_email: string | null
  account_name: string; source_name: string; application: string; entitlement_name: string; entitlement_native_id: string
  entitlement_description: string | null; owner_email: string | null; privilege: string; risk: string; path: string; granted_at: string | null
  packet: string; packet_hash: string; advice: string; confidence: string; score: number; rules: string; is_flagged: number
  narrative: string; hide_advice: number; chance: number | null
  stage: Generated<number>; case_item: number | null
  /** `unchanged`, `alike` or `single`, with the day of the last review or why not; null = judged before there was such a thing. */
  ease: string | null; ease_reason: string | null
}

/** A question a reviewer asked about an item: a view of its events. `role`: in what part the one asked was asked. */
export interface QuestionTable {
  event_seq: number; campaign_id: number; item_id: number; asked_by: string; asked_of: string; role: string; asked_at: string; text: string
  answer_seq: number | null; answered_by: string | null; answered_at: string | null; answer: string | null
}

/**
 * Who reviews an item now: a view of the events that gave it out and handed it on. `since_seq`: the event that made it theirs.
 * `is_superseded`: its case moved on to a later stage, so it no longer counts for the outcome.
 */
export interface AssignmentTable {
  item_id: number; campaign_id: number; reviewer_id: number; basis: string; since_seq: number; is_superseded: Generated<number>
}

/** The current decision per item: a view of the events, rebuilt from them when in doubt. */
export interface DecisionTable {
  item_id: number; campaign_id: number; reviewer_id: number; outcome: string; until: string | null; reason_code: string | null
  reason_text: string | null; decided_by: string; decided_at: string; advice_visible: number; open_ms: number | null
  event_seq: number; signed_off_seq: number | null
}

export interface SignOffTable {
  event_seq: number; campaign_id: number; reviewer_id: number; at: string; statement: string; decided: number; undecided: number
  line: string; cms: Uint8Array; fingerprint: string
}

/** Append-only by trigger. `line` is the canonical JSON, `leaf` the RFC 6962 leaf hash, both written once. */
export interface EvidenceEventTable { seq: number; kind: string; campaign_id: number | null; item_id: number | null; ts: string; line: string; hash: string; leaf: string }
/** `frontier`: the Merkle tree's peaks at this size as JSON, so that the next checkpoint hashes only what is new. */
export interface CheckpointTable { size: number; root: string; note: string; frontier: string; cms: Uint8Array; at: string; why: string }

export interface SealTable {
  campaign_id: number; version: number; at: string; by: string; path: string; report_sha256: string; evidence_sha256: string; exceptions: number
}

export interface HistoryImportTable {
  id: Generated<number>; at: string; by: string; file_name: string; file_bytes: number; file_sha256: string; stored_as: string; mapping: string
  rows_read: number; imported: number; rejected: number; merged: number; kept: number; revoked: number; protected_columns: string; notes: string
}

export interface HistoryRejectTable {
  id: Generated<number>; import_id: number; row_number: number; column_name: string | null; code: string; reason: string; effect: string; raw: string
}

export interface HistoryWithdrawalTable { import_id: number; at: string; by: string; reason: string }

export interface PastDecisionTable {
  id: Generated<number>; import_id: number; row_number: number; account: string; entitlement: string; is_kept: number; decided_on: string
  department: string | null; title: string | null; manager: string | null
}

/** `coefficients` is the whole model as text, enough to score without learning again. */
export interface LearnedModelTable {
  id: Generated<number>; at: string; by: string; version: string; seed: number; history_hash: string; coefficients_hash: string; coefficients: string
  decisions: number; kept: number; revoked: number; seconds: number; report: string; report_hash: string
}

/** Which model was in force from when on; `model_id` null = the default weights alone. */
export interface ModelActivationTable { event_seq: number; model_id: number | null; at: string; by: string; is_rollback: number; reason: string | null }

/** One sitting of a model's exam. Append-only by trigger; `details` is JSON. */
export interface ModelExamTable {
  id: Generated<number>; event_seq: number; model: string; digest: string; ollama: string; at: string; by: string; packets: number
  schema_valid: number; sentences: number; verified: number; ms_per_item: number; prompt_hash: string; verifier: string; is_passed: number
  details: string
}

/** Everything about one narrative a model was asked for. Append-only by trigger; `raw`, `findings` and `narrative` are JSON. */
export interface WordingTable {
  id: Generated<number>; item_id: number; campaign_id: number; event_seq: number; at: string; cache_key: string; packet_hash: string
  packet_bytes: number; engine_version: string; score: number; narrator: string; model: string; digest: string; ollama: string
  prompt_version: string; prompt_hash: string; verifier: string; options: string; raw: string; raw_hash: string; findings: string
  narrative: string; rendered: string; rendered_hash: string; sentences: number; replaced: number; verdict: string | null
  is_disagreeing: number; milliseconds: number; fault: string | null
}

/** One revoke to be carried out: where it stands is a view of its events. `root` is the native id of what the account has to lose for it. */
export interface RemediationTable {
  id: Generated<number>; campaign_id: number; item_id: number; basis: string; state: string; source_id: number; grant_id: number; account_id: number
  entitlement_id: number; path: string; root: string; way: string; baseline_snapshot: number; decided_by: string; decided_at: string | null; planned_on: string
  due_on: string; means: string | null; ticket_system: string | null; ticket_key: string | null; ticket_url: string | null; requested_by: string | null
  requested_at: string | null; applied_by: string | null; applied_at: string | null; hindrance: string | null; proof_snapshot: number | null
  still_there_snapshot: number | null; taken_back_at: string | null; is_alarm: Generated<number>
  used_after: string | null; restore_means: string | null; restore_ticket_system: string | null; restore_ticket_key: string | null
  restore_ticket_url: string | null; restore_requested_by: string | null; restore_requested_at: string | null; given_at: string | null
}

/** What a ticket system said last of a ticket. `failures`: how often in a row it could not be asked. */
export interface TicketWatchTable {
  system: string; key: string; state: string; said: string; seen_at: string | null; next_at: string; failures: number; fault: string | null
}

/** What a round of the daily work came to: a view of its event. `body` is JSON. */
export interface DailyWorkTable { event_seq: number; day: string; at: string; body: string }

/** Items whose right answer is known beforehand: a view of their events. */
export interface PlantedItemTable {
  item_id: number; campaign_id: number; expected: string; note: string; planted_by: string; planted_at: string; event_seq: number
}

/** What happened to a remediation, for its timeline. Append-only by trigger. */
export interface RemediationStepTable { event_seq: number; remediation_id: number; at: string; by: string; kind: string; detail: string; snapshot_id: number | null }

/** Who stands in for whom, from and to included days; a view of its events. `ended_on` null = not over yet. */
export interface DelegationTable {
  id: Generated<number>; person: string; delegate: string; from_on: string; to_on: string; reason: string; set_by: string; set_at: string; set_seq: number
  ended_on: string | null; ended_seq: number | null
}

export interface HolidayTable { day: string; name: string }

/** A step of a campaign's ladder that is behind it. `letters_wait`: 1 = reminders that nobody has taken along yet. */
export interface EscalationDoneTable { campaign_id: number; stage: number; due_on: string; day: number; action: string; event_seq: number; letters_wait: number }

export interface ItemNoteTable { item_id: number; kind: string; campaign_id: number; event_seq: number; seen_on: string }

/** A campaign that comes again by the calendar. `made`: how many drafts so far. */
export interface RecurrenceTable {
  id: Generated<number>; spec: string; rule: string; made: number; next_on: string; is_active: number; created_by: string; last_campaign: number | null
}

export interface MicroRuleTable { kind: string; days: number; due_days: number; is_active: number; set_by: string; set_on: string; checked_on: string | null }

/** What a rule for small campaigns saw, once each. */
export interface MicroCaseTable {
  kind: string; key: string; person: string; source: string | null; entitlement: string | null; why: string; seen_on: string; due_on: string; state: string
  campaign_id: number | null
}

/** A packet written for a reviewer. `items` is JSON of [item, since_seq]; `way` is `recipient` or `passphrase`. */
export interface PacketOutTable {
  id: string; campaign_id: number; reviewer_id: number; stage: number; items: string; content_sha256: string; way: string; path: string; at: string
  expires_at: string; event_seq: number
}

/** The one response taken to a packet, as it was signed. `conflicts` is JSON of what could not be merged and why. */
export interface PacketInTable {
  packet_id: string; response_sha256: string; content: Uint8Array; cms: Uint8Array; at: string; by: string; merged: number; undecided: number
  conflicts: string; event_seq: number
}

export interface ExchangeRecipientTable { person_id: number; recipient: string; at: string }

/** The packet this workspace was made from; no row = an ordinary workspace. */
export interface OpenedPacketTable { id: string; head: string; content_sha256: string; log: string; reply_to: string }
export interface PacketItemFactsTable { item_id: number; facts: string }

/** A letter on its way: to one person on one occasion, once. `next_at`: not before this moment. `event_seq`: of the event that settled it last. */
export interface LetterTable {
  id: Generated<number>; campaign_id: number; stage: number; occasion: string; kind: string; person: string; asked_by: string; state: string; message_id: string | null
  fault: string | null; answer: string | null; attempts: Generated<number>; next_at: string; made_at: string; changed_at: string; event_seq: number | null
}

export interface Tables {
  letter: LetterTable
  packet_out: PacketOutTable; packet_in: PacketInTable; exchange_recipient: ExchangeRecipientTable; opened_packet: OpenedPacketTable
  packet_item_facts: PacketItemFactsTable
  delegation: DelegationTable; holiday: HolidayTable; escalation_done: EscalationDoneTable; item_note: ItemNoteTable; recurrence: RecurrenceTable
  micro_rule: MicroRuleTable; micro_case: MicroCaseTable
  ticket_watch: TicketWatchTable; daily_work: DailyWorkTable; planted_item: PlantedItemTable
  remediation: RemediationTable; remediation_step: RemediationStepTable
  model_exam: ModelExamTable; wording: WordingTable
  workspace: WorkspaceTable; source: SourceTable; run: RunTable; run_collection: RunCollectionTable; reject: RejectTable; snapshot: SnapshotTable; hr_person: HrPersonTable
  hr_event: HrEventTable; identity: IdentityTable; account: AccountTable; confirmed_match: ConfirmedMatchTable; entitlement: EntitlementTable
  access_grant: GrantTable; usage: UsageTable; usage_window: UsageWindowTable; sod_rule: SodRuleTable; sod_exemption: SodExemptionTable
  entitlement_description: EntitlementDescriptionTable
  entitlement_tag: EntitlementTagTable; protected_object: ProtectedObjectTable; person: PersonTable
  campaign: CampaignTable; campaign_snapshot: CampaignSnapshotTable; campaign_exclusion: CampaignExclusionTable; review_item: ReviewItemTable; assignment: AssignmentTable; question: QuestionTable
  decision: DecisionTable; sign_off: SignOffTable; evidence_event: EvidenceEventTable; checkpoint: CheckpointTable; seal: SealTable
  history_import: HistoryImportTable; history_reject: HistoryRejectTable; history_withdrawal: HistoryWithdrawalTable
  past_decision: PastDecisionTable; learned_model: LearnedModelTable; model_activation: ModelActivationTable
}
