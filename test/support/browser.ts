import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync']

const findChromium = (): string | null => {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim()
    } catch {
      continue
    }
  }
  return null
}

export const chromiumPath: string | null = findChromium()

/**
 * False where there is no browser, after saying so; with MUSTER_WITNESSES=required a missing browser is a failure instead, so that a
 * pipeline cannot pass by not looking.
 */
export const hasBrowser = (): boolean => {
  if (chromiumPath !== null) return true
  if (process.env['MUSTER_WITNESSES'] === 'required') throw new Error('chromium is required here and was not found')
  process.stderr.write('Skipped: no chromium on this machine (apt-get install chromium), so nobody looked at the screens.\n')
  return false
}

export const openBrowser = async (): Promise<Browser> => {
  if (chromiumPath === null) throw new Error('chromium was not found')
  return await chromium.launch({ executablePath: chromiumPath, args: flags })
}

export interface OpenedPage {
  readonly page: Page
  /** What the page complained about: script errors, refused styles and scripts, failed loads. */
  readonly complaints: string[]
}

export const openPage = async (browser: Browser, url: string,
  look: { readonly theme?: 'light' | 'dark'; readonly width?: number; readonly height?: number } = {}): Promise<OpenedPage> => {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1280, height: look.height ?? 800 }, colorScheme: look.theme ?? 'light', locale: 'en-GB',
      timezoneId: 'Europe/Berlin', reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console',
    (message) => { if (message.type() === 'error' || message.text().includes('Content Security Policy')) complaints.push(message.text()) })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(url)
  return { page, complaints }
}

/**
 * Goes to another place of the app and comes back when that place is drawn, at least as loading: what is waited for next is not found on the
 * screen before. The page must have begun: wait for its navigation first.
 */
export const goTo = async (page: Page, hash: string): Promise<void> => {
  await page.evaluate(async (to) => {
    if (window.location.hash === to) return
    const changed = new Promise((resolve) => { window.addEventListener('hashchange', resolve, { once: true }) })
    window.location.hash = to
    await changed
    await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)) })
  }, hash)
}

/** The app at `hash`, begun. */
export const openOn = async (browser: Browser, url: string, hash: string, look: Parameters<typeof openPage>[2] = {}): Promise<OpenedPage> => {
  const opened = await openPage(browser, url, look)
  await opened.page.getByRole('navigation').first().waitFor()
  await goTo(opened.page, hash)
  return opened
}

const shots = process.env['MUSTER_PICTURES'] ?? null

/** A picture for whoever wants to look, where MUSTER_PICTURES names a folder. */
export const takePicture = async (page: Page, name: string, part: string | null = null): Promise<void> => {
  if (shots === null) return
  const path = join(shots, `${name}.png`)
  await (part === null ? page.screenshot({ path }) : page.locator(part).screenshot({ path }))
}

/** Listens in the desktop's place; what comes back is what the page has told it since, in order. */
export const hearPage = async (page: Page): Promise<() => Promise<readonly unknown[]>> => {
  await page.evaluate(() => {
    const told: unknown[] = []
    Object.assign(window, { told, musterHost: { tell: (note: unknown) => { told.push(note) } } })
  })
  return () => page.evaluate(() => (window as unknown as { readonly told: readonly unknown[] }).told)
}

const themes = ['light', 'dark'] as const

/**
 * Every scene in one theme, every other one in the dark, so that a change is known within minutes; MUSTER_FULL=1 looks at each in both.
 */
export function inThemes<Scene>(scenes: readonly Scene[]): readonly (Scene & { readonly theme: (typeof themes)[number] })[] {
  const isFull = process.env['MUSTER_FULL'] === '1'
  return scenes.flatMap((scene, at) => themes.filter((_, theme) => isFull || theme === at % 2).map((theme) => ({ ...scene, theme })))
}
