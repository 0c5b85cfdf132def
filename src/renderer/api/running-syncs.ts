import { useSyncExternalStore } from 'react'
import type { Run } from '../../shared/model/source.ts'
import { tellHost } from '../host.ts'
import { t } from '../texts/texts.ts'
import type { Client } from './client.ts'
import { toFailure } from './failure.ts'

type Steps = Awaited<ReturnType<Client['sources']['sync']>> extends AsyncIterable<infer Step> ? Step : never
type Working = Extract<Steps, { state: 'working' }>

/** How a sync stands that this window follows. The engine goes on with it whatever becomes of the window. */
export type SyncStanding =
  | { readonly state: 'working'; readonly step: string; readonly share: number | null; readonly prompt: Working['prompt'] | null; readonly isStopping: boolean }
  | { readonly state: 'done'; readonly run: Run }
  | { readonly state: 'failed'; readonly error: unknown }

let standings: ReadonlyMap<string, SyncStanding> = new Map()
const listeners = new Set<() => void>()

const note = (source: string, standing: SyncStanding | null): void => {
  const next = new Map(standings)
  if (standing === null) next.delete(source)
  else next.set(source, standing)
  standings = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Syncs by the source's name. */
export const useSyncs = (): ReadonlyMap<string, SyncStanding> => useSyncExternalStore(subscribe, () => standings)

const endOf = (source: string, state: Run['state']): { title: string; text: string } => {
  const { title, complete, held, failed } = t.shell.workEnded.sync
  return { title, text: state === 'complete' ? complete(source) : state === 'held' ? held(source) : failed(source) }
}

const isStopping = (source: string): boolean => {
  const standing = standings.get(source)
  return standing?.state === 'working' && standing.isStopping
}

/** Follows a sync to its end, one that `call` begins or one that goes on already. Once per source; `onEnd` runs whatever becomes of it. */
export const followSync = async (source: string, call: () => Promise<AsyncIterable<Steps>>, onEnd: () => void): Promise<void> => {
  const before = standings.get(source) ?? null
  if (before?.state === 'working') return
  note(source, { state: 'working', step: '', share: null, prompt: null, isStopping: false })
  try {
    for await (const step of await call()) {
      if (step.state === 'done') {
        note(source, { state: 'done', run: step.result })
        tellHost({ kind: 'work-ended', ...endOf(source, step.result.state) })
      }
      else note(source, { state: 'working', step: step.step, share: step.share, prompt: step.prompt ?? null, isStopping: isStopping(source) })
    }
  } catch (error) {
    const { kind } = toFailure(error)
    // Ended before it could be followed.
    if (kind === 'NOT_FOUND') note(source, before)
    // Stopped on purpose, here or in another window: the run's own record says so.
    else note(source, kind === 'CANCELLED' || isStopping(source) ? null : { state: 'failed', error })
  } finally {
    if (standings.get(source)?.state === 'working') note(source, null)
    onEnd()
  }
}

/** Asks the engine to stop; that it has stopped is heard where its steps are followed. */
export const stopSync = async (source: string, call: () => Promise<unknown>): Promise<void> => {
  const standing = standings.get(source)
  if (standing?.state === 'working') note(source, { ...standing, isStopping: true })
  try {
    await call()
  } catch (error) {
    note(source, { state: 'failed', error })
  }
}

/** Takes an ended sync off the screen. */
export const forgetSync = (source: string): void => {
  if (standings.get(source)?.state !== 'working') note(source, null)
}
