import type { Answered } from './query.ts'

/** What goes wrong with an answer on demand. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly code?: string; readonly retryAfter?: string }
  /** Headers and half of the body, then the connection ends. */
  | { readonly kind: 'cut-body' }
  /** A whole answer whose JSON ends in the middle. */
  | { readonly kind: 'half-json' }
  | { readonly kind: 'drop-connection' }
  /** No answer at all until the asker gives up. */
  | { readonly kind: 'hang' }
  /** The continuation it was asked with comes back as the next one. */
  | { readonly kind: 'repeat-next-link' }
  /** An empty page whose continuation leads to what was asked for, under another name. */
  | { readonly kind: 'empty-page' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'no-value' }
  | { readonly kind: 'foreign-next-link' }
  /** The list ends here although there is more. */
  | { readonly kind: 'half-answered' }

export interface Faults {
  /** The next `times` answers whose `METHOD /path?query` contains the text (or matches) go wrong. */
  readonly plan: (where: string | RegExp, fault: Fault, times?: number) => void
  readonly take: (request: string) => Fault | undefined
  /** Faults nobody met. */
  readonly left: () => number
}

export function plannedFaults(): Faults {
  let planned: { where: string | RegExp; fault: Fault; times: number }[] = []
  return {
    plan: (where, fault, times = 1) => { planned.push({ where, fault, times }) },
    take: (request) => {
      const found = planned.find(({ where }) => (typeof where === 'string' ? request.includes(where) : where.test(request)))
      if (found === undefined) return undefined
      found.times -= 1
      planned = planned.filter(({ times }) => times > 0)
      return found.fault
    },
    left: () => planned.reduce((sum, { times }) => sum + times, 0),
  }
}

/** Spoils an answer's content; faults of the connection are the server's to carry out. */
export function spoiled(answer: Answered, fault: Fault, link: string): Answered {
  const body = answer.body as Readonly<Record<string, unknown>>
  const value = Array.isArray(body['value']) ? body['value'] as readonly unknown[] : []
  switch (fault.kind) {
    case 'status': return {
      status: fault.status, headers: fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter },
      body: { error: { code: fault.code ?? 'TooManyRequests', message: 'Planned by a test.' } },
    }
    case 'repeat-next-link': return { ...answer, body: { ...body, '@odata.nextLink': link } }
    case 'empty-page': return { ...answer, body: { '@odata.nextLink': renamed(link), value: [] } }
    case 'duplicate': return { ...answer, body: { ...body, value: [...value, ...value.slice(0, 1)] } }
    case 'no-value': return { ...answer, body: { hello: 'no list' } }
    case 'foreign-next-link': return { ...answer, body: { ...body, '@odata.nextLink': 'https://graph.evil.example/v1.0/users/delta?$skiptoken=x' } }
    case 'half-answered': {
      const kept = Object.entries(body).filter(([name]) => name !== '@odata.nextLink')
      return { ...answer, body: Object.fromEntries([...kept, ['value', value.slice(0, Math.ceil(value.length / 2))]]) }
    }
    default: return answer
  }
}

/** The same request spelled in another way each time, as the continuations of one list are never equal. */
function renamed(link: string): string {
  const name = [...'skiptoken'].map((letter) => `%${letter.charCodeAt(0).toString(16)}`)
  const coded = name.filter((code) => link.includes(code)).length
  const spelled = [...'skiptoken'].map((letter, index) => (index <= coded ? name[index] : letter)).join('')
  return link.replace(/(%24|\$)(%[0-9a-f]{2}|[a-z])+=/, `$$${spelled}=`)
}
