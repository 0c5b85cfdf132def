import type { Fetch } from './ask-desk.ts'
import { openJira } from './jira.ts'
import { openServiceNow } from './service-now.ts'
import { askJira, askServiceNow } from './ticket-standing.ts'
import type { TicketDesks } from './ticket-desk.ts'

/** The ticket systems Muster can write to. Nothing is asked until an officer set one up and opens a ticket. */
export function ticketDesks(fetch: Fetch): TicketDesks {
  return {
    openServiceNow: (input) => openServiceNow(input, fetch), openJira: (input) => openJira(input, fetch),
    askServiceNow: (input) => askServiceNow(input, fetch), askJira: (input) => askJira(input, fetch),
  }
}
