import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { chromium, type Browser, type BrowserContext, type Page, type Request as PageRequest, type Route } from 'playwright-core'
import { app } from './app.ts'
import { pageSide } from './page-side.ts'
import { isRelayed, relayOver, type DoublePort } from './ports.ts'
import { isRequestAllowed, schemeHandler } from './session.ts'

/** Chromium knows no scheme of ours, so the page of app://muster lives at this secure stand-in; nothing ever goes on a wire. */
const standIn = 'http://muster.localhost'
const toStandIn = (url: string): string => url.replace(/^app:\/\/muster/, standIn)
const fromStandIn = (url: string): string => (url.startsWith(standIn) ? `app://muster${url.slice(standIn.length)}` : url)

interface WindowOptions {
  readonly width: number
  readonly height: number
  readonly x?: number
  readonly y?: number
  readonly webPreferences: Readonly<Record<string, unknown>> & { readonly preload: string }
}

const handlers = new Map<string, (event: unknown, ...args: unknown[]) => unknown>()
export const ipcMain = Object.assign(new EventEmitter(), {
  handle: (channel: string, handler: (event: unknown, ...args: unknown[]) => unknown) => void handlers.set(channel, handler),
})

const isWindowWish = (message: unknown): message is { readonly open: string } => typeof message === 'object' && message !== null && 'open' in message

/** Options of the windows made, focus calls, and windows the page was refused. */
export const windowState: { options: WindowOptions[]; focused: number; denied: string[]; isInFront: boolean; open: BrowserWindow[]; notes: string[] } =
  { options: [], focused: 0, denied: [], isInFront: true, open: [], notes: [] }

const defaultDisplay = { bounds: { x: 0, y: 0, width: 1920, height: 1080 }, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }

/** One display, unless the test says which there are. */
export const screen = {
  getAllDisplays: (): (typeof defaultDisplay)[] => JSON.parse(process.env['MUSTER_DOUBLE_DISPLAYS'] ?? 'null') as (typeof defaultDisplay)[] | null ?? [defaultDisplay],
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

let browser: Promise<Browser> | null = null

const launch = async (): Promise<Browser> => {
  const port = await freePort()
  const started = await chromium.launch({
    executablePath: process.env['MUSTER_CHROMIUM'] ?? 'chromium', headless: true,
    args: [
      `--remote-debugging-port=${port}`, '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--force-color-profile=srgb',
    ],
  })
  process.send?.({ kind: 'devtools', port })
  return started
}

export const closeBrowser = async (): Promise<void> => (await browser)?.close()

type OpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' }

class WebContents extends EventEmitter {
  openHandler: OpenHandler = () => ({ action: 'allow' })
  page: Page | null = null
  readonly relays = relayOver((message) => this.tell(message))
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }
  send(channel: string, data: unknown): void {
    this.tell({ channel, data, relays: [] })
  }
  postMessage(channel: string, data: unknown, ports: readonly DoublePort[] = []): void {
    this.tell({ channel, data, relays: ports.map((port) => this.relays.moveOut(port)) })
  }
  tell(message: object): void {
    const deliver = (text: string): void => (window as unknown as { __doubleReceive: (text: string) => void }).__doubleReceive(text)
    this.page?.evaluate(deliver, JSON.stringify(message)).catch(() => {})
  }
}

export class BrowserWindow extends EventEmitter {
  readonly options: WindowOptions
  readonly webContents = new WebContents()
  isLoadingItself = false
  bounds: { x: number; y: number; width: number; height: number }
  isLarge = false

  constructor(options: WindowOptions) {
    super()
    this.options = options
    windowState.options.push(options)
    windowState.open.push(this)
    this.bounds = { x: options.x ?? 100, y: options.y ?? 50, width: options.width, height: options.height }
    app.emit('web-contents-created', {}, this.webContents)
  }

  show(): void {}
  restore(): void {}
  focus(): void {
    windowState.focused += 1
  }
  isMinimized(): boolean {
    return false
  }
  isFocused(): boolean {
    return windowState.isInFront
  }
  isDestroyed(): boolean {
    return false
  }
  isFullScreen(): boolean {
    return false
  }
  isMaximized(): boolean {
    return this.isLarge
  }
  maximize(): void {
    this.isLarge = true
    this.emit('maximize')
  }
  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    return this.bounds
  }

  async loadURL(url: string): Promise<void> {
    if (this.webContents.page !== null) {
      this.isLoadingItself = true
      await this.webContents.page.goto(toStandIn(url))
      this.isLoadingItself = false
      return
    }
    browser ??= launch()
    const context = await (await browser).newContext({ viewport: { width: this.options.width, height: this.options.height } })
    await context.addInitScript({ content: pageSide(readFileSync(this.options.webPreferences.preload, 'utf8')) })
    await context.exposeBinding('__doubleSend', ({ frame, page }, text: string) => this.heard(JSON.parse(text), fromStandIn(frame.url()), page))
    await this.guard(context)
    const page = await context.newPage()
    this.webContents.page = page
    page.on('close', () => {
      this.webContents.relays.closeAll()
      this.webContents.emit('destroyed')
    })
    this.isLoadingItself = true
    await page.goto(toStandIn(url))
    this.isLoadingItself = false
    this.emit('ready-to-show')
  }

  private heard(message: unknown, url: string, page: Page): void {
    if (page !== this.webContents.page) return
    if (isRelayed(message)) return this.webContents.relays.receive(message)
    if (isWindowWish(message)) return this.decideOn(message.open)
    const { channel, args, call } = message as { channel: string; args: unknown[]; call?: number }
    if (call !== undefined) {
      const asked = { sender: this.webContents, senderFrame: { url, parent: null } }
      void Promise.resolve(handlers.get(channel)?.(asked, ...args)).then((value) => this.webContents.tell({ call, value }))
      return
    }
    ipcMain.emit(channel, { sender: this.webContents, senderFrame: { url, parent: null } }, ...args)
    windowState.notes.push(String((args[0] as { kind?: unknown } | undefined)?.kind))
  }

  private decideOn(url: string): void {
    const { action } = this.webContents.openHandler({ url: fromStandIn(url) })
    if (action === 'deny') windowState.denied.push(fromStandIn(url))
  }

  private isNavigationStopped(request: PageRequest): boolean {
    if (!request.isNavigationRequest() || this.isLoadingItself) return false
    let isPrevented = false
    const event = { url: fromStandIn(request.url()), preventDefault: () => { isPrevented = true } }
    this.webContents.emit('will-navigate', event)
    return isPrevented
  }

  private async guard(context: BrowserContext): Promise<void> {
    await context.route('**/*', async (route: Route) => {
      const request = route.request()
      const url = fromStandIn(request.url())
      if (this.isNavigationStopped(request) || !(await isRequestAllowed(url))) return route.abort('aborted')
      const handler = schemeHandler('app')
      if (!url.startsWith('app:') || handler === null) return route.abort('failed')
      // Request refuses schemes it does not know; only what the handler reads is passed on.
      const response = await handler({ url, method: request.method() } as Request)
      return route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) })
    })
  }
}
