import { ORPCError } from '@orpc/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { KeptWork, WorkKind, WorkResult, WorkStanding } from '../../shared/contract/work.ts'
import { forgetBeginning, useBeginning, useBeginWork, type Call, type PieceOfWork } from './begin-work.ts'
import { useEngine } from './engine.ts'
import { isSeen, useShown } from './shown-work.ts'

/** How work stands in the eyes of a screen. */
export type Standing<T> =
  | { readonly state: 'idle' }
  | { readonly state: 'working'; readonly step: string; readonly share: number | null; readonly prompt: { url: string; code: string; expiresAt: string } | null; readonly isStopping: boolean }
  | { readonly state: 'done'; readonly at: string; readonly result: T }
  | { readonly state: 'stopped' }
  | { readonly state: 'failed'; readonly error: unknown }

/** Everything the engine is at, and what ended of this person's. Only the shell asks for it, again and again; whoever else needs it reads along. */
export const useWorkList = (): readonly KeptWork[] | undefined => {
  const engine = useEngine()
  return useQuery({ ...engine.work.list.queryOptions(), enabled: false }).data
}

interface Shown<K extends WorkKind> extends PieceOfWork<K> {
  /** Whether an end from before this was on the screen is shown; otherwise it is as if nothing had been. */
  readonly remembers?: boolean
  /** Called when it comes to its result while this is on the screen, whichever window began it. */
  readonly onDone?: (result: WorkResult<K>) => void
}

/**
 * One piece of long work the engine keeps: begin it, see how it stands whoever began it, stop it, put its end away. Leaving the screen or
 * closing the window leaves it going.
 */
export const useKeptWork = <K extends WorkKind>({ remembers = false, onDone, ...piece }: Shown<K>) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const beginWork = useBeginWork()
  const name = `${piece.kind}:${piece.of}`
  const queryKey = engine.work.list.queryKey()
  const list = useWorkList()
  const entry = list?.find((one) => one.name === name)
  const end = entry === undefined ? null : endOf(entry)
  const beginning = useBeginning(name)
  const [former] = useState({ end: remembers ? null : end, beginning: remembers || beginning === 'begun' ? undefined : beginning })
  const isFormer = end !== null && end === former.end
  const standing = standingOf<WorkResult<K>>(isFormer ? undefined : entry?.standing, beginning === former.beginning ? undefined : beginning)
  const isNews = end !== null && !isSeen(end)
  useShown(name, isFormer ? null : end)

  const settle = async (change: (all: readonly KeptWork[]) => KeptWork[], ask: Promise<unknown>): Promise<void> => {
    queries.setQueryData<KeptWork[]>(queryKey, (all = []) => change(all))
    // How it stands is asked for right away, whatever became of this.
    await ask.catch(() => undefined)
    await queries.invalidateQueries({ queryKey })
  }
  const before = useRef(standing.state)
  const hasEnded = useEffectEvent((result: WorkResult<K>) => onDone?.(result))
  useEffect(() => {
    if (before.current === 'working' && standing.state === 'done') hasEnded(standing.result)
    before.current = standing.state
  })
  return {
    standing,
    begin: (call: Call<K>): Promise<void> => beginWork(piece, call),
    stop: (): Promise<void> => settle(
      (all) => all.map((one) => (one.name === name && one.standing.state === 'working' ? { ...one, standing: { ...one.standing, isStopping: true } } : one)), engine.work.stop.call({ name }),
    ),
    dismiss: (): Promise<void> => {
      forgetBeginning(name)
      return settle((all) => all.filter((one) => one.name !== name), engine.work.dismiss.call({ name }))
    },
    /** False until the engine has said what it is at. */
    isKnown: list !== undefined,
    /** Its end is one nobody has seen in this window. */
    isNews,
  }
}

/** One end of one piece of work, for the same may be done again; null while it goes on. */
export const endOf = ({ name, startedAt, standing }: KeptWork): string | null =>
  standing.state === 'working' ? null : `${name}@${standing.state === 'cut-off' ? startedAt : standing.at}`

const standingOf = <T>(standing: WorkStanding | undefined, beginning: ReturnType<typeof useBeginning>): Standing<T> => {
  if (standing?.state === 'working') return { ...standing, prompt: standing.prompt ?? null }
  if (beginning !== undefined && beginning !== 'begun') return { state: 'failed', error: beginning.error }
  switch (standing?.state) {
    case 'done': return { state: 'done', at: standing.at, result: standing.outcome.result as T }
    case 'failed': return { state: 'failed', error: new ORPCError(standing.code, { message: standing.message }) }
    case 'stopped': return { state: 'stopped' }
    default: return beginning === 'begun' ? { state: 'working', step: '', share: null, prompt: null, isStopping: false } : { state: 'idle' }
  }
}
