import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export interface WindowPlace {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly isMaximised: boolean
}

/** What one machine remembers between starts. Nothing of any workspace's contents: where the window stood, which folder, which screen. */
export interface DeskMemory {
  /** By the arrangement of displays: a laptop at its desk and the same laptop on a train are two arrangements. */
  readonly windows: Readonly<Record<string, WindowPlace>>
  /** The screen last shown, by workspace folder. */
  readonly places: Readonly<Record<string, string>>
  readonly lastWorkspace: string | null
  readonly language: 'en' | 'de' | null
}

const nothing: DeskMemory = { windows: {}, places: {}, lastWorkspace: null, language: null }

const record = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {})

const placeOf = (value: unknown): WindowPlace | null => {
  const { x, y, width, height, isMaximised } = record(value)
  const isWhole = [x, y, width, height].every((one) => Number.isSafeInteger(one))
  return isWhole && (width as number) > 0 && (height as number) > 0 ? { x: x as number, y: y as number, width: width as number, height: height as number, isMaximised: isMaximised === true } : null
}

/** Addresses within our own page only: path parts, percent-encoded. */
export const isAddress = (value: unknown): value is string => typeof value === 'string' && value.length <= 2_000 && /^[\w.~%!'()*-]*(\/[\w.~%!'()*-]+)*$/.test(value)

const entriesOf = <T>(value: unknown, take: (one: unknown) => T | null): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record(value)).flatMap(([key, one]) => {
    const taken = take(one)
    return taken === null ? [] : [[key, taken] as const]
  }))

const parse = (text: string): DeskMemory => {
  const { windows, places, lastWorkspace, language } = record(JSON.parse(text))
  return {
    windows: entriesOf(windows, placeOf),
    places: entriesOf(places, (one) => (isAddress(one) ? one : null)),
    lastWorkspace: typeof lastWorkspace === 'string' ? lastWorkspace : null,
    language: language === 'en' || language === 'de' ? language : null,
  }
}

export interface Desk {
  readonly memory: () => DeskMemory
  /** Kept at once, so that a crash loses nothing of it. */
  readonly remember: (more: Partial<DeskMemory>) => void
}

/** A file that is missing or damaged is no memory; one that cannot be written is no reason to stop working. */
export const openDesk = (file: string): Desk => {
  let memory = nothing
  try {
    memory = parse(readFileSync(file, 'utf8'))
  } catch {
    memory = nothing
  }
  return {
    memory: () => memory,
    remember: (more) => {
      memory = { ...memory, ...more }
      try {
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(`${file}.new`, JSON.stringify(memory), { mode: 0o600 })
        renameSync(`${file}.new`, file)
      } catch {
        // Only comfort is lost.
      }
    },
  }
}
