import type { JiraDesk, ServiceNowDesk, TicketState } from '../../shared/model/remediation.ts'

/** What goes into a ticket. `idempotencyKey`: the same for the same work, so that asking twice finds the first ticket instead of making a second. */
export interface Ticket {
  readonly title: string
  readonly description: string
  readonly dueOn: string
  readonly isUrgent: boolean
  /** Letters, digits and hyphens only. */
  readonly idempotencyKey: string
}

export type TicketAnswer =
  | { readonly ok: true; readonly key: string; readonly url: string; readonly isNew: boolean }
  /** A sentence for the officer, never with a secret in it. */
  | { readonly ok: false; readonly reason: string }

export interface TicketInput<Settings> {
  readonly settings: Settings
  /** Password or API token of the settings' user. */
  readonly secret: string
  readonly ticket: Ticket
  readonly signal: AbortSignal
}

export interface TicketQuestion<Settings> {
  readonly settings: Settings
  readonly secret: string
  /** The number people know it by: `INC0010042`, `IAM-7`. */
  readonly key: string
  readonly signal: AbortSignal
}

export type TicketStanding =
  /** `said`: the system's own word for the state. */
  | { readonly ok: true; readonly state: TicketState; readonly said: string }
  | { readonly ok: false; readonly reason: string; readonly waitSeconds: number | null }

export interface TicketDesks {
  readonly askServiceNow: (input: TicketQuestion<ServiceNowDesk>) => Promise<TicketStanding>
  readonly askJira: (input: TicketQuestion<JiraDesk>) => Promise<TicketStanding>
  readonly openServiceNow: (input: TicketInput<ServiceNowDesk>) => Promise<TicketAnswer>
  readonly openJira: (input: TicketInput<JiraDesk>) => Promise<TicketAnswer>
}
