import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog, Menu, Notification, session, type BrowserWindow } from 'electron'
import type { Settling } from '../../app.ts'
import { openDesk } from './desk-memory.ts'
import { startEngine, type EngineProcess } from './engine-process.ts'
import { hostTexts, type HostTexts } from './host-texts.ts'
import { lockEveryPage, lockSession } from './lockdown.ts'
import { openMainWindow, pageAddress } from './main-window.ts'
import { menuTemplate } from './menu.ts'
import { filesOf, wishForFile } from './opened-files.ts'
import { hearNotes, tellPage, type HostWish, type PageNote } from './page-notes.ts'
import { declarePageScheme, servePage } from './page-protocol.ts'
import { brokerPorts } from './port-broker.ts'
import { serveStart, type StartAnswer } from './start-requests.ts'
import { startOptionsOf, type StartOptions } from './start-options.ts'

const built = import.meta.dirname
const paths = { engine: join(built, 'engine.js'), cli: join(built, 'cli.js'), preload: join(built, '../preload/preload.cjs'), renderer: join(built, '../renderer') }

const desk = openDesk(join(app.getPath('userData'), 'desk.json'))
const texts = (): HostTexts => hostTexts(desk.memory().language, app.getLocale())

let window: BrowserWindow | null = null
let engine: EngineProcess | null = null
let workspace: string | null = null
let givePortsAgain: (() => void) | null = null
let isListening = false
let waiting: HostWish[] = []
let isGivenUp = false
let isLocked = false
let hasOpened = false
let whyStart: string | null = null
let settling: 'no' | 'told' | 'shown' = 'no'
let settlingPage: ReturnType<typeof setTimeout> | undefined
let answerUnlock: ((answer: StartAnswer) => void) | null = null

/** Once only: what fails after that fails because the app is going. */
const giveUp = (message: string): void => {
  if (isGivenUp) return
  isGivenUp = true
  dialog.showErrorBox(texts().cannotGoOn, message)
  app.exit(1)
}

/** Leaves only after the engine has let go of the workspace. */
const closeInOrder = (): void => {
  let isClosed = false
  app.on('before-quit', (event) => {
    if (isClosed || engine === null) return
    event.preventDefault()
    void engine.close().finally(() => {
      isClosed = true
      app.quit()
    })
  })
}

/** Does what the page is wanted to do, as soon as there is one that hears. */
const wish = (wanted: HostWish): void => {
  if (isListening && window !== null) tellPage(window.webContents, wanted)
  else waiting = [...waiting, wanted]
}

const openFile = (path: string): void => {
  const wanted = wishForFile(path)
  if (wanted !== null) wish(wanted)
}

const bringForward = (): void => {
  if (window?.isMinimized() === true) window.restore()
  window?.focus()
}

const askForFolder = async (title: string, button: string, mayCreate: boolean): Promise<string | null> => {
  const { canceled, filePaths } = await dialog.showOpenDialog({ title, buttonLabel: button, properties: mayCreate ? ['openDirectory', 'createDirectory', 'promptToCreate'] : ['openDirectory'] })
  return canceled ? null : (filePaths[0] ?? null)
}

const askForOpenFile = async (title: string, extensions: readonly string[]): Promise<string | null> => {
  const { canceled, filePaths } = await dialog.showOpenDialog({ title, properties: ['openFile'], ...(extensions.length === 0 ? {} : { filters: [{ name: title, extensions: [...extensions] }] }) })
  return canceled ? null : (filePaths[0] ?? null)
}

const askForPlace = async (name: string): Promise<string | null> => {
  const { canceled, filePath } = await dialog.showSaveDialog({ title: texts().saveFile, defaultPath: join(app.getPath('documents'), name) })
  return canceled || filePath === '' ? null : filePath
}

/** Another workspace is another engine and another set of keys: a fresh start leaves nothing of the former one behind. */
const startAnew = (folder: string): void => {
  desk.remember({ lastWorkspace: folder })
  app.relaunch({ args: ['--workspace', folder] })
  app.quit()
}

/** A restore needs the workspace closed, so the first screen begins afresh as well. */
const toStartPage = (): void => {
  app.relaunch({ args: ['--start-page'] })
  app.quit()
}

/** A bundle is a folder on Windows and Linux, where one dialog cannot offer both; a packet is dropped, opened from its folder, or named. */
const askForFile = async (): Promise<void> => {
  const { canceled, filePaths } = await dialog.showOpenDialog({ title: texts().chooseFile, properties: process.platform === 'darwin' ? ['openFile', 'openDirectory'] : ['openDirectory'] })
  if (!canceled) filePaths.forEach(openFile)
}

/**
 * What opens another workspace is known only now: its engine is opened once, so that this computer's own store opens it after the fresh start.
 * Where that fails, the fresh start asks.
 */
const acquaint = (folder: string, passphrase: string): Promise<void> => new Promise((resolve) => {
  const done = (): void => void known.close().then(resolve)
  const known = startEngine(paths.engine, { workspace: folder, as: null, asOf: null, passphrase }, { onRestarted: () => undefined, onSettling: () => undefined, onOpened: done, onLocked: () => resolve(), onGivenUp: done })
})

const setMenu = (): void => {
  const openWorkspace = (): void => {
    void askForFolder(texts().chooseWorkspace, texts().chooseWorkspaceButton, false).then((folder) => {
      if (folder !== null) startAnew(folder)
    })
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(texts(), process.platform, { wish, openWorkspace, toStartPage, openFile: () => void askForFile() })))
}

