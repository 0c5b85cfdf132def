import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { hostileNames } from '../fixtures/hostile-texts.ts'
import { hasBrowser, openBrowser } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { openReview } from '../support/review-page.ts'

const ITEMS = 60

describe.skipIf(!hasBrowser())('names, descriptions and comments from a directory, in a real browser', () => {
  let browser: Browser
  let screens: Awaited<ReturnType<typeof buildScreens>>
  beforeAll(async () => {
    screens = await buildScreens()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await screens.remove()
  })

  it('are drawn as text on every item of a review: no element, no address, no script of theirs comes to be', async () => {
    const opened = await openReview(browser, screens.folder, { items: ITEMS, texts: hostileNames })
    const { page } = opened
    const called: string[] = []
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => called.push(dialog.message())))
    page.on('request', (request) => { if (!request.url().startsWith(new URL(page.url()).origin)) called.push(request.url()) })
    const shown = new Set<string>()
    for (let step = 0; step < ITEMS; step++) {
      await page.locator('.evidence-card').first().waitFor()
      const found = await page.evaluate(() => ({
        foreign: [...document.querySelectorAll(
          'main script, script:not([src]), iframe, object, embed, img, video, audio, form, base, meta[http-equiv=refresh], template, math, details[ontoggle], style:not([data-vite-dev-id]), b, h1 h2 h3 ~ h1, marquee',
        )].map((element) => element.outerHTML.slice(0, 200)),
        handlers: [...document.querySelectorAll('*')].filter((element) => [...element.attributes].some(({ name }) => name.startsWith('on'))).length,
        links: [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href') ?? '').filter((href) => !href.startsWith('#')),
        controls: [...document.querySelectorAll('*')].filter((element) => [...element.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && /[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000e-\u001f]/.test(node.textContent ?? ''),
        )).map((element) => element.outerHTML.slice(0, 200)),
        texts: [...document.querySelectorAll('bdi')].map((element) => ({ text: element.textContent ?? '', children: element.childElementCount })),
      }))
      expect(found).toMatchObject({ foreign: [], handlers: 0, links: [], controls: [] })
      expect(found.texts.filter(({ children }) => children > 0)).toEqual([])
      for (const { text } of found.texts) shown.add(text)
      await page.keyboard.press('j')
    }
    // The bait was really there: its letters can be read on the screen.
    for (const bait of ['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '{{constructor}}', 'javascript:alert(1)']) {
      expect([...shown].some((text) => text.includes(bait))).toBe(true)
    }
    expect(called).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await opened.close()
  })
})
