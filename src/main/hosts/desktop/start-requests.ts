import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app, ipcMain } from 'electron'
import { formRequest, foundRoot, type FormRequest, type FoundRoot, type StartRoot } from '../../../shared/model/start-request.ts'
import { doorAnswer, doorRequest, type DoorAnswer, type DoorRequest } from '../../../shared/model/packet-door.ts'
import type { HostTexts } from './host-texts.ts'
import { runCli, type CliRun } from './run-cli-process.ts'
import { distrust } from './trusted-sender.ts'

/** Channel on which the first screen asks for a workspace. */
export const startChannel = 'muster:start'

export type StartAnswer = { readonly kind: 'done' } | { readonly kind: 'root'; readonly found: FoundRoot } | { readonly kind: 'folder'; readonly folder: string | null } | { readonly kind: 'failed'; readonly message: string } | { readonly kind: 'door'; readonly answer: DoorAnswer }

interface Unlock { readonly kind: 'unlock'; readonly passphrase: string }
interface Save { readonly kind: 'save'; readonly name: string }
const choices = ['folder', 'root-file', 'backup-file', 'restore-folder'] as const
type Choice = (typeof choices)[number]
type StartRequest = { readonly kind: 'sample' | 'open' | 'why' | 'stop' | Choice } | FormRequest | Save | Unlock | DoorRequest

const isShort = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '' && value.length <= 1_000

/** Null for whatever is not exactly one of the requests. */
export const readStartRequest = (value: unknown): StartRequest | null => {
  if (typeof value !== 'object' || value === null) return null
  const { kind, name, passphrase } = value as Readonly<Record<string, unknown>>
  const choice = choices.find((one) => one === kind)
  if (choice !== undefined) return { kind: choice }
  if (kind === 'sample' || kind === 'open' || kind === 'why' || kind === 'stop') return { kind }
  if (kind === 'unlock') return isShort(passphrase) ? { kind, passphrase } : null
  if (kind === 'save') return isShort(name) ? { kind, name } : null
  return formRequest.safeParse(value).data ?? doorRequest.safeParse(value).data ?? null
}

