import { ModelError } from './model-error.ts'

/** Whoever waits for the open item comes before the next few, and those before what is worded in advance. */
export type Priority = 'open' | 'next' | 'riskiest'

const order: readonly Priority[] = ['open', 'next', 'riskiest']

export interface Work<T> {
  /** One piece of work has one key: asking for it again joins it, and may move it forward. */
  readonly key: string
  readonly priority: Priority
  /** Who asked for it in advance; see `keepOnly`. */
  readonly owner?: string
  readonly run: (signal: AbortSignal, report: (progress: unknown) => void) => Promise<T>
  readonly onProgress?: (progress: unknown) => void
  /** Giving up waiting. The work is stopped when nobody is left who waits for it. */
  readonly signal?: AbortSignal
}

export interface WorkQueue {
  readonly submit: <T>(work: Work<T>) => Promise<T>
  /** How many stand before this piece of work; 0 = it is being done, null = nobody asked for it. */
  readonly ahead: (key: string) => number | null
  /** Forgets what this owner asked for in advance and no longer needs. */
  readonly keepOnly: (owner: string, keys: ReadonlySet<string>) => void
  readonly size: () => { readonly waiting: number; readonly running: number }
  /** Ends everything and lets nothing new in; resolves when the work that was running has stopped. */
  readonly close: () => Promise<void>
}

interface Entry {
  readonly key: string
  priority: Priority
  readonly owner: string | null
  readonly run: Work<unknown>['run']
  readonly result: Promise<unknown>
  readonly settle: { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void }
  readonly listeners: Set<(progress: unknown) => void>
  waiting: number
  stop: AbortController | null
  /** Stopped only to let the open item pass; it starts anew afterwards. */
  isPutBack: boolean
  isDropped: boolean
}

/** One piece of work at a time, the most urgent first. The open item does not wait for what was only prepared: that is put back. */
export function workQueue(): WorkQueue {
  let entries: Entry[] = []
  let running: Entry | null = null
  let isClosed = false
  let idle = Promise.resolve()

  const next = (): Entry | undefined => order.flatMap((priority) => entries.filter((entry) => entry !== running && entry.priority === priority))[0]

  const forget = (entry: Entry): void => {
    entries = entries.filter((one) => one !== entry)
  }

  const drop = (entry: Entry): void => {
    entry.isDropped = true
    if (entry === running) entry.stop?.abort()
    else {
      forget(entry)
      entry.settle.reject(new ModelError('cancelled'))
    }
  }

  const work = async (entry: Entry): Promise<void> => {
    entry.stop = new AbortController()
    try {
      const result = await entry.run(entry.stop.signal, (progress) => { for (const listener of entry.listeners) listener(progress) })
      forget(entry)
      entry.settle.resolve(result)
    } catch (error) {
      if (entry.isPutBack && !entry.isDropped && !isClosed) {
        entry.isPutBack = false
      } else {
        forget(entry)
        entry.settle.reject(error)
      }
    } finally {
      entry.stop = null
    }
  }

  const pump = (): void => {
    if (running !== null || isClosed) return
    const entry = next()
    if (entry === undefined) return
    running = entry
    idle = work(entry).finally(() => {
      running = null
      pump()
    })
  }

  const add = (asked: Work<unknown>): Entry => {
    const { promise: result, resolve, reject } = Promise.withResolvers<unknown>()
    // Whoever asked in advance does not wait for it; its failure must not count as unhandled.
    result.catch(() => undefined)
    const entry: Entry = {
      key: asked.key, priority: asked.priority, owner: asked.owner ?? null, run: asked.run, result, settle: { resolve, reject },
      listeners: new Set(), waiting: 0, stop: null, isPutBack: false, isDropped: false,
    }
    entries.push(entry)
    return entry
  }

  const submit = async (asked: Work<unknown>): Promise<unknown> => {
    if (isClosed || asked.signal?.aborted === true) throw new ModelError('cancelled')
    const known = entries.find((entry) => entry.key === asked.key && !entry.isDropped)
    const entry = known ?? add(asked)
    if (order.indexOf(asked.priority) < order.indexOf(entry.priority)) entry.priority = asked.priority
    entry.waiting += 1
    if (asked.onProgress !== undefined) entry.listeners.add(asked.onProgress)
    if (running !== null && running !== entry && entry.priority === 'open' && running.priority !== 'open') {
      running.isPutBack = true
      running.stop?.abort()
    }
    pump()
    const leave = Promise.withResolvers<never>()
    const onAbort = (): void => leave.reject(new ModelError('cancelled'))
    asked.signal?.addEventListener('abort', onAbort, { once: true })
    try {
      return await Promise.race([entry.result, leave.promise])
    } finally {
      asked.signal?.removeEventListener('abort', onAbort)
      if (asked.onProgress !== undefined) entry.listeners.delete(asked.onProgress)
      entry.waiting -= 1
      // The open item was left: what remains is what was asked for in advance.
      if (asked.priority === 'open' && entry.owner !== null) entry.priority = 'next'
      if (entry.waiting === 0 && entries.includes(entry)) drop(entry)
    }
  }

  return {
    submit: <T>(asked: Work<T>) => submit(asked) as Promise<T>,
    ahead: (key) => {
      const entry = entries.find((one) => one.key === key)
      if (entry === undefined) return null
      if (entry === running) return 0
      const before = entries.filter((one) => one !== entry && (one === running || order.indexOf(one.priority) < order.indexOf(entry.priority)
        || (one.priority === entry.priority && entries.indexOf(one) < entries.indexOf(entry))))
      return before.length
    },
    keepOnly: (owner, keys) => {
      for (const entry of entries) if (entry.owner === owner && entry.priority === 'next' && !keys.has(entry.key)) drop(entry)
    },
    size: () => ({ waiting: entries.filter((entry) => entry !== running).length, running: running === null ? 0 : 1 }),
    close: async () => {
      isClosed = true
      for (const entry of [...entries]) drop(entry)
      await idle
    },
  }
}
