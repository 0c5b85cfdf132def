import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { chromiumPath } from '../../support/browser.ts'

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

/** The built desktop app running under the stand-in for Electron. */
export interface DesktopApp {
  readonly page: Page
  /** What the app told in an error box. */
  readonly told: readonly { readonly content: string }[]
  /** Puts a question to the stand-in; see its electron.ts. */
  readonly ask: (what: string, argument?: string) => Promise<unknown>
  readonly exited: Promise<number>
  /** As a person closing the last window. */
  readonly quit: () => Promise<number>
}

interface Message { kind: string; port: number; id: number; answer: unknown; content: string }

export const startProcess = (workspace: string | null, userData: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): ChildProcess =>
  spawn(
    process.execPath,
    ['--import', fromRoot('test/support/electron-double/register.ts'), fromRoot('out/main/desktop.js'), ...(workspace === null ? [] : ['--workspace', workspace]), ...args],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...process.env, MUSTER_DOUBLE_USER_DATA: userData, MUSTER_CHROMIUM: chromiumPath ?? '', ...env } },
  )

const exitOf = async (child: ChildProcess): Promise<number> => {
  if (child.exitCode !== null) return child.exitCode
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}

const firstPage = async (browser: Browser): Promise<Page> => {
  for (;;) {
    const page = browser.contexts().flatMap((context) => context.pages())[0]
    if (page !== undefined) return page
    await new Promise((resolve) => { setTimeout(resolve, 50) })
  }
}

/** Starts the app and looks into its first window. */
export const startDesktopApp = async (workspace: string | null, userData: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<DesktopApp> => {
  const child = startProcess(workspace, userData, args, env)
  const told: { content: string }[] = []
  const waiting = new Map<number, (answer: unknown) => void>()
  let last = 0
  const devtools = new Promise<number>((resolve, reject) => {
    child.on('message', (message: Message) => {
      if (message.kind === 'devtools') resolve(message.port)
      else if (message.kind === 'error-box') told.push({ content: message.content })
      else waiting.get(message.id)?.(message.answer)
    })
    child.on('exit', () => reject(new Error(`the app ended before it had a window: ${told.map(({ content }) => content).join(' ')}`)))
  })
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await devtools}`)
  const ask = (what: string, argument = ''): Promise<unknown> =>
    new Promise((resolve) => {
      last += 1
      waiting.set(last, resolve)
      child.send({ ask: what, argument, id: last })
    })
  const exited = exitOf(child)
  return {
    page: await firstPage(browser), told, ask, exited,
    quit: () => {
      if (child.connected) void ask('quit')
      return exited
    },
  }
}

/** For runs that end by themselves. */
export const runToEnd = async (workspace: string, userData: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<{ code: number; told: readonly string[] }> => {
  const child = startProcess(workspace, userData, args, env)
  const told: string[] = []
  child.on('message', (message: Message) => {
    if (message.kind === 'error-box') told.push(message.content)
  })
  return { code: await exitOf(child), told }
}