export interface StartHost {
  /** The command line, built. */
  readonly entry: string
  readonly texts: () => HostTexts
  readonly askForFolder: (title: string, button: string, mayCreate: boolean) => Promise<string | null>
  /** A file that is there, in the system's own dialog; null: nobody chose. */
  readonly askForFile: (title: string, extensions: readonly string[]) => Promise<string | null>
  /** Where a file goes, in the system's own dialog; null: nobody chose. */
  readonly askForPlace: (name: string) => Promise<string | null>
  /** Why the workspace of the last time could not be opened; null = nothing was wrong. */
  readonly whyStart: () => string | null
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

/** How `init` is told where the root comes from; passphrases go by the environment. */
const rootOptions = (root: StartRoot): { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> } => {
  switch (root.way) {
    case 'made': return { args: [], env: {} }
    case 'elsewhere': return { args: ['--request'], env: {} }
    case 'imported': return { args: [`--root-file=${root.file}`, `--root-fingerprint=${root.fingerprint}`], env: { MUSTER_FILE_PASSPHRASE: root.filePassphrase } }
  }
}

/** What a page may ask while it shows a workspace. */
const whileWorking: readonly StartRequest['kind'][] = ['folder', 'save', 'packet-look', 'packet-open', 'packet-enter', 'key-request']

/**
 * Answers the screen that is shown while there is no workspace, and every page that stands before a packet. What it makes, it makes as the
 * command line would.
 */
export const serveStart = ({ entry, texts, askForFolder, askForFile, askForPlace, whyStart, isWorking, progress, opened, unlock }: StartHost): void => {
  let running: CliRun | null = null
  /** Only what a person chose in the system's own dialog is read or written. */
  const chosen = new Map<Choice, string>()

  const follow = async (run: CliRun, folder: string, passphrase: string | null): Promise<StartAnswer> => {
    running = run
    const { isDone, message } = await run.ended.finally(() => { running = null })
    // The command line begins its complaints with its name.
    if (!isDone) return { kind: 'failed', message: message.replace(/^muster: /, '') }
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

  const choose = (what: Choice): Promise<string | null> => {
    switch (what) {
      case 'folder': return askForFolder(texts().chooseFolder, texts().chooseFolderButton, true)
      case 'restore-folder': return askForFolder(texts().chooseRestoreFolder, texts().chooseFolderButton, true)
      case 'root-file': return askForFile(texts().chooseRoot, ['p12', 'pfx', 'pem'])
      case 'backup-file': return askForFile(texts().chooseBackup, [])
    }
  }

  /** What the root's file holds, as `init` shows it before anything is made; no workspace is touched. */
  const lookAtRoot = async ({ file, filePassphrase }: Extract<FormRequest, { kind: 'root-look' }>): Promise<StartAnswer> => {
    const run = runCli(entry, ['init', file, '--officer=nobody@here', `--root-file=${file}`, '--json'], { MUSTER_FILE_PASSPHRASE: filePassphrase }, () => undefined)
    running = run
    const { isDone, message, output } = await run.ended.finally(() => { running = null })
    const found = isDone ? foundRoot.safeParse(parsed(output)) : undefined
    return found?.success === true ? { kind: 'root', found: found.data } : { kind: 'failed', message: complaintIn(message) }
  }

  const answer = async (request: StartRequest): Promise<StartAnswer> => {
    switch (request.kind) {
      case 'stop':
        running?.stop()
        return { kind: 'folder', folder: null }
      case 'folder':
      case 'root-file':
      case 'backup-file':
      case 'restore-folder': {
        const path = await choose(request.kind)
        if (path !== null) chosen.set(request.kind, path)
        return { kind: 'folder', folder: path }
      }
      case 'open': {
        const folder = await askForFolder(texts().chooseWorkspace, texts().chooseWorkspaceButton, false)
        if (folder === null) return { kind: 'folder', folder: null }
        if (!isWorkspace(folder)) return { kind: 'failed', message: texts().noWorkspace(folder) }
        opened(folder, null)
        return { kind: 'done' }
      }
      case 'why': {
        const message = whyStart()
        return message === null ? { kind: 'folder', folder: null } : { kind: 'failed', message }
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
      case 'own': {
        const root = rootOptions(request.root)
        if (request.folder !== chosen.get('folder') || (request.root.way === 'imported' && request.root.file !== chosen.get('root-file'))) {
          return { kind: 'failed', message: texts().folderNotChosen }
        }
        const args = ['init', request.folder, `--officer=${request.email}`, `--officer-name=${request.name}`, `--name=${request.organisation}`, '--no-recovery-kit', ...root.args]
        return follow(runCli(entry, args, { MUSTER_PASSPHRASE: request.passphrase, ...root.env }, progress), request.folder, request.passphrase)
      }
      case 'root-look':
        return request.file === chosen.get('root-file') ? lookAtRoot(request) : { kind: 'failed', message: texts().folderNotChosen }
      case 'restore': {
        if (request.file !== chosen.get('backup-file') || request.folder !== chosen.get('restore-folder')) return { kind: 'failed', message: texts().folderNotChosen }
        const { passphrase, opensWith, email } = request
        const args = ['restore', request.file, `--workspace=${request.folder}`, `--reason=${request.reason}`, ...(email === null ? [] : [`--as=${email}`])]
        return follow(runCli(entry, args, { MUSTER_PASSPHRASE: passphrase, MUSTER_WORKSPACE_PASSPHRASE: opensWith ?? '' }, progress), request.folder, opensWith ?? passphrase)
      }
    }
  }

  ipcMain.handle(startChannel, async (event, value: unknown): Promise<StartAnswer> => {
    const request = distrust(event) === null ? readStartRequest(value) : null
    if (request === null || (isWorking() && !whileWorking.includes(request.kind)) || (running !== null && request.kind !== 'stop')) return { kind: 'failed', message: texts().notUnderstood }
    return answer(request)
  })
}
