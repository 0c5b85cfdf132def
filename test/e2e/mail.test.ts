import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp, type App } from '../../src/main/app.ts'
import { findings } from '../support/axe.ts'
import { goTo, hasBrowser, inThemes, openBrowser, openOn, takePicture } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { startFakeHost } from '../support/fake-host.ts'
import { mailUser, startMailServer, type MailServer } from '../support/mail-server.ts'
import { ada, asOf, buildWorkspace, launch, mia, olga, specOf, type Client } from '../support/workspace-builder.ts'

let place: string
let browser: Browser
let screens: Awaited<ReturnType<typeof buildScreens>>
let app: App
let officer: Client
let host: Awaited<ReturnType<typeof startFakeHost>>
let server: MailServer

const settingsAt = async (look: { readonly theme?: 'light' | 'dark'; readonly width?: number; readonly height?: number } = {}) => {
  const opened = await openOn(browser, host.url, '#/settings/mail', look)
  await opened.page.getByRole('heading', { name: 'Mail', exact: true }).waitFor()
  return opened
}

const chase = async (page: Page): Promise<void> => {
  await page.getByRole('group', { name: 'Actions' }).getByRole('button', { name: 'Chase' }).click()
  await page.getByRole('dialog', { name: 'Chase those who owe an answer' }).getByRole('button', { name: /^(?:Send|Write) / }).waitFor()
}

describe.skipIf(!hasBrowser())('mail, in a real browser', () => {
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'muster-mail-e2e-'))
    const built = await buildWorkspace(join(place, 'workspace'))
    await launch(built.officer, specOf('Quarterly'))
    await built.close()
    app = await createApp({ folder: join(place, 'workspace'), asOf, host: 'web', threads: false, env: {} })
    const actor = await app.officer()
    officer = createRouterClient(app.router, { context: { actor } })
    server = await startMailServer({ security: 'starttls', asksForUser: true })
    await writeFile(join(place, 'ca.pem'), server.ca)
    screens = await buildScreens()
    browser = await openBrowser()
    host = await startFakeHost(app, screens.folder, { actor })
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await host?.close()
    await app?.close()
    await server?.close()
    await screens?.remove()
    await rm(place, { recursive: true, force: true })
  })

  it('is set up, tried and used to chase: what is wrong is said where it is, a refused address is shown, the rest is sent', async () => {
    const { page, complaints } = await settingsAt()
    await page.getByText('Mail is off. Nothing is sent.').waitFor()
    await takePicture(page, 'mail-off')
    // Nothing is filled in yet.
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('A host name, without port or path.').waitFor()
    expect(await findings(page)).toEqual([])

    await page.getByLabel('Host name').fill('mail.acme.example')
    await page.getByRole('checkbox', { name: 'Mail may go to mail.acme.example' }).waitFor()
    expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true)
    await page.getByLabel('Host name').fill('127.0.0.1')
    await page.getByLabel('Port', { exact: true }).fill(String(server.port))
    await page.getByLabel('User name', { exact: true }).fill(mailUser.name)
    await page.getByLabel('Sender address').fill('access-review@acme.example')
    // Where no operating system keeps secrets, they lie under a passphrase that is chosen now.
    await page.getByLabel('Passphrase for the secrets').fill('secrets of the company')
    await page.getByRole('button', { name: 'Choose this passphrase' }).click()
    await page.getByText('Secrets are locked').waitFor({ state: 'detached' })
    await page.getByLabel('Password', { exact: true }).fill(mailUser.password)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Send a test to me' }).click()
    await page.getByText('The server’s certificate is not trusted.').waitFor()

    await page.getByLabel(/^Certificate of the authority/).setInputFiles(join(place, 'ca.pem'))
    await page.getByLabel('At most a minute').fill('6000')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    // Appears with what was kept; the answer to the former settings goes with them.
    await page.getByRole('button', { name: 'Trust only the usual ones' }).waitFor()
    await page.getByText('The server’s certificate is not trusted.').waitFor({ state: 'detached' })
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('')
    await page.getByRole('button', { name: 'Send a test to me' }).click()
    await page.getByText(`Sent to ${olga}.`, { exact: true }).waitFor()
    await takePicture(page, 'mail-set')

    server.mood.refuses.set(ada, { code: 550, text: '5.1.1 No such mailbox' })
    await goTo(page, '#/campaigns/1')
    await chase(page)
    const dialog = page.getByRole('dialog', { name: 'Chase those who owe an answer' })
    await takePicture(page, 'mail-chase')
    await dialog.getByRole('button', { name: 'Send 3 letters' }).click()
    await dialog.getByText('2 letters were sent.').waitFor()
    await dialog.getByRole('row', { name: /Ada Above/ }).getByText('The server does not take mail for this address.').waitFor()
    await takePicture(page, 'mail-sent')
    expect(await findings(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
    await dialog.waitFor({ state: 'detached' })
    // The first one was the test.
    expect(new Set(server.received.slice(1).map(({ to }) => to[0]))).toEqual(new Set([mia, olga]))

    server.mood.refuses.clear()
    expect((await officer.calendar.tick()).letters).toEqual({ sent: 1, refused: 0, unknown: 0 })
    await goTo(page, '#/settings/mail')
    await page.getByRole('checkbox', { name: 'Remind by mail by itself' }).check()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(async () => (await officer.mail.settings()).settings?.remindsBySelf).toBe(true)
    await page.evaluate(() => { localStorage.setItem('muster.language', 'de') })
    await page.reload()
    await page.getByRole('button', { name: 'Probe an mich senden' }).waitFor()
    await takePicture(page, 'mail-german', '.settings-content')
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    expect(complaints).toEqual([])
    await page.context().close()
  }, 120_000)

  it.each(inThemes([{ width: 1280, height: 800 }, { width: 1920, height: 1080 }]))('at $width × $height ($theme): axe finds nothing', async ({ theme, ...size }) => {
    const { page, complaints } = await settingsAt({ theme, ...size })
    await page.getByRole('button', { name: 'Send a test to me' }).waitFor()
    expect(await findings(page)).toEqual([])
    await takePicture(page, `mail-settings-${size.width}-${theme}`)
    await goTo(page, '#/campaigns/1')
    await chase(page)
    expect(await findings(page)).toEqual([])
    await takePicture(page, `mail-chase-${size.width}-${theme}`)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('switched off, nothing is sent and the letters can still be taken along', async () => {
    const { page } = await settingsAt()
    await page.getByRole('button', { name: 'Switch mail off' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Switch mail off' }).click()
    await page.getByText('Mail is off. Nothing is sent.').waitFor()
    expect(await officer.mail.settings()).toMatchObject({ settings: null, hasPassword: false })
    await goTo(page, '#/campaigns/1')
    await chase(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Write 3 letters' }).waitFor()
    await page.context().close()
  })
})
