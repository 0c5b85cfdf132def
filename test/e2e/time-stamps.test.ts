import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorLogIn } from '../../src/main/hosts/error-log.ts'
import { startWebHost } from '../../src/main/hosts/web/web-host.ts'
import { findings } from '../support/axe.ts'
import { goTo, hasBrowser, openBrowser, takePicture } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { createTimeAuthority, serveTimeAuthority, type TimeAuthority } from '../support/time-authority.ts'
import { hasTools } from '../support/witness-tools.ts'
import { buildWorkspace, finish, launch, openWorkspace, passphrase, specOf, type TestWorkspace } from '../support/workspace-builder.ts'

const auditor = 'ingrid.auditor@example.com'

/** The real engine, and openssl as the authority: named on one screen, asked and answered by file on the other, checked on the third. */
describe.runIf(hasBrowser() && hasTools(['openssl']))('the time of a bundle', () => {
  let folder: string
  let workspace: TestWorkspace
  let host: Awaited<ReturnType<typeof startWebHost>>
  let screens: Awaited<ReturnType<typeof buildScreens>>
  let served: Awaited<ReturnType<typeof serveTimeAuthority>>
  let browser: Browser
  let page: Page
  let authority: TimeAuthority
  let other: TimeAuthority
  let bundles: string[]

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-time-e2e-'))
    authority = createTimeAuthority(join(folder, 'authority'))
    other = createTimeAuthority(join(folder, 'other'), { name: 'Other Time' })
    served = await serveTimeAuthority((query) => ({ body: authority.answer(query) }))
    await (await buildWorkspace(join(folder, 'w'))).close()
    workspace = await openWorkspace(join(folder, 'w'), { threads: false, host: 'web' })
    await workspace.officer.workspace.enrol({ email: auditor, name: 'Ingrid Auditor', roles: ['auditor'], passphrase, officerPassphrase: passphrase })
    const campaign = await launch(workspace.officer, specOf('Quarter'))
    await workspace.officer.campaigns.close({ campaign })
    const first = await finish(await workspace.officer.evidence.seal({ campaign, passphrase }))
    const second = await finish(await workspace.officer.evidence.seal({ campaign, passphrase, reason: 'again' }))
    bundles = [first.path, second.path]
    screens = await buildScreens()
    browser = await openBrowser()
    host = await startWebHost({
      router: workspace.app.router, people: await workspace.app.people(), renderer: screens.folder, incoming: workspace.app.incoming, log: errorLogIn(folder), port: 0,
    })
    page = await open((await workspace.app.officer()).email)
  })
  afterAll(async () => {
    await browser.close()
    await host.close()
    await workspace.close()
    await served.close()
    await screens.remove()
    await rm(folder, { recursive: true, force: true })
  })

  async function open(email: string, locale = 'en-GB'): Promise<Page> {
    const opened = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true, locale, reducedMotion: 'reduce' })).newPage()
    await opened.goto(host.links.find(({ person }) => person.email === email)?.url ?? '')
    await opened.getByRole('navigation').first().waitFor()
    return opened
  }

  it('is nobody’s but ours until an officer names an authority, which is asked first and must be believed', async () => {
    await goTo(page, '#/settings/time-authority')
    await page.getByText('No authority is asked').waitFor()
    await takePicture(page, 'time-authority-none')
    await page.getByRole('button', { name: 'Name an authority…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Name a time authority' })
    const ask = dialog.getByRole('button', { name: 'Ask it once' })
    await dialog.getByLabel('Address').fill('https://time.example.com/tsr')
    await dialog.getByLabel('Its certificate, or the root it comes from').setInputFiles(other.rootFile)
    await dialog.getByLabel('time.example.com may be asked: hashes leave this machine, nothing else does').waitFor()
    expect(await ask.isDisabled()).toBe(true)
    await dialog.getByLabel('Address').fill(served.url)
    await ask.click()
    await dialog.getByRole('alert').getByText('does not come from an authority whose certificate was given').waitFor()
    await dialog.getByLabel('Its certificate, or the root it comes from').setInputFiles(authority.rootFile)
    await ask.click()
    await dialog.getByText('Example Time unit 1').waitFor()
    expect(await findings(page)).toEqual([])
    await takePicture(page, 'time-authority-answer')
    const submit = dialog.getByRole('button', { name: 'Name it' })
    expect(await submit.isDisabled()).toBe(true)
    await dialog.getByLabel('I compared this fingerprint with the one the authority publishes').check()
    await submit.click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Asked at each seal').waitFor()
    expect(await workspace.officer.evidence.timeAuthority()).toMatchObject({ url: served.url, roots: [{ name: 'Example Time root' }] })
    await page.getByRole('button', { name: 'Test it now' }).click()
    await page.getByRole('status').getByText(/^Example Time unit 1 answered\. It says it is /).waitFor()
    await takePicture(page, 'time-authority')
  })

  it('is proven by asking now, or by a request and an answer that travel as files; what is wrong with an answer is said', async () => {
    await goTo(page, '#/evidence')
    await page.getByRole('button', { name: 'Prove the time of Quarter, Version 1' }).click()
    const asking = page.getByRole('dialog', { name: 'The time of Quarter, Version 1' })
    await asking.getByRole('button', { name: `Ask ${new URL(served.url).host}` }).click()
    await asking.waitFor({ state: 'detached' })
    const row = (version: number) => page.locator('.bundle').filter({ has: page.locator('.badge').getByText(`Version ${version}`, { exact: true }) })
    await row(1).getByText(/^Time proven: Example Time unit 1 saw it on /).waitFor()

    await page.getByRole('button', { name: 'Prove the time of Quarter, Version 2' }).click()
    const dialog = page.getByRole('dialog', { name: 'The time of Quarter, Version 2' })
    await dialog.getByRole('button', { name: 'Take the answer in' }).waitFor()
    expect(await findings(page)).toEqual([])
    await takePicture(page, 'time-dialog')
    const [saved] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Save the request' }).click()])
    expect(saved.suggestedFilename()).toMatch(/-v2\.tsq$/)
    const request = await readFile(await saved.path())
    const give = async (name: string, answer: Buffer): Promise<void> => {
      await writeFile(join(folder, name), answer)
      await dialog.locator('input[type=file]').setInputFiles(join(folder, name))
      await dialog.getByText(name).waitFor()
      await dialog.getByRole('button', { name: 'Take the answer in' }).click()
    }
    await give('first.tsr', await readFile(join(bundles[0] ?? '', 'manifest.tsr')))
    await dialog.getByRole('alert').getByText('it answers a request for another bundle, or for another version of this one').waitFor()
    await takePicture(page, 'time-dialog-refused')
    await dialog.getByRole('button', { name: 'Take away first.tsr' }).click()
    await give('foreign.tsr', other.answer(request))
    await dialog.getByRole('alert').getByText('does not come from an authority whose certificate was given').waitFor()
    await dialog.getByRole('button', { name: 'Take away foreign.tsr' }).click()
    await give('answer.tsr', authority.answer(request))
    await dialog.waitFor({ state: 'detached' })
    await row(2).getByText(/^Time proven: Example Time unit 1 saw it on /).waitFor()
    expect((await workspace.officer.evidence.bundles()).map(({ time }) => time.state)).toEqual(['proven', 'proven'])
  })

  it('is checked with everything the command takes, as files; a failed check comes first', async () => {
    const section = page.getByRole('region', { name: 'Verify any bundle' })
    const verify = section.getByRole('button', { name: 'Verify', exact: true })
    const [first = ''] = bundles
    await section.getByLabel('Bundle', { exact: true }).fill(first)
    await section.getByLabel('Root certificate (--root)').setInputFiles(join(folder, 'w', 'keys', 'root.pem'))
    await section.getByLabel('Checkpoints seen earlier (--seen)').setInputFiles(join(first, 'checkpoint'))
    await section.getByLabel('Time authority (--tsa)').setInputFiles({ name: 'other.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(other.rootPem) })
    for (const name of ['root.pem', 'checkpoint', 'other.pem']) await section.getByRole('button', { name: `Take away ${name}` }).waitFor()
    await verify.click()
    await section.getByRole('group', { name: 'Failed' }).getByText(/manifest\.tsr: the time stamp does not come from an authority whose certificate was given/).waitFor()
    await section.getByText('This bundle is not what was sealed').waitFor()
    expect(await section.getByRole('heading', { level: 3 }).allTextContents()).toEqual(['Failed', 'Files and signatures', 'The log', 'What the report says'])
    await takePicture(page, 'verify-failed')
    await section.getByRole('button', { name: 'Take away other.pem' }).click()
    await section.getByLabel('Time authority (--tsa)').setInputFiles({ name: 'ours.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(authority.rootPem) })
    await section.getByRole('button', { name: 'Take away ours.pem' }).waitFor()
    await verify.click()
    await section.getByText('This bundle is what was sealed').waitFor()
    await section.getByRole('group', { name: 'Passed: The time' }).getByText(/manifest\.tsr: Example Time unit 1/).waitFor()
    await section.getByRole('group', { name: 'Passed: The log' }).getByText('The checkpoints you were given earlier are the beginning of this log').waitFor()
    // No list of revoked certificates is one of another organisation.
    await section.getByLabel('Revocation lists (--crl)').setInputFiles({ name: 'none.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from('no list') })
    await section.getByRole('button', { name: 'Take away none.pem' }).waitFor()
    await verify.click()
    await section.getByRole('group', { name: 'Failed' }).getByText('none.pem is not a revocation list of this organisation').waitFor()
  })

  it('is read by an auditor, who changes nothing; axe finds nothing, in both themes, and in German', async () => {
    for (const [who, locale, theme] of [[auditor, 'en-GB', 'light'], [auditor, 'de-DE', 'dark']] as const) {
      const forAuditor = await open(who, locale)
      await forAuditor.emulateMedia({ colorScheme: theme })
      for (const [hash, heading] of [['#/settings/time-authority', /^(Time authority|Zeitstempeldienst)$/], ['#/evidence', /^(Sealed bundles|Versiegelte Nachweispakete)$/]] as const) {
        await goTo(forAuditor, hash)
        await forAuditor.getByRole('heading', { level: 2, name: heading }).waitFor()
        await forAuditor.getByText(hash === '#/evidence' ? /^(Time proven|Zeit bewiesen): / : /^(Asked at each seal|Wird bei jedem Versiegeln gefragt)$/).first().waitFor()
        expect(await forAuditor.getByRole('button', { name: /^(Name|Dienst|Test|Ask|Prove|Zeit beweisen|Jetzt)/ }).count()).toBe(0)
        expect(await findings(forAuditor)).toEqual([])
        for (const [width, height] of [[1280, 800], [1920, 1080]] as const) {
          await forAuditor.setViewportSize({ width, height })
          await takePicture(forAuditor, `${hash.replace(/\W+/g, '-')}-${locale}-${theme}-${width}`)
        }
        await forAuditor.setViewportSize({ width: 1280, height: 800 })
      }
      await forAuditor.context().close()
    }
  })

  it('is nobody’s again once the officer asks nobody any more, and what was stamped stays proven', async () => {
    await goTo(page, '#/settings/time-authority')
    await page.getByRole('button', { name: 'Ask nobody any more' }).click()
    const dialog = page.getByRole('dialog', { name: 'Ask no time authority any more?' })
    await dialog.getByRole('button', { name: 'Ask nobody any more' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('No authority is asked').waitFor()
    await page.getByText('Named before; their stamps still stand').waitFor()
    expect((await workspace.officer.evidence.bundles()).map(({ time }) => time.state)).toEqual(['proven', 'proven'])
  })
})
