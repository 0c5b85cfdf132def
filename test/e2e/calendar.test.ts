import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findings } from '../support/axe.ts'
import { hasBrowser, inThemes, openBrowser, openOn, takePicture } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { startFakeHost } from '../support/fake-host.ts'
import { ada, buildWorkspace, launch, mia, specOf, type TestWorkspace } from '../support/workspace-builder.ts'


let place: string
let browser: Browser
let screens: Awaited<ReturnType<typeof buildScreens>>
let at: TestWorkspace
const urls = { officer: '', reviewer: '' }
const closers: (() => Promise<void>)[] = []

const visit = async (url: string, theme: 'light' | 'dark' = 'light') => {
  const opened = await openOn(browser, url, '#/settings/calendar', { theme })
  await opened.page.getByRole('heading', { name: 'Calendar' }).waitFor()
  return opened
}

describe.skipIf(!hasBrowser())('the calendar, in a real browser', () => {
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'muster-calendar-'))
    at = await buildWorkspace(join(place, 'workspace'))
    await launch(at.officer, specOf('Quarterly'))
    screens = await buildScreens()
    browser = await openBrowser()
    const reviewer = await at.app.actor(mia)
    for (const [who, actor] of [['officer', await at.app.officer()], ['reviewer', reviewer]] as const) {
      const host = await startFakeHost(at.app, screens.folder, { actor })
      urls[who] = host.url
      closers.push(host.close)
    }
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    for (const close of closers) await close()
    await at?.close()
    await screens?.remove()
    await rm(place, { recursive: true, force: true })
  })

  it('is set by an officer: working week and ladder, holidays by hand and by file, a campaign that comes again and pauses, a stand-in, a rule', async () => {
    const { page, complaints } = await visit(urls.officer)
    await page.getByText('No campaign comes again by itself').waitFor()
    await takePicture(page, 'calendar-empty')
    await page.getByRole('checkbox', { name: 'Friday' }).uncheck()
    await page.getByRole('checkbox', { name: 'Sunday' }).check()
    await page.getByLabel('Day of step 1').fill('-5')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(() => at.officer.calendar.settings()).toEqual({ weekend: [5, 6], escalation: [{ day: -5, action: 'remind' }] })

    await page.getByLabel('Day', { exact: true }).fill('2099-12-25')
    await page.getByLabel('Name', { exact: true }).fill('Christmas <b>')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('list', { name: 'Holidays' }).getByText('Christmas <b>').waitFor()
    await writeFile(join(place, 'days.csv'), 'Day;Name\n2099-12-25;Again\n2099-12-26;Boxing Day\nnonsense\n')
    await page.getByTestId('holidays-file').setInputFiles(join(place, 'days.csv'))
    await page.getByText('1 day was added from the file. 1 line was no day and was passed over.').first().waitFor()
    await page.getByRole('button', { name: 'Remove Christmas <b>, 25 Dec 2099' }).click()
    await expect.poll(() => at.officer.calendar.holidays()).toEqual([{ day: '2099-12-26', name: 'Boxing Day' }])

    await page.getByRole('button', { name: 'Let one come again…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('First day').fill('2099-01-06')
    await dialog.getByRole('button', { name: 'Let it come again' }).click()
    await page.getByRole('cell', { name: '6 Jan 2099' }).waitFor()
    await page.getByRole('button', { name: 'Pause Quarterly' }).click()
    await page.getByText('Paused', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Resume Quarterly' }).click()
    await page.getByText('Active', { exact: true }).waitFor()

    // It turns when the engine has answered, not when it is clicked.
    await page.getByRole('switch', { name: /Somebody changed jobs/ }).click()
    await expect.poll(async () => (await at.officer.calendar.microRules()).map(({ kind, days, isActive }) => [kind, days, isActive])).toEqual([['mover', 14, true]])
    await page.getByLabel('Grace period, days').fill('21')
    await page.getByRole('button', { name: 'Save the rule: Somebody changed jobs' }).click()
    await expect.poll(async () => (await at.officer.calendar.microRules())[0]?.days).toBe(21)

    await page.getByRole('button', { name: 'Arrange a stand-in…' }).click()
    for (const [field, who] of [['Who is away', mia], ['Who stands in', ada]] as const) {
      await dialog.getByRole('combobox', { name: field }).fill(who)
      await page.getByRole('listbox').getByRole('option').filter({ hasText: who }).first().click()
    }
    await dialog.getByLabel('Last day').fill('2099-12-31')
    await dialog.getByLabel(/^Why/).fill('Parental leave')
    expect(await findings(page)).toEqual([])
    await takePicture(page, 'calendar-away')
    await dialog.getByRole('button', { name: 'Arrange it' }).click()
    await page.getByRole('cell', { name: 'Parental leave' }).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  }, 120_000)

  it('shows a reviewer only who stands in for them, and lets them end it', async () => {
    const { page } = await visit(urls.reviewer)
    await page.getByRole('cell', { name: 'Parental leave' }).waitFor()
    expect(await page.getByRole('heading', { name: 'Holidays' }).count()).toBe(0)
    await page.getByRole('button', { name: `End the standing in for ${mia}` }).click()
    await page.getByRole('dialog').getByLabel(/^Why/).fill('Back early')
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click()
    await page.getByText('Nobody stands in for anybody').waitFor()
    expect((await at.officer.calendar.delegations())[0]?.state).toBe('over')
    await page.context().close()
  })

  it.each(inThemes([{ who: 'officer' as const }, { who: 'reviewer' as const }]))('for the $who ($theme): axe finds nothing', async ({ who, theme }) => {
    const { page, complaints } = await visit(urls[who], theme)
    await page.getByRole('heading', { name: 'Standing in' }).waitFor()
    if (who === 'officer') await page.getByText('Boxing Day').waitFor()
    await takePicture(page, `calendar-${who}-${theme}`)
    await takePicture(page, `calendar-${who}-${theme}-whole`, '.calendar')
    expect(await findings(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