const hear = (note: PageNote): void => {
  if (note.kind === 'place') {
    if (workspace !== null) desk.remember({ places: { ...desk.memory().places, [workspace]: note.address } })
  } else if (note.kind === 'look') {
    if (note.language === desk.memory().language) return
    desk.remember({ language: note.language })
    setMenu()
  } else if (note.kind === 'listening') {
    isListening = true
    for (const wanted of waiting.splice(0)) wish(wanted)
  } else if (window?.isFocused() !== true && Notification.isSupported()) {
    const notice = new Notification({ title: note.title, body: note.text })
    notice.on('click', bringForward)
    notice.show()
  }
}

/** Why the workspace is not there yet; what is done before anybody could read it is not told. */
const tellSettling = ({ step, bytes, share }: Settling): void => {
  wish({ kind: 'start-progress', text: `${texts().settling[step]}${bytes < 1_000_000 ? '' : ` · ${Math.round(bytes / 1_000_000).toLocaleString(app.getLocale())} MB`}`, share })
  if (settling !== 'no') return
  settling = 'told'
  settlingPage = setTimeout(showSettling, 500)
}

const showSettling = (): void => {
  settling = 'shown'
  isListening = false
  void window?.loadURL(pageAddress('?start=settling', ''))
}

/** True where the window shows that files are brought under a key. */
const endSettling = (): boolean => {
  const wasShown = settling === 'shown'
  settling = 'no'
  clearTimeout(settlingPage)
  waiting = waiting.filter(({ kind }) => kind !== 'start-progress')
  return wasShown
}

/** Instead of the workspace the window asks for its passphrase; one that was just tried is answered there. */
const askToUnlock = (message: string): void => {
  isLocked = true
  engine = null
  const answer = answerUnlock
  answerUnlock = null
  if (answer !== null) answer({ kind: 'failed', message })
  else showLock()
}

const showLock = (): void => {
  isListening = false
  void window?.loadURL(pageAddress('?start=locked', ''))
}

const goOnUnlocked = (): void => {
  hasOpened = true
  const wasShown = endSettling()
  if (!wasShown && !isLocked) return
  isLocked = false
  answerUnlock?.({ kind: 'done' })
  answerUnlock = null
  isListening = false
  void window?.loadURL(pageAddress('', desk.memory().places[workspace ?? ''] ?? ''))
}

/** The workspace of the last time is damaged, gone or in use: the first screen says so, and a backup can be restored there. */
const backToStart = (message: string): void => {
  endSettling()
  workspace = null
  engine = null
  isListening = false
  whyStart = message
  void window?.loadURL(pageAddress('?start', ''))
}

const workIn = (folder: string, options: StartOptions, passphrase: string | null): void => {
  workspace = folder
  desk.remember({ lastWorkspace: folder })
  engine = startEngine(paths.engine, { ...options, workspace: folder, passphrase }, { onRestarted: () => givePortsAgain?.(), onSettling: tellSettling, onOpened: goOnUnlocked, onLocked: askToUnlock, onGivenUp: (message) => (hasOpened || options.workspace !== null ? giveUp(message) : backToStart(message)) })
  // Once: whichever engine is open then is the one a page is given.
  givePortsAgain ??= brokerPorts((port) => engine?.connect(port))
}

const rememberedWorkspace = (): string | null => {
  const last = desk.memory().lastWorkspace
  return last !== null && existsSync(join(last, 'muster.db')) ? last : null
}

const run = async (options: StartOptions): Promise<void> => {
  await app.whenReady()
  lockSession(session.defaultSession)
  servePage(paths.renderer)
  setMenu()
  hearNotes(hear)
  closeInOrder()
  app.on('second-instance', (_event, argv, cwd) => {
    bringForward()
    filesOf(argv.slice(1), cwd).forEach(openFile)
  })
  app.on('window-all-closed', () => app.quit())
  filesOf(process.argv.slice(1), process.cwd()).forEach(openFile)
  const folder = options.workspace ?? (options.isStartPage ? null : rememberedWorkspace())
  serveStart({
    entry: paths.cli, texts, askForFolder, askForFile: askForOpenFile, askForPlace, whyStart: () => whyStart, isWorking: () => workspace !== null && !isLocked, progress: (text, share) => wish({ kind: 'start-progress', text, share }),
    unlock: (passphrase) => new Promise((resolve) => {
      if (!isLocked || workspace === null || answerUnlock !== null) return resolve({ kind: 'failed', message: texts().notUnderstood })
      answerUnlock = resolve
      workIn(workspace, options, passphrase)
    }),
    opened: (made, passphrase) => {
      if (workspace !== null) return void (passphrase === null ? Promise.resolve() : acquaint(made, passphrase)).then(() => startAnew(made))
      workIn(made, options, passphrase)
      isListening = false
      void window?.loadURL(pageAddress('', ''))
    },
  })
  if (folder !== null) {
    workIn(folder, options, null)
    window = await openMainWindow(paths.preload, desk, '', desk.memory().places[folder] ?? '')
    if (isLocked) showLock()
    else if (settling === 'shown') showSettling()
    else if (workspace === null) void window.loadURL(pageAddress('?start', ''))
    return
  }
  window = await openMainWindow(paths.preload, desk, '?start', '')
}

declarePageScheme()
app.enableSandbox()
lockEveryPage(app)
// macOS hands files over before and after the start alike.
app.on('open-file', (event, path) => {
  event.preventDefault()
  openFile(path)
})
if (app.requestSingleInstanceLock()) {
  run(startOptionsOf(process.argv.slice(1), process.env, process.cwd())).catch((error: unknown) => giveUp(error instanceof Error ? error.message : String(error)))
} else {
  app.quit()
}
