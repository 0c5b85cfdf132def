import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app, ipcMain } from 'electron'
import { doorAnswer, doorRequest, type DoorAnswer, type DoorRequest } from '../../../shared/model/packet-door.ts'
import type { HostTexts } from './host-texts.ts'
import { runCli, type CliRun } from './run-cli-process.ts'
import { distrust } from './trusted-sender.ts'

/** Channel on which the first screen asks for a workspace. */
export const startChannel = 'muster:start'

export type StartAnswer = { readonly kind: 'done' } | { readonly kind: 'folder'; readonly folder: string | null } | { readonly kind: 'failed'; readonly message: string } | { readonly kind: 'door'; readonly answer: DoorAnswer }

interface Own { readonly kind: 'own'; readonly folder: string; readonly organisation: string; readonly name: string; readonly email: string; readonly passphrase: string }
interface Unlock { readonly kind: 'unlock'; readonly passphrase: string }
interface Save { readonly kind: 'save'; readonly name: string }
type StartRequest = { readonly kind: 'sample' | 'open' | 'folder' | 'stop' } | Own | Save | Unlock | DoorRequest

const isShort = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '' && value.length <= 1_000

/** Null for whatever is not exactly one of the requests. */
export const readStartRequest = (value: unknown): StartRequest | null => {
  if (typeof value !== 'object' || value === null) return null
  const { kind, folder, organisation, name, email, passphrase } = value as Readonly<Record<string, unknown>>
  if (kind === 'sample' || kind === 'open' || kind === 'folder' || kind === 'stop') return { kind }
  if (kind === 'unlock') return isShort(passphrase) ? { kind, passphrase } : null
  if (kind === 'save') return isShort(name) ? { kind, name } : null
  if (kind !== 'own') return doorRequest.safeParse(value).data ?? null
  return isShort(folder) && isShort(organisation) && isShort(name) && isShort(email) && isShort(passphrase) ? { kind, folder, organisation, name, email, passphrase } : null
}

export interface StartHost {
  /** The command line, built. */
  readonly entry: string
  readonly texts: () => HostTexts
  readonly askForFolder: (title: string, button: string, mayCreate: boolean) => Promise<string | null>
  /** Where a file goes, in the system's own dialog; null: nobody chose. */
  readonly askForPlace: (name: string) => Promise<string | null>
  /** Whether a workspace is in this window already: then nothing but files and packets can be asked for. */
  readonly isWorking: () => boolean
  readonly progress: (text: string, share: number | null) => void
  /** There is a workspace now; the window goes on with it. `passphrase`: what opens it, where the person has just chosen it. */
  readonly opened: (folder: string, passphrase: string | null) => void
  /** Tries a passphrase on the workspace that is locked. */
  readonly unlock: (passphrase: string) => Promise<StartAnswer>
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** The sentence of a failure that was told as data. */
const complaintIn = (line: string): string => {
  const told = parsed(line)
  const error = typeof told === 'object' && told !== null && 'error' in told ? told.error : undefined
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string' ? error.message : line
}

const isWorkspace = (folder: string): boolean => existsSync(join(folder, 'muster.db'))

/** Where the sample organisation lies: with the person's documents, one folder, made anew when it is asked for again. */
const sampleFolder = (): string => join(app.getPath('documents'), 'Muster sample')

/** Where the workspaces of packets lie, with the keys of whoever opens them. */
const reviewsFolder = (): string => join(app.getPath('documents'), 'Muster reviews')

/** What a page may ask while it shows a workspace. */
const whileWorking: readonly StartRequest['kind'][] = ['folder', 'save', 'packet-look', 'packet-open', 'packet-enter', 'key-request']

/**
 * Answers the screen that is shown while there is no workspace, and every page that stands before a packet. What it makes, it makes as the
 * command line would.
 */
export const serveStart = ({ entry, texts, askForFolder, askForPlace, isWorking, progress, opened, unlock }: StartHost): void => {
  let running: CliRun | null = null
  let chosen: string | null = null

  const follow = async (run: CliRun, folder: string, passphrase: string | null): Promise<StartAnswer> => {
    running = run
    const { isDone, message } = await run.ended.finally(() => { running = null })
    if (!isDone) return { kind: 'failed', message }
    opened(folder, passphrase)
    return { kind: 'done' }
  }

  /** Passphrases go by the environment: arguments can be read by every process. */
  const askDoor = async (request: DoorRequest): Promise<StartAnswer> => {
    const run = runCli(entry, ['packet', 'door', '--home', reviewsFolder(), '--json'], { MUSTER_DOOR_REQUEST: JSON.stringify(request) }, () => undefined)
    running = run
    const { isDone, message, output } = await run.ended.finally(() => { running = null })
    const said = isDone ? doorAnswer.safeParse(parsed(output)) : undefined
    if (said?.success !== true) return { kind: 'failed', message: complaintIn(message) }
    if (said.data.kind === 'entered') opened(said.data.folder, request.kind === 'packet-enter' ? request.passphrase : null)
    return { kind: 'door', answer: said.data }
  }

  const answer = async (request: StartRequest): Promise<StartAnswer> => {
    switch (request.kind) {
      case 'stop':
        running?.stop()
        return { kind: 'folder', folder: null }
      case 'folder':
        chosen = await askForFolder(texts().chooseFolder, texts().chooseFolderButton, true)
        return { kind: 'folder', folder: chosen }
      case 'open': {
        const folder = await askForFolder(texts().chooseWorkspace, texts().chooseWorkspaceButton, false)
        if (folder === null) return { kind: 'folder', folder: null }
        if (!isWorkspace(folder)) return { kind: 'failed', message: texts().noWorkspace(folder) }
        opened(folder, null)
        return { kind: 'done' }
      }
      case 'unlock':
        return unlock(request.passphrase)
      case 'save':
        return { kind: 'folder', folder: await askForPlace(request.name) }
      case 'packet-look':
      case 'packet-open':
      case 'packet-enter':
      case 'key-request':
        return askDoor(request)
      case 'sample':
        return follow(runCli(entry, ['demo', sampleFolder(), '--people', '150', '--fresh'], {}, progress), join(sampleFolder(), 'workspace'), null)
      case 'own':
        // Only a folder that a person chose in the system's own dialog.
        if (request.folder !== chosen) return { kind: 'failed', message: texts().folderNotChosen }
        return follow(
          runCli(entry, ['init', request.folder, `--officer=${request.email}`, `--officer-name=${request.name}`, `--name=${request.organisation}`, '--no-recovery-kit'], { MUSTER_PASSPHRASE: request.passphrase }, progress),
          request.folder, request.passphrase,
        )
    }
  }

  ipcMain.handle(startChannel, async (event, value: unknown): Promise<StartAnswer> => {
    const request = distrust(event) === null ? readStartRequest(value) : null
    if (request === null || (isWorking() && !whileWorking.includes(request.kind)) || (running !== null && request.kind !== 'stop')) return { kind: 'failed', message: texts().notUnderstood }
    return answer(request)
  })
}
