// `node test/pictures/make-pictures.ts`: the screens for README and docs, always of the same invented company, in light, dark and German.
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { openAt } from '../support/review-page.ts'

interface Picture {
  readonly name: string
  readonly hash: string
  readonly theme?: 'dark'
  readonly language?: 'de'
  readonly size?: { readonly width: number; readonly height: number }
  readonly ready: (page: Page) => Promise<unknown>
}

const review = (page: Page): Promise<void> => page.locator('.evidence-card').first().waitFor()
const heading = (page: Page): Promise<void> => page.locator('main h1').first().waitFor()

const pictures: readonly Picture[] = [
  { name: 'review-light', hash: '#/review', ready: review },
  { name: 'review-dark', hash: '#/review', theme: 'dark', size: { width: 1_920, height: 1_080 }, ready: review },
  { name: 'review-german', hash: '#/review', language: 'de', ready: review },
  { name: 'today', hash: '#/today', ready: heading },
  { name: 'sources', hash: '#/sources', ready: heading },
  { name: 'run-dark', hash: '#/sources/run/1', theme: 'dark', ready: heading },
  {
    name: 'find-anything', hash: '#/today', ready: async (page) => {
      await heading(page)
      await page.keyboard.press(process.platform === 'darwin' ? 'Meta+k' : 'Control+k')
      await page.getByRole('option').first().waitFor()
    },
  },
]

const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url))
const screens = await buildScreens()
const browser = await openBrowser()
try {
  for (const { name, hash, theme = 'light', language = 'en', size = { width: 1_280, height: 800 }, ready } of pictures) {
    const opened = await openAt(browser, screens.folder, '', {}, { theme, ...size })
    await opened.page.evaluate((chosen) => { window.localStorage.setItem('muster.language', chosen) }, language)
    await opened.page.evaluate((to) => { window.location.hash = to }, hash)
    await opened.page.reload()
    await ready(opened.page)
    await opened.page.waitForFunction(() => document.querySelector('.skeleton') === null)
    await opened.page.screenshot({ path: `${folder}${name}.png` })
    await opened.close()
    process.stdout.write(`${name}.png\n`)
  }
} finally {
  await browser.close()
  await screens.remove()
}
