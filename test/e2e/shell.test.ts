import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findings } from '../support/axe.ts'
import { goTo, hasBrowser, openBrowser, openPage, takePicture } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { startFakeHost } from '../support/fake-host.ts'
import { buildWorkspace, type TestWorkspace } from '../support/workspace-builder.ts'

const modifier = process.platform === 'darwin' ? 'Meta' : 'Control'

describe.skipIf(!hasBrowser())('the frame around every screen', () => {
  let place: string
  let browser: Browser
  let screens: Awaited<ReturnType<typeof buildScreens>>
  let at: TestWorkspace
  let host: Awaited<ReturnType<typeof startFakeHost>>
  let reviewerHost: Awaited<ReturnType<typeof startFakeHost>>

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'muster-shell-'))
    screens = await buildScreens()
    browser = await openBrowser()
    at = await buildWorkspace(join(place, 'workspace'))
    const officer = await at.app.officer()
    host = await startFakeHost(at.app, screens.folder, { actor: officer })
    reviewerHost = await startFakeHost(at.app, screens.folder, { actor: { ...officer, roles: ['reviewer'] } })
  })
  afterAll(async () => {
    await browser.close()
    await host.close()
    await reviewerHost.close()
    await at.close()
    await screens.remove()
    await rm(place, { recursive: true, force: true })
  })

  const open = async (look: Parameters<typeof openPage>[2] & { readonly language?: string } = {}, url = host.url) => {
    const opened = await openPage(browser, url, look)
    if (look.language !== undefined) {
      await opened.page.evaluate((language) => { window.localStorage.setItem('muster.language', language) }, look.language)
      await opened.page.reload()
    }
    await opened.page.getByRole('navigation').first().waitFor()
    return opened
  }

  it.each(['light', 'dark'] as const)('the palette finds places, actions and people by what is typed, and axe finds nothing: %s', async (theme) => {
    const { page, complaints } = await open({ theme })
    await page.keyboard.press(`${modifier}+k`)
    const box = page.getByRole('combobox', { name: /Find a place/ })
    await box.waitFor()
    await takePicture(page, `palette-${theme}`)
    expect(await findings(page)).toEqual([])
    await box.fill('mia')
    await page.getByRole('option', { name: /Mia/ }).first().waitFor()
    await takePicture(page, `palette-mia-${theme}`)
    await expect.poll(() => page.getByRole('option', { selected: true }).count()).toBe(1)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('is worked with the keyboard alone, and gives the focus back when it is closed', async () => {
    const { page } = await open()
    const finder = page.getByRole('button', { name: /Find anything/ })
    await finder.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('combobox').fill('evid')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => window.location.hash)).toBe('#/evidence')
    await finder.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('combobox').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => finder.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.keyboard.press(`${modifier}+k`)
    await page.getByRole('combobox').fill('dark appearance')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    await page.context().close()
  })

  it('goes from a person found to that person’s page', async () => {
    const { page } = await open()
    await page.keyboard.press(`${modifier}+k`)
    await page.getByRole('combobox').fill('mia')
    await page.getByRole('group', { name: 'People' }).getByRole('option').first().click()
    await expect.poll(() => page.evaluate(() => window.location.hash)).toMatch(/^#\/people\/person\/\d+$/)
    await page.context().close()
  })

  it('shows a reviewer their own work only, in the navigation and in the palette', async () => {
    const { page } = await open({}, reviewerHost.url)
    expect(await page.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts()).toEqual(['Today', 'Review', 'Settings'])
    await page.keyboard.press(`${modifier}+k`)
    await page.getByRole('combobox').fill('mia')
    await page.getByText('Nothing is called “mia”').waitFor()
    await page.context().close()
  })

  it('keeps how wide the navigation is, how dense the rows are, and the theme', async () => {
    const { page } = await open()
    await page.getByRole('button', { name: 'Widen the navigation' }).click()
    await goTo(page, '#/settings/appearance')
    await page.getByLabel('Rows').selectOption('compact')
    await page.getByLabel('Light and dark').selectOption('dark')
    await takePicture(page, 'appearance-wide-dark')
    expect(await findings(page)).toEqual([])
    await page.reload()
    await page.getByRole('button', { name: 'Narrow the navigation' }).waitFor()
    expect(await page.evaluate(() => ({ ...document.documentElement.dataset }))).toEqual({ theme: 'dark', density: 'compact' })
    await page.context().close()
  })

  it('changes the language where it stands, and keeps it', async () => {
    const { page } = await open()
    await goTo(page, '#/settings/appearance')
    await page.getByLabel('Language', { exact: true }).selectOption('de')
    await page.getByRole('heading', { name: 'Darstellung' }).waitFor()
    expect(await page.evaluate(() => [window.location.hash, document.documentElement.lang])).toEqual(['#/settings/appearance', 'de'])
    await takePicture(page, 'appearance-de')
    expect(await findings(page)).toEqual([])
    await page.context().close()
  })
})
