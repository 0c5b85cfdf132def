import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorLogIn } from '../../src/main/hosts/error-log.ts'
import { startWebHost } from '../../src/main/hosts/web/web-host.ts'
import { findings } from '../support/axe.ts'
import { goTo, hasBrowser, openBrowser } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { pastDecisionsFile } from '../support/past-decisions-file.ts'
import { buildWorkspace, finish, openWorkspace, type TestWorkspace } from '../support/workspace-builder.ts'

/** The real engine behind the real web host, training in its worker thread. One story; each part builds on the one before. */
describe.runIf(hasBrowser())('the officer learns from past decisions on the screen', () => {
  let folder: string
  let workspace: TestWorkspace
  let host: Awaited<ReturnType<typeof startWebHost>>
  let screens: Awaited<ReturnType<typeof buildScreens>>
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-learning-e2e-'))
    await (await buildWorkspace(join(folder, 'w'))).close()
    workspace = await openWorkspace(join(folder, 'w'), { threads: true })
    screens = await buildScreens()
    browser = await openBrowser()
    host = await startWebHost({
      router: workspace.app.router, people: [await workspace.app.officer()], renderer: screens.folder, incoming: workspace.app.incoming,
      log: errorLogIn(folder), port: 0,
    })
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
    await page.goto(host.links[0]?.url ?? '')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await goTo(page, '#/policies/learning')
  })
  afterAll(async () => {
    await browser.close()
    await host.close()
    await workspace.close()
    await screens.remove()
    await rm(folder, { recursive: true, force: true })
  })

  it('says how many decisions are missing while there is too little to learn from, and offers no learning', async () => {
    await page.getByText('20 more kept and 20 more revoked decisions are needed').waitFor()
    expect(await page.getByRole('button', { name: 'Learn from them' }).count()).toBe(0)
    expect(await findings(page)).toEqual([])
  })

  it('learns in the background and shows what would change, in sentences, without using it yet', async () => {
    const file = join(folder, 'history.csv')
    await writeFile(file, pastDecisionsFile())
    await finish(await workspace.officer.learning.importFile({ file }))
    await page.reload()
    await page.getByRole('button', { name: 'Learn from them' }).click()
    await page.getByRole('heading', { name: 'Model 1' }).waitFor({ timeout: 60_000 })
    await page.getByText('In shadow').first().waitFor()
    await page.getByText('Default weights in force').waitFor()
    await page.getByText(/recommendations? changes?\.|recommendations change\./).first().waitFor()
    await page.getByText('ERP administration (ERP)').first().waitFor()
    expect(await findings(page)).toEqual([])
  })

  it('activates after asking once more, and rolls back with a reason, by keyboard', async () => {
    await page.getByRole('button', { name: 'Activate' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    expect(await findings(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Activate' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Model 1 in force').waitFor()
    expect((await workspace.officer.learning.overview()).active).toBe(1)

    await page.getByRole('button', { name: 'Roll back' }).click()
    expect(await dialog.getByRole('button', { name: 'Roll back' }).isDisabled()).toBe(true)
    await dialog.getByLabel('Reason').fill('too strict for the quarter end')
    await dialog.getByRole('button', { name: 'Roll back' }).click()
    await page.getByText('Default weights in force').waitFor()
    expect((await workspace.officer.learning.overview()).active).toBeNull()
    await page.getByText('No longer in force').first().waitFor()
  })
})
