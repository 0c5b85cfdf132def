import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { de } from '../../src/renderer/texts/de.ts'
import { en } from '../../src/renderer/texts/en.ts'
import { goTo, hasBrowser, openBrowser, takePicture } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { openAt, type ReviewPage } from '../support/review-page.ts'


/** Every plain text of a language, by where it stands. */
const leaves = (texts: unknown, path = ''): readonly (readonly [path: string, text: string])[] =>
  typeof texts === 'string' ? [[path, texts]]
    : typeof texts === 'object' && texts !== null ? Object.entries(texts).flatMap(([key, value]) => leaves(value, `${path}.${key}`)) : []

const german = new Map(leaves(de))
const words = new Set(german.values())
/** English texts that read otherwise in German and are no German text anywhere. */
const english = new Set(leaves(en).filter(([path, text]) => german.get(path) !== text && !words.has(text) && text.length > 3).map(([, text]) => text))

/** What the screen shows of its own: without what directories, files and the evidence's fixed English sentences say. */
const shown = (page: Page): Promise<readonly string[]> => page.evaluate(() => {
  const found: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? ''
    if (text !== '' && node.parentElement?.closest('bdi, code, script, style, [lang="en"]') === null) found.push(text)
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
    for (const name of ['aria-label', 'title', 'placeholder']) {
      const text = element.getAttribute(name)
      if (text !== null && text !== '') found.push(text)
    }
  }
  return found
})

/** Words that are cut off, or stick out of their place. */
const stickingOut = (page: Page): Promise<readonly string[]> => page.evaluate(() => {
  const out: string[] = []
  if (document.documentElement.scrollWidth > window.innerWidth) out.push(`the page is ${document.documentElement.scrollWidth} wide`)
  for (const element of document.querySelectorAll<HTMLElement>('.button, .badge, .navigation a, .navigation a span, .filter-tabs button, th, label, h1, h2')) {
    const style = getComputedStyle(element)
    const isMeant = style.textOverflow === 'ellipsis' || element.closest('.visually-hidden') !== null || element.clientWidth === 0
    if (!isMeant && element.scrollWidth > element.clientWidth + 1) out.push(`${element.className || element.tagName}: ${element.textContent ?? ''}`)
  }
  return out
})

it('reads otherwise in German wherever a sentence is English', () => {
  const same = leaves(en).filter(([path, text]) => german.get(path) === text && /^[A-Z][a-z]+ [a-z]+ [a-z]+/.test(text))
  expect(same).toEqual([])
})

describe.skipIf(!hasBrowser())('every main screen in German', () => {
  let browser: Browser
  let screens: Awaited<ReturnType<typeof buildScreens>>
  let opened: ReviewPage
  beforeAll(async () => {
    screens = await buildScreens()
    browser = await openBrowser()
    opened = await openAt(browser, screens.folder, '')
    await opened.page.evaluate(() => window.localStorage.setItem('muster.language', 'de'))
    await opened.page.reload()
    await opened.page.getByRole('navigation', { name: 'Hauptnavigation' }).waitFor()
  })
  afterAll(async () => {
    await opened.close()
    await browser.close()
    await screens.remove()
  })

  it.each([
    ['today', '#/today', 'Heute'], ['sources', '#/sources', 'Quellen'], ['add-source', '#/sources/add', 'Was möchten Sie anschließen'], ['run', '#/sources/run/1', 'Kontrollsummen'],
    ['people', '#/people', 'Suche'], ['review', '#/review', 'Befristen'], ['campaigns', '#/campaigns', 'Kampagnen'], ['evidence', '#/evidence', 'Nachweise'],
    ['settings', '#/settings', 'Sprachmodell'], ['appearance', '#/settings/appearance', 'Darstellung'],
  ] as const)('%s shows no English text of ours, and nothing sticks out at 1280×800', async (name, hash, sign) => {
    const { page } = opened
    await goTo(page, hash)
    await page.locator('main').getByText(sign).first().waitFor()
    await page.waitForFunction(() => document.querySelector('.skeleton') === null)
    await takePicture(page, `de-${name}`)
    expect((await shown(page)).filter((text) => english.has(text))).toEqual([])
    expect(await stickingOut(page)).toEqual([])
  })
})
