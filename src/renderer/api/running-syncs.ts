import { useSyncExternalStore } from 'react'
import type { Run } from '../../shared/model/source.ts'
import { tellHost } from '../host.ts'
import { t } from '../texts/texts.ts'
import type { Client } from './client.ts'

type Steps = Awaited<ReturnType<Client['sources']['sync']>> extends AsyncIterable<infer Step> ? Step : never
type Working = Extract<Steps, { state: 'working' }>

/** How a sync that was started in this window stands. It goes on whatever screen is shown, and ends with the window. */
export type SyncStanding =
  | { readonly state: 'working'; readonly step: string; readonly share: number | null; readonly prompt: Working['prompt'] | null; readonly isStopping: boolean }
  | { readonly state: 'done'; readonly run: Run }
  | { readonly state: 'failed'; readonly error: unknown }

let standings: ReadonlyMap<string, SyncStanding> = new Map()
const stops = new Map<string, AbortController>()
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

/** Starts a sync and follows it to its end. One per source; `onEnd` runs whatever becomes of it. */
export const startSync = async (
  source: string, call: (signal: AbortSignal) => Promise<AsyncIterable<Steps>>, onEnd: () => void,
): Promise<void> => {
  if (standings.get(source)?.state === 'working') return
  const stop = new AbortController()
  stops.set(source, stop)
  note(source, { state: 'working', step: '', share: null, prompt: null, isStopping: false })
  try {
    for await (const step of await call(stop.signal)) {
      if (step.state === 'done') {
        note(source, { state: 'done', run: step.result })
        tellHost({ kind: 'work-ended', ...endOf(source, step.result.state) })
      }
      else note(source, { state: 'working', step: step.step, share: step.share, prompt: step.prompt ?? null, isStopping: stop.signal.aborted })
    }
  } catch (error) {
    // Stopped on purpose: the run's own record says so.
    note(source, stop.signal.aborted ? null : { state: 'failed', error })
  } finally {
    if (standings.get(source)?.state === 'working') note(source, null)
    stops.delete(source)
    onEnd()
  }
}

export const stopSync = (source: string): void => {
  const standing = standings.get(source)
  if (standing?.state === 'working') note(source, { ...standing, isStopping: true })
  stops.get(source)?.abort()
}

/** Takes an ended sync off the screen. */
export const forgetSync = (source: string): void => {
  if (standings.get(source)?.state !== 'working') note(source, null)
}
