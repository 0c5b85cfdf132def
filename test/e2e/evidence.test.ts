import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorLogIn } from '../../src/main/hosts/error-log.ts'
import { startWebHost } from '../../src/main/hosts/web/web-host.ts'
import { findings } from '../support/axe.ts'
import { goTo, hasBrowser, openBrowser, takePicture } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { buildWorkspace, finish, launch, openWorkspace, passphrase, specOf, type TestWorkspace } from '../support/workspace-builder.ts'

const auditor = 'ingrid.auditor@example.com'

/** The real engine behind the real web host: what is typed here is in the log, and what is verified is a bundle on the disk. */
describe.runIf(hasBrowser())('the officer’s evidence screen', () => {
  let folder: string
  let workspace: TestWorkspace
  let host: Awaited<ReturnType<typeof startWebHost>>
  let screens: Awaited<ReturnType<typeof buildScreens>>
  let browser: Browser
  let page: Page
  let campaign: number
  let bundle: string
  let zip: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-evidence-e2e-'))
    await (await buildWorkspace(join(folder, 'w'))).close()
    workspace = await openWorkspace(join(folder, 'w'), { threads: false, host: 'web' })
    await workspace.officer.workspace.enrol({ email: auditor, name: 'Ingrid Auditor', roles: ['auditor'], passphrase, officerPassphrase: passphrase })
    campaign = await launch(workspace.officer, specOf('Quarter'))
    await workspace.officer.campaigns.close({ campaign })
    const sealed = await finish(await workspace.officer.evidence.seal({ campaign, passphrase, zip: true }))
    bundle = sealed.path
    zip = sealed.zip ?? ''
    screens = await buildScreens()
    browser = await openBrowser()
    host = await startWebHost({
      router: workspace.app.router, people: await workspace.app.people(), renderer: screens.folder, incoming: workspace.app.incoming,
      log: errorLogIn(folder), port: 0,
    })
    page = await open((await workspace.app.officer()).email)
  })
  afterAll(async () => {
    await browser.close()
    await host.close()
    await workspace.close()
    await screens.remove()
    await rm(folder, { recursive: true, force: true })
  })

  async function open(email: string): Promise<Page> {
    const opened = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true })).newPage()
    await opened.goto(host.links.find(({ person }) => person.email === email)?.url ?? '')
    await opened.getByRole('heading', { level: 1 }).waitFor()
    await goTo(opened, '#/evidence')
    await opened.getByRole('heading', { level: 1, name: 'Evidence' }).waitFor()
    return opened
  }

  it('verifies a zip and a folder from anywhere, in the words of the command line, and refuses what is neither', async () => {
    const check = async (path: string): Promise<void> => {
      await page.getByLabel('Bundle', { exact: true }).fill(path)
      await page.locator('form').filter({ hasText: 'Root certificate' }).getByRole('button', { name: 'Verify' }).click()
    }
    for (const path of [zip, bundle]) {
      await check(path)
      await page.getByText('This bundle is what was sealed').waitFor()
      await page.getByText('What the report tells beside the figures is what its events tell').waitFor()
    }
    await check(join(folder, 'nowhere'))
    await page.getByText('is not a folder').waitFor()
  })

  it('records a test, a sample and a line of custody, and shows them at once', async () => {
    await page.getByLabel('How it was tested').fill('Headcount report of 31 October')
    await page.getByLabel('Expected').fill('6')
    await page.getByLabel('Found', { exact: true }).fill('5')
    await page.getByRole('button', { name: 'Enter test' }).click()
    await page.getByRole('cell', { name: 'FAILED' }).waitFor()
    await page.getByLabel('Seed').fill('4 8 15 16 23 42')
    await page.getByLabel('How many items').fill('2')
    await page.getByRole('button', { name: 'Draw sample' }).click()
    await page.getByRole('cell', { name: '4 8 15 16 23 42' }).waitFor()
    await page.getByLabel('Where, or to whom').fill('Audit share, folder Q4')
    await page.getByRole('button', { name: 'Write into the custody log' }).click()
    await page.getByRole('cell', { name: 'Audit share, folder Q4' }).waitFor()
    const { tests, samples, custody } = await workspace.officer.evidence.notes({ campaign })
    expect(tests).toMatchObject([{ expected: 6, found: 5 }])
    expect(samples[0]?.items).toHaveLength(2)
    expect(custody).toMatchObject([{ what: 'stored' }])
  })

  it('lets an auditor look into a sample, drawn again with its seed, and take it along, without a form that would be refused', async () => {
    const forAuditor = await open(auditor)
    await forAuditor.getByRole('button', { name: 'Show 2 items… Sample 1' }).press('Enter')
    const dialog = forAuditor.getByRole('dialog')
    await dialog.getByText('Drawn again with its seed just now: the same items.').waitFor()
    expect(await dialog.getByRole('row').count()).toBe(3)
    expect(await findings(forAuditor)).toEqual([])
    await takePicture(forAuditor, 'sample')
    const [saved] = await Promise.all([forAuditor.waitForEvent('download'), dialog.getByRole('button', { name: 'Save as CSV' }).click()])
    expect(saved.suggestedFilename()).toBe(`campaign-${campaign}-sample-1.csv`)
    const { samples } = await workspace.officer.evidence.notes({ campaign })
    expect((await readFile(await saved.path(), 'utf8')).trimEnd().split('\r\n').slice(1).map((row) => Number(row.split(',')[0]))).toEqual(samples[0]?.items)
    await forAuditor.keyboard.press('Escape')
    const buttons = await forAuditor.locator('.page-inner button').allTextContents()
    expect(buttons.filter((words) => !/^(Verify|Choose a zip…|Show 2 items…|Check the log)$/.test(words))).toEqual([])
  })

  it('seals a new version with its reason; it supersedes the one before, and both verify', async () => {
    await page.getByRole('button', { name: 'Seal a new version… Quarter' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Why a new version').fill('The removals are proved now')
    await dialog.getByLabel('Your passphrase').fill('not hers')
    await page.keyboard.press('Enter')
    await dialog.locator('.field-error').getByText(/./).waitFor()
    await dialog.getByLabel('Your passphrase').fill(passphrase)
    await page.keyboard.press('Enter')
    await dialog.getByText('Version 2').waitFor()
    await dialog.locator('.dialog-foot').getByRole('button', { name: 'Close' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Superseded by version 2').waitFor()
    for (const version of [2, 1]) await page.getByRole('button', { name: `Verify the bundle of Quarter, Version ${version}` }).press('Enter')
    await expect.poll(() => page.locator('.bundle').getByText('This bundle is what was sealed').count(), { timeout: 60_000 }).toBe(2)
    expect((await workspace.officer.evidence.notes({ campaign })).amendments).toMatchObject([{ supersedes: 1, reason: 'The removals are proved now' }])
  })

  it('asks for the last day before it takes a retention, by keyboard alone, and breaks no rule of accessibility in light or dark', async () => {
    await page.getByLabel('Where, or to whom').fill('Archive')
    await page.getByLabel('What happened').selectOption('retention')
    const write = page.getByRole('button', { name: 'Write into the custody log' })
    expect(await write.isDisabled()).toBe(true)
    await page.getByLabel('Kept until').fill('2033-12-31')
    await page.getByLabel('Note (optional)').press('Enter')
    await page.getByRole('cell', { name: '2033-12-31' }).waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await findings(page)).toEqual([])
      await takePicture(page, `evidence-${colorScheme}`)
    }
  })
})
