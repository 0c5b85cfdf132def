import type { LogEvent } from './organisation.ts'

/** Sign-ins by the million, made up as they are asked for: the n-th is always the same one. */
export interface BulkSignIns {
  readonly count: number
  readonly page: (since: string, until: string, from: number, limit: number) => { readonly events: readonly LogEvent[]; readonly next: number | null }
}

/** Evenly spread over `[from, to)`, going round accounts and applications. */
export function bulkSignIns(
  count: number, from: string, to: string, accounts: readonly string[], apps: readonly { readonly id: string; readonly label: string }[],
): BulkSignIns {
  const start = Date.parse(from)
  const step = (Date.parse(to) - start) / count
  const indexAt = (time: string): number => Math.min(count, Math.max(0, Math.ceil((Date.parse(time) - start) / step)))

  function event(index: number): LogEvent {
    const account = accounts[(index * 7919) % accounts.length] ?? ''
    const app = apps[(index * 31) % (apps.length + 1)]
    return {
      uuid: `bulk-${String(index)}`,
      published: new Date(start + index * step).toISOString(),
      eventType: app === undefined ? 'user.session.start' : 'user.authentication.sso',
      actor: { id: account, type: 'User', alternateId: `${account}@example.com`, displayName: account },
      target: app === undefined ? [] : [{ id: app.id, type: 'AppInstance', alternateId: app.label, displayName: app.label }],
      outcome: { result: index % 50 === 0 ? 'FAILURE' : 'SUCCESS', reason: null },
    }
  }

  return {
    count,
    page(since, until, offset, limit) {
      const first = indexAt(since) + offset
      const end = indexAt(until)
      const last = Math.min(first + limit, end)
      const events: LogEvent[] = []
      for (let index = first; index < last; index += 1) events.push(event(index))
      return { events, next: last < end ? offset + limit : null }
    },
  }
}
