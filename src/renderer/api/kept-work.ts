import { ORPCError } from '@orpc/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { KeptWork, WorkKind, WorkOutcome, WorkResult, WorkStanding } from '../../shared/contract/work.ts'
import { useEngine } from './engine.ts'
import { toFailure } from './failure.ts'
import { isSeen, useShown } from './shown-work.ts'

type Prompt = NonNullable<Extract<WorkStanding, { state: 'working' }>['prompt']>
type Step<T> = { readonly state: 'working'; readonly step: string; readonly share: number | null; readonly prompt?: Prompt } | { readonly state: 'done'; readonly result: T }

/** How work stands in the eyes of a screen. */
export type Standing<T> =
  | { readonly state: 'idle' }
  | { readonly state: 'working'; readonly step: string; readonly share: number | null; readonly prompt: Prompt | null; readonly isStopping: boolean }
  | { readonly state: 'done'; readonly at: string; readonly result: T }
  | { readonly state: 'stopped' }
  | { readonly state: 'failed'; readonly error: unknown }

/** So long the window that began work hears its steps as they come; a browser has few connections, so after that it asks like any other. */
const hearMs = 2_000

/** Everything the engine is at, and what ended of this person's. Only the shell asks for it, again and again; whoever else needs it reads along. */
export const useWorkList = (): readonly KeptWork[] | undefined => {
  const engine = useEngine()
  return useQuery({ ...engine.work.list.queryOptions(), enabled: false }).data
}

interface Piece<K extends WorkKind> {
  readonly kind: K
  /** What it is done to: the source's name, the campaign's number, the bundle's path. */
  readonly of: string | number
  readonly subject: string
  readonly campaign?: number
  /** Whether an end from before this was on the screen is shown; otherwise it is as if nothing had been. */
  readonly remembers?: boolean
  /** Called when it comes to its result while this is on the screen, whichever window began it. */
  readonly onDone?: (result: WorkResult<K>) => void
}

/**
 * One piece of long work the engine keeps: begin it, see how it stands whoever began it, stop it, put its end away. Leaving the screen or
 * closing the window leaves it going.
 */
export const useKeptWork = <K extends WorkKind>({ kind, of, subject, campaign, remembers = false, onDone }: Piece<K>) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const name = `${kind}:${of}`
  const queryKey = engine.work.list.queryKey()
  const list = useWorkList()
  const entry = list?.find((one) => one.name === name)
  const end = entry === undefined ? null : endOf(entry)
  const [former] = useState(remembers ? null : end)
  const [isBeginning, setBeginning] = useState(false)
  const [refused, setRefused] = useState<{ readonly error: unknown } | null>(null)
  const isFormer = end !== null && end === former
  const standing = standingOf<WorkResult<K>>(isFormer ? undefined : entry?.standing, isBeginning, refused)
  const isNews = end !== null && !isSeen(end)
  useShown(name, isFormer ? null : end)

  const change = (of: (all: readonly KeptWork[]) => KeptWork[]): void => void queries.setQueryData<KeptWork[]>(queryKey, (all = []) => of(all))
  const put = (next: (before: WorkStanding | undefined) => WorkStanding): void => change((all) => {
    const before = all.find((one) => one.name === name)
    const fresh = { name, kind, subject, campaign: campaign ?? null, by: '', startedAt: new Date().toISOString() }
    return [...all.filter((one) => one !== before), { ...fresh, ...before, standing: next(before?.standing) }]
  })
  const begin = async (call: (signal: AbortSignal) => Promise<AsyncIterable<Step<WorkResult<K>>>>): Promise<void> => {
    const leaving = new AbortController()
    setRefused(null)
    setBeginning(true)
    await queries.cancelQueries({ queryKey })
    put(() => ({ state: 'working', step: '', share: null, isStopping: false }))
    const timer = setTimeout(() => leaving.abort(), hearMs)
    try {
      for await (const step of await call(leaving.signal)) {
        put((before) => step.state === 'working'
          ? { ...step, isStopping: before?.state === 'working' && before.isStopping }
          // The result is of this kind: the procedure and the kind are named together.
          : { state: 'done', at: new Date().toISOString(), outcome: { kind, result: step.result } as WorkOutcome })
      }
    } catch (error) {
      if (!leaving.signal.aborted && toFailure(error).kind !== 'CANCELLED') setRefused({ error })
    } finally {
      clearTimeout(timer)
      await queries.invalidateQueries({ queryKey })
      setBeginning(false)
    }
  }
  const stop = async (): Promise<void> => {
    put((before) => (before?.state === 'working' ? { ...before, isStopping: true } : { state: 'working', step: '', share: null, isStopping: true }))
    await engine.work.stop.call({ name }).catch((error: unknown) => setRefused({ error }))
    await queries.invalidateQueries({ queryKey })
  }
  const dismiss = async (): Promise<void> => {
    setRefused(null)
    change((all) => all.filter((one) => one.name !== name))
    await engine.work.dismiss.call({ name }).catch(() => undefined)
    await queries.invalidateQueries({ queryKey })
  }

  const before = useRef(standing.state)
  const hasEnded = useEffectEvent((result: WorkResult<K>) => onDone?.(result))
  useEffect(() => {
    if (before.current === 'working' && standing.state === 'done') hasEnded(standing.result)
    before.current = standing.state
  })
  return {
    standing, begin, stop, dismiss,
    /** False until the engine has said what it is at. */
    isKnown: list !== undefined,
    /** Its end is one nobody has seen in this window. */
    isNews,
  }
}

/** One end of one piece of work, for the same may be done again; null while it goes on. */
export const endOf = ({ name, startedAt, standing }: KeptWork): string | null =>
  standing.state === 'working' ? null : `${name}@${standing.state === 'cut-off' ? startedAt : standing.at}`

const standingOf = <T>(standing: WorkStanding | undefined, isBeginning: boolean, refused: { readonly error: unknown } | null): Standing<T> => {
  if (standing?.state === 'working') return { ...standing, prompt: standing.prompt ?? null }
  if (refused !== null) return { state: 'failed', error: refused.error }
  switch (standing?.state) {
    case 'done': return { state: 'done', at: standing.at, result: standing.outcome.result as T }
    case 'failed': return { state: 'failed', error: new ORPCError(standing.code, { message: standing.message }) }
    case 'stopped': return { state: 'stopped' }
    default: return isBeginning ? { state: 'working', step: '', share: null, prompt: null, isStopping: false } : { state: 'idle' }
  }
}
