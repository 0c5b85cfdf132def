import { useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { KeptWork, WorkKind, WorkOutcome, WorkResult, WorkStanding } from '../../shared/contract/work.ts'
import { useEngine } from './engine.ts'
import { toFailure } from './failure.ts'

type Prompt = NonNullable<Extract<WorkStanding, { state: 'working' }>['prompt']>
type Step<T> = { readonly state: 'working'; readonly step: string; readonly share: number | null; readonly prompt?: Prompt } | { readonly state: 'done'; readonly result: T }

/** Begins the work; leaving its steps (the signal) leaves it going. */
export type Call<K extends WorkKind> = (signal: AbortSignal) => Promise<AsyncIterable<Step<WorkResult<K>>>>

export interface PieceOfWork<K extends WorkKind> {
  readonly kind: K
  /** What it is done to: the source's name, the campaign's number, the bundle's path. */
  readonly of: string | number
  readonly subject: string
  readonly campaign?: number
}

/** So long the window that began work hears its steps as they come; a browser has few connections, so after that it asks like any other. */
const hearMs = 2_000

// What this window began and was refused, or was cut off from: the engine's own list may not have it.
let beginnings: ReadonlyMap<string, 'begun' | { readonly error: unknown }> = new Map()
const listeners = new Set<() => void>()

const note = (name: string, what: 'begun' | { readonly error: unknown } | null): void => {
  const next = new Map(beginnings)
  if (what === null) next.delete(name)
  else next.set(name, what)
  beginnings = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether this window is just beginning work of that name, or why it could not. */
export const useBeginning = (name: string): 'begun' | { readonly error: unknown } | undefined => useSyncExternalStore(subscribe, () => beginnings.get(name))

export const forgetBeginning = (name: string): void => note(name, null)

/** Begins a piece of long work the engine keeps. What comes of it is in the list of work, for every screen. */
export const useBeginWork = () => {
  const engine = useEngine()
  const queries = useQueryClient()
  const queryKey = engine.work.list.queryKey()
  return async <K extends WorkKind>({ kind, of, subject, campaign }: PieceOfWork<K>, call: Call<K>): Promise<void> => {
    const name = `${kind}:${of}`
    const put = (next: (before: WorkStanding | undefined) => WorkStanding): void => {
      queries.setQueryData<KeptWork[]>(queryKey, (all = []) => {
        const before = all.find((one) => one.name === name)
        const fresh = { name, kind, subject, campaign: campaign ?? null, by: '', startedAt: new Date().toISOString() }
        return [...all.filter((one) => one !== before), { ...fresh, ...before, standing: next(before?.standing) }]
      })
    }
    const leaving = new AbortController()
    note(name, 'begun')
    await queries.cancelQueries({ queryKey })
    put(() => ({ state: 'working', step: '', share: null, isStopping: false }))
    const timer = setTimeout(() => leaving.abort(), hearMs)
    let refused: { readonly error: unknown } | null = null
    try {
      for await (const step of await call(leaving.signal)) {
        put((before) => step.state === 'working'
          ? { ...step, isStopping: before?.state === 'working' && before.isStopping }
          // The result is of this kind: the procedure and the kind are named together.
          : { state: 'done', at: new Date().toISOString(), outcome: { kind, result: step.result } as WorkOutcome })
      }
    } catch (error) {
      if (!leaving.signal.aborted && toFailure(error).kind !== 'CANCELLED') refused = { error }
    } finally {
      clearTimeout(timer)
      await queries.invalidateQueries({ queryKey })
      // What the engine tells of it itself needs no telling from here, nor does another one that goes on under this name.
      const known = queries.getQueryData<KeptWork[]>(queryKey)?.some((one) => one.name === name && (one.standing.state === 'failed' || one.standing.state === 'working'))
      note(name, known === true ? null : refused)
    }
  }
}
