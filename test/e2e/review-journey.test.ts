import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { hasBrowser, openBrowser } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { passphrase } from '../support/fake-engine.ts'
import { goOn, openAt, openReview, shownItem, tabTo } from '../support/review-page.ts'
import type { ReviewPage } from '../support/review-page.ts'

describe.skipIf(!hasBrowser())('a line manager walks the queue', () => {
  let browser: Browser
  let screens: Awaited<ReturnType<typeof buildScreens>>
  let opened: ReviewPage
  beforeAll(async () => {
    screens = await buildScreens()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await screens.remove()
  })
  afterEach(async () => {
    expect(opened.complaints()).toEqual([])
    await opened.close()
  })

  it('with the keyboard alone, from Today to a signed review', async () => {
    opened = await openAt(browser, screens.folder, '', { items: 6 })
    const { page, engine, announced } = opened
    expect(page.url()).not.toContain('token')

    // Tab to the campaign's own button on Today.
    for (let presses = 0; presses < 20; presses += 1) {
      await page.keyboard.press('Tab')
      if ((await page.evaluate(() => document.activeElement?.getAttribute('href'))) === '#/review/1') break
    }
    await page.keyboard.press('Enter')
    await page.locator('.evidence-card').first().waitFor()

    const first = await shownItem(page)
    await page.keyboard.press('j')
    await expect.poll(() => shownItem(page)).not.toBe(first)
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => shownItem(page)).toBe(first)

    // Space opens the evidence, Escape comes back.
    await page.keyboard.press(' ')
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('evidence-card')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tree')

    // Decide all six; forms are answered by digit, hidden advice is read before going on.
    for (let left = 6; left > 0; left -= 1) {
      await page.locator('.decision-bar').waitFor()
      await page.getByRole('button', { name: 'Revoke' }).and(page.locator('[aria-disabled=false]')).waitFor()
      const before = await shownItem(page)
      await page.keyboard.press(left % 2 === 0 ? 'r' : 'l')
      if (await page.locator('.decision-form').isVisible()) {
        await page.keyboard.press('1')
        await page.keyboard.press('Enter')
      }
      await expect.poll(announced).toMatch(/left\. Undo with Z\.|The advice was/)
      await expect.poll(() => engine.progress().undecided).toBe(left - 1)
      await goOn(page, before)
    }

    await page.keyboard.press('z')
    await expect.poll(() => engine.progress().undecided).toBe(1)
    await expect.poll(announced).toContain('Undone')
    await page.locator('.decision-look-closer[aria-disabled=false][aria-pressed=false]').waitFor()
    await page.keyboard.press('l')
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    await expect.poll(() => engine.progress().undecided).toBe(0)

    await page.keyboard.press('Control+Enter')
    await page.getByLabel('Your passphrase').waitFor()
    for (let presses = 0; presses < 20; presses += 1) {
      if ((await page.evaluate(() => document.activeElement?.getAttribute('type'))) === 'password') break
      await page.keyboard.press('Tab')
    }
    await page.keyboard.type('not the passphrase')
    await page.keyboard.press('Enter')
    await page.getByText('That passphrase does not open your key').waitFor()
    expect(engine.progress().signedOff).toBe(0)
    await page.keyboard.type(passphrase)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Signed off', exact: true }).waitFor()
    expect(engine.progress().signedOff).toBe(6)
    await expect.poll(announced).toContain('Signed off 6 decisions')
  })

  it('with the mouse alone: decide, change the mind, undo, sign off', async () => {
    opened = await openReview(browser, screens.folder, { items: 12 })
    const { page, engine } = opened
    await page.getByRole('treeitem', { level: 2 }).nth(3).click()
    const fourth = await shownItem(page)
    await page.getByRole('button', { name: 'Look closer' }).click()
    await page.getByRole('radio', { name: 'The owner should answer first' }).check({ force: true })
    await page.getByLabel('Your question').fill('Who asked for this?')
    await page.getByRole('button', { name: 'Look closer' }).click()
    await expect.poll(() => engine.progress().lookCloser).toBe(1)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => engine.progress().lookCloser).toBe(0)
    await expect.poll(() => shownItem(page)).toBe(fourth)

    await page.getByRole('button', { name: 'Keep until' }).click()
    await page.getByRole('button', { name: '3 months' }).click()
    await page.getByRole('radio', { name: 'Needed until a known date' }).check({ force: true })
    await page.getByRole('button', { name: 'Keep until this day' }).click()
    await expect.poll(() => engine.progress().keptUntil).toBe(1)
    const call = engine.calls.findLast(({ procedure }) => procedure === 'review.decide')
    expect(call?.input).toMatchObject({ outcome: 'keep-until', until: '2027-02-22', reasonCode: 'needed-until-date' })
    expect((call?.input as { openMs: number }).openMs).toBeGreaterThanOrEqual(0)

    await page.locator('.chip').first().click()
    await page.locator('.evidence-card.is-lit').waitFor()
    await page.getByRole('button', { name: /^Sign off/ }).click()
    await page.getByLabel('Your passphrase').fill(passphrase)
    await page.getByRole('button', { name: 'Sign 1 decision' }).click()
    await page.getByRole('heading', { name: 'Signed off', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Back to the review' }).click()
    expect(engine.progress().signedOff).toBe(1)
  })

  it('shows hidden advice only after the choice, and says whether it agrees', async () => {
    opened = await openReview(browser, screens.folder)
    const { page } = opened
    const hidden = page.locator('.queue-item:has(.lucide-eye-off)').first()
    await hidden.click()
    await page.getByText('The advice stays hidden until you have chosen').waitFor()
    expect(await page.locator('.arithmetic').count()).toBe(0)
    expect(await page.locator('.signal-weight').count()).toBe(0)
    const before = await shownItem(page)
    await page.keyboard.press('l')
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    await page.getByText('Now you see the advice').waitFor()
    expect(await shownItem(page)).toBe(before)
    await page.getByRole('button', { name: 'Next item' }).click()
    await expect.poll(() => shownItem(page)).not.toBe(before)
  })

  it('puts an item back when its decision could not be recorded, and tries again on request', async () => {
    opened = await openReview(browser, screens.folder)
    const { page, engine } = opened
    await page.getByRole('treeitem', { name: /keep$/ }).first().click()
    const before = await shownItem(page)
    engine.set({ failNext: { procedure: 'review.decide', code: 'STORE', message: 'The disk is full; nothing was written.' } })
    await page.getByRole('button', { name: 'Revoke' }).and(page.locator('[aria-disabled=false]')).click()
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('The disk is full; nothing was written.').waitFor()
    expect(await page.getByRole('button', { name: 'Next item' }).count(), 'what was not recorded has revealed nothing').toBe(0)
    expect(engine.progress().undecided).toBe(60)
    await page.locator('.review-progress').getByText('60 left').waitFor()
    expect(before).not.toBeNull()
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => engine.progress().revoked).toBe(1)
    await page.locator('.review-progress').getByText('59 left').waitFor()
  })

  it('keys do nothing while one types, and search narrows the queue', async () => {
    opened = await openReview(browser, screens.folder)
    const { page, engine } = opened
    await page.keyboard.press('/')
    await page.keyboard.type('krlez payroll')
    await page.getByText('Nothing matches').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.type('payroll reports')
    await expect.poll(() => page.locator('.queue-item-name bdi').allTextContents().then((names) => [...new Set(names)]))
      .toEqual(['Payroll reports'])
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tree')
    expect(engine.progress().undecided).toBe(60)
  })

  it('tells somebody without a key what to do, and keeps their decisions', async () => {
    opened = await openReview(browser, screens.folder, { isEnrolled: false, items: 12 })
    const { page, engine } = opened
    await page.getByRole('treeitem', { name: /look closer$/ }).first().click()
    await page.keyboard.press('l')
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    await expect.poll(() => engine.progress().lookCloser).toBe(1)
    await page.keyboard.press('Control+Enter')
    await page.getByText('You have no signing key in this workspace yet').waitFor()
    await page.getByText('npx muster enrol helena.brandt@harbourline.example').waitFor()
    expect(await page.getByLabel('Your passphrase').count()).toBe(0)
  })

  it('keeps a group by keyboard after its sample, and takes all of it back with one Z; from the list, too, after coming back', async () => {
    opened = await openReview(browser, screens.folder)
    const { page, engine, announced } = opened
    const keepGroup = async (): Promise<number> => {
      await page.getByRole('button', { name: 'Several at once' }).focus()
      await page.keyboard.press('Enter')
      await page.getByText('Alike and low-risk').waitFor()
      await tabTo(page, /^Open the 3 drawn/)
      await page.keyboard.press('Enter')
      for (let seen = 1; seen <= 3; seen += 1) {
        await page.getByRole('heading', { name: `Drawn item ${seen} of 3` }).waitFor()
        await page.getByRole('button', { name: 'Seen, next' }).and(page.locator('[aria-disabled=false]')).waitFor()
        await tabTo(page, /^Seen, next$/)
        await page.keyboard.press('Enter')
      }
      await tabTo(page, /^Keep all/)
      await page.keyboard.press('Enter')
      await expect.poll(announced).toMatch(/kept together\. Z takes all of it back/)
      await page.getByText('Decided in one go, not signed off yet').waitFor()
      return engine.progress().kept
    }
    const size = await keepGroup()
    expect(size).toBeGreaterThanOrEqual(5)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: `Undo all ${size}` }).waitFor()
    await page.locator('.review-progress').getByText(`${60 - size} left`).waitFor()
    await page.keyboard.press('z')
    await expect.poll(announced).toContain(`Undone: ${size} items undecided again`)
    expect(engine.progress().kept).toBe(0)
    expect(engine.calls.filter(({ procedure }) => procedure === 'review.undoTogether')).toHaveLength(1)
    await page.locator('.review-progress').getByText('60 left').waitFor()

    await keepGroup()
    await page.reload()
    await page.locator('.evidence-card').first().waitFor()
    await page.getByRole('button', { name: 'Several at once' }).click()
    await tabTo(page, new RegExp(`^Undo all ${size}`))
    await page.keyboard.press('Enter')
    await expect.poll(() => engine.progress().kept).toBe(0)
  })

  it('notices a pace at which nothing can be read, without blocking', async () => {
    opened = await openReview(browser, screens.folder)
    const { page, engine } = opened
    for (let at = 0; at < 6; at += 1) {
      await page.locator('.decision-look-closer[aria-disabled=false][aria-pressed=false]').waitFor()
      const before = await shownItem(page)
      await page.keyboard.press('l')
      await page.keyboard.press('1')
      await page.keyboard.press('Enter')
      await expect.poll(() => engine.progress().lookCloser).toBe(at + 1)
      await goOn(page, before)
    }
    await page.getByText('Faster than the evidence can be read').waitFor()
    await page.locator('.decision-look-closer[aria-disabled=false][aria-pressed=false]').waitFor()
    await page.keyboard.press('l')
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    await expect.poll(() => engine.progress().lookCloser).toBe(7)
  })
})
