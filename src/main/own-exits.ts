import type { LiveSourceKind } from '../shared/model/live-source.ts'
import type { LiveConnector } from './connectors/live-connector.ts'
import { timeStamps } from './own-time-stamps.ts'
import type { Store } from './storage/database.ts'
import { ticketDesks } from './tickets/desks.ts'
import { mustBeOpen } from './use-cases/air-gap.ts'
import type { Context } from './use-cases/context.ts'

/** Every way out of this machine but the language model's, which has a guard of its own: one door for all, closed while the workspace is air-gapped. */
export function exitsOf(store: Store): Pick<Context, 'liveConnector' | 'openPost' | 'tickets' | 'timeStamps'> {
  const opened = <Asked extends readonly unknown[], Answer>(ask: (...asked: Asked) => Promise<Answer>) => async (...asked: Asked): Promise<Answer> => {
    await mustBeOpen(store)
    return ask(...asked)
  }
  const desks = ticketDesks((input, init) => fetch(input, init))
  return {
    liveConnector: opened(liveConnector),
    openPost: opened(async (settings, password) => (await import('./mail/smtp.ts')).smtpPost(settings, password)),
    tickets: { openServiceNow: opened(desks.openServiceNow), openJira: opened(desks.openJira), askServiceNow: opened(desks.askServiceNow), askJira: opened(desks.askJira) },
    timeStamps: { ...timeStamps, ask: opened(timeStamps.ask) },
  }
}

/** An SDK costs up to a second and 90 MB, so it is loaded only where such a source is used. */
async function liveConnector(kind: LiveSourceKind): Promise<LiveConnector> {
  switch (kind) {
    case 'entra': return (await import('./connectors/entra/entra.ts')).entra
    case 'okta': return (await import('./connectors/okta/okta.ts')).okta
    case 'scim': return (await import('./connectors/scim/scim.ts')).scim
  }
}
