import type {
  CollectionEnd, Credentials, LiveConnector, LiveInput, LivePage, MirrorView, ReadCollection,
} from '../../../src/main/connectors/live-connector.ts'
import type { LiveConfig, SecretName } from '../../../src/shared/model/live-source.ts'
import { memoryMirror, type MemoryMirror } from './memory-mirror.ts'

export interface Memory extends Credentials {
  readonly saved: ReadonlyMap<SecretName, string>
}

/** Secrets in memory; what the connector saves is read back. */
export function memoryCredentials(secrets: Partial<Record<SecretName, string>>): Memory {
  const kept = new Map(Object.entries(secrets) as [SecretName, string][])
  return {
    saved: kept,
    read: (name) => Promise.resolve(kept.get(name) ?? null),
    save: (name, value) => { kept.set(name, value); return Promise.resolve() },
  }
}

export interface Asking {
  readonly connector: LiveConnector
  readonly config: LiveConfig
  readonly credentials: Credentials
  readonly now: () => string
  readonly signal?: AbortSignal
}

export function inputOf(asking: Asking): LiveInput {
  return {
    config: asking.config, credentials: asking.credentials, now: asking.now, signal: asking.signal ?? new AbortController().signal,
    onPrompt: () => undefined,
  }
}

export interface Reading {
  readonly mirror: MemoryMirror
  readonly pages: readonly { readonly collection: string; readonly page: LivePage }[]
  readonly ends: ReadonlyMap<string, CollectionEnd>
}

/** Reads every collection in order into a mirror; `cursors` = where the last complete reading ended. */
export async function readEverything(asking: Asking, mirror = memoryMirror(), cursors: ReadonlyMap<string, string | null> = new Map()): Promise<Reading> {
  const pages: { collection: string; page: LivePage }[] = []
  const ends = new Map<string, CollectionEnd>()
  for (const { name } of asking.connector.collections(asking.config)) {
    mirror.begin(name)
    const end = await readOne(asking, name, cursors.get(name) ?? null, mirror, (page) => { pages.push({ collection: name, page }) })
    ends.set(name, end)
  }
  return { mirror, pages, ends }
}

export async function readOne(
  asking: Asking, collection: string, cursor: string | null, mirror: MemoryMirror, onPage: (page: LivePage) => void,
): Promise<CollectionEnd> {
  const reading = asking.connector.read(readInput(asking, collection, cursor, mirror.view))
  for (;;) {
    const step = await reading.next()
    if (step.done === true) {
      mirror.end(collection, step.value)
      return step.value
    }
    mirror.apply(collection, step.value.changes, step.value.signIns)
    onPage(step.value)
  }
}

/** Reads a collection giving up after each single page and beginning again from that page's cursor, as a process that is killed does. */
export async function readInPieces(asking: Asking, collection: string, cursor: string | null, mirror: MemoryMirror): Promise<CollectionEnd> {
  let from = cursor
  mirror.begin(collection)
  for (;;) {
    const reading = asking.connector.read(readInput(asking, collection, from, mirror.view))
    const step = await reading.next()
    if (step.done === true) {
      mirror.end(collection, step.value)
      return step.value
    }
    mirror.apply(collection, step.value.changes, step.value.signIns)
    from = step.value.cursor
    await reading.return({ mode: 'full', nextCursor: null, sourceCount: null, window: null })
  }
}

export function readInput(asking: Asking, collection: string, cursor: string | null, view: MirrorView): ReadCollection {
  return { ...inputOf(asking), collection, cursor, mirror: view }
}
