import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPageFile } from '../../src/main/hosts/page-files.ts'
import { hasBrowser, openBrowser } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'

const shots = process.env['MUSTER_PICTURES'] ?? null

describe.skipIf(!hasBrowser())('the window while a workspace’s files are brought under a key', () => {
  let browser: Browser
  let server: Server
  let screens: Awaited<ReturnType<typeof buildScreens>>
  beforeAll(async () => {
    screens = await buildScreens()
    browser = await openBrowser()
    server = createServer((request, response) => void readPageFile(screens.folder, (request.url ?? '').split('?', 1)[0] ?? '').then((file) => {
      response.writeHead(file === null ? 404 : 200, file === null ? {} : { 'content-type': file.contentType }).end(file?.bytes)
    }))
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    server?.close()
    await screens?.remove()
  })

  it.each(['light', 'dark'] as const)('says what it is at and how far, and that nothing is lost if it is cut off (%s)', async (theme) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: theme, locale: theme === 'dark' ? 'de-DE' : 'en-GB', reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.addInitScript(() => {
      const shown = window as unknown as { wish?: (wish: unknown) => void; musterHost: unknown }
      shown.musterHost = { kind: 'desktop', tell: () => undefined, start: () => new Promise(() => undefined), onWish: (take: (wish: unknown) => void) => { shown.wish = take } }
    })
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/?start=settling`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForFunction(() => (window as unknown as { wish?: unknown }).wish !== undefined)
    await page.evaluate(() => (window as unknown as { wish: (wish: unknown) => void }).wish({ kind: 'start-progress', text: 'Reading both and comparing · 1,240 MB', share: 0.75 }))
    await page.getByRole('status').getByText('Reading both and comparing · 1,240 MB', { exact: true }).waitFor()
    expect(await page.getByRole('progressbar').evaluate((bar) => (bar as HTMLProgressElement).value)).toBe(0.75)
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    if (shots !== null) await page.screenshot({ path: join(shots, `settling-${theme}.png`) })
    await context.close()
  })
})
