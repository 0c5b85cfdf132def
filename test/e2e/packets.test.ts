import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findings } from '../support/axe.ts'
import { goTo, hasBrowser, inThemes, openBrowser, openOn, takePicture } from '../support/browser.ts'
import type { openPage } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { openPacketOffice } from '../support/packet-office.ts'
import { goOn, shownItem } from '../support/review-page.ts'
import { ada, buildWorkspace, copyWorkspace, finish, launch, mia, openWorkspace, passphrase, specOf, type TestWorkspace } from '../support/workspace-builder.ts'

const own = 'four calm horses cross 7 rivers'

interface Office { readonly at: TestWorkspace; readonly url: string; readonly close: () => Promise<void> }

let place: string
let template: string
let browser: Browser
let screens: Awaited<ReturnType<typeof buildScreens>>
const offices = new Map<string, Office>()

const office = async (name: string, prepare: (at: TestWorkspace) => Promise<unknown>): Promise<Office> => {
  const at = await openWorkspace(await copyWorkspace(template, join(place, name)), { host: 'web' })
  await prepare(at)
  const { url, close } = await openPacketOffice(at.app, join(place, `${name}-disk`), screens.folder)
  const made = { at, url, close: async () => { await close(); await at.close() } }
  offices.set(name, made)
  return made
}

const find = (name: string): Office => {
  const found = offices.get(name)
  if (found === undefined) throw new Error(`${name} was not served`)
  return found
}

const visit = (url: string, hash: string, how: Parameters<typeof openPage>[2] = {}) => openOn(browser, url, hash, how)

const launched = (at: TestWorkspace): Promise<unknown> => launch(at.officer, specOf('By packet', { rules: { reasonRequired: [], controlSharePercent: 0 } }))

const toldPassphrase = async (file: string, email: string): Promise<string> =>
  (await readFile(file, 'utf8')).split('\n').findLast((line) => line.startsWith(`${email},`))?.split(',')[2] ?? ''

/** Packets for two people: one answered, one expired on its way. */
const underway = async (at: TestWorkspace): Promise<void> => {
  await launched(at)
  await finish(await at.officer.packets.write({ campaign: 1, reviewers: [mia, ada], out: join(place, 'underway-out'), expiresOn: '2099-12-31', passphrase }))
}

const door = async (page: Page, file: string): Promise<void> => {
  await page.getByTestId('file-input').setInputFiles(file)
}

describe.skipIf(!hasBrowser())('review packets, in a real browser', () => {
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'muster-packet-screens-'))
    template = join(place, 'workspace')
    await (await buildWorkspace(template)).close()
    screens = await buildScreens()
    browser = await openBrowser()
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    for (const one of offices.values()) await one.close()
    await screens?.remove()
    await rm(place, { recursive: true, force: true })
  })

  it('goes from the officer to a manager’s own workspace and back: written, opened with what was told, decided, signed, sent, enrolled by voice, taken once', async () => {
    const { url } = await office('journey', launched)
    const { page: officer, complaints } = await visit(url, '#/packets')
    await officer.getByRole('checkbox', { name: 'Choose Mia Manager' }).check()
    await takePicture(officer, 'packets-chosen')
    await officer.getByRole('button', { name: 'Write 1 packet…' }).click()
    const dialog = officer.getByRole('dialog')
    await dialog.getByLabel('Last day an answer is taken').fill('2099-12-31')
    await dialog.getByLabel('Your passphrase').fill('not this one')
    await dialog.getByRole('button', { name: 'Write 1 packet' }).click()
    await dialog.getByText('does not open your key').waitFor()
    await dialog.getByLabel('Your passphrase').fill(passphrase)
    await takePicture(officer, 'packets-write')
    await dialog.getByRole('button', { name: 'Write 1 packet' }).click()
    await dialog.getByText('1 packet written').waitFor()
    await takePicture(officer, 'packets-written')
    const files = await dialog.locator('.path-line').allTextContents()
    await dialog.getByRole('button', { name: 'Passphrases to tell…' }).click()
    const sheet = officer.getByRole('article', { name: 'For Mia Manager' })
    await sheet.waitFor()
    expect(await sheet.locator('.told-passphrase').textContent()).toBe(await toldPassphrase(files[1] ?? '', mia))
    expect(await findings(officer)).toEqual([])
    await takePicture(officer, 'packets-sheets')
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await dialog.getByText('1 packet written').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await officer.getByText('Out until 31 Dec 2099').waitFor()
    const { packets } = find('journey').at.officer
    const packet = (await packets.list({ campaign: 1 }))[0]?.path ?? ''
    const told = await toldPassphrase(files[1] ?? '', mia)

    const { page: manager, complaints: others } = await visit(url, '#/packet')
    await door(manager, packet)
    await manager.getByText('opens with the passphrase your officer told you').waitFor()
    const fill = async (packetPassphrase: string): Promise<void> => {
      await manager.getByLabel('Passphrase of the packet').fill(packetPassphrase)
      await manager.getByLabel('Your own passphrase', { exact: true }).fill(own)
      await manager.getByLabel('Your own passphrase again').fill(own)
      await manager.getByRole('button', { name: 'Open the packet' }).click()
    }
    await fill('abcde-abcde-abcde')
    await manager.getByText('That passphrase does not open it').waitFor()
    await takePicture(manager, 'packet-wrong')
    await fill(told)
    await manager.getByText('The packet is open').waitFor({ timeout: 30_000 }).catch(async () => { throw new Error(`not opened with “${told}”: ${await manager.getByRole('alert').allTextContents()}`) })
    await takePicture(manager, 'packet-opened')
    const digits = (await manager.getByRole('group', { name: 'Your key’s digits' }).getByRole('listitem', { includeHidden: true }).allTextContents()).join(' ')
    expect(digits).toMatch(/^(\d{5} ?){8}$/)
    await manager.getByRole('button', { name: 'To the review' }).click()
    await manager.waitForURL((to) => to.origin !== new URL(url).origin)
    await manager.getByRole('heading', { name: 'Today' }).waitFor()
    await goTo(manager, '#/packet')
    await manager.getByText('Sign off at least one decision').waitFor()
    await takePicture(manager, 'packet-own')
    await manager.getByRole('link', { name: 'To the review' }).click()
    await manager.locator('.evidence-card').first().waitFor()
    await manager.getByRole('button', { name: 'Close the introduction' }).click()
    const mine = (await (await find('journey').at.as(mia)).review.queue({ campaign: 1 })).items.length
    for (let left = mine; left > 0; left -= 1) {
      await manager.locator('.decision-keep[aria-disabled=false][aria-pressed=false]').waitFor()
      const before = await shownItem(manager)
      await manager.keyboard.press('k')
      await manager.locator('.review-progress').getByText(left === 1 ? `${mine} of ${mine} decided` : `${left - 1} left`).waitFor()
      await goOn(manager, before)
    }
    await takePicture(manager, 'packet-review')
    await manager.getByRole('heading', { name: 'Everything is decided' }).waitFor()
    await manager.keyboard.press('Control+Enter')
    const signing = manager.getByRole('dialog')
    await signing.getByRole('textbox').last().fill(own)
    await signing.getByRole('button', { name: /^Sign/ }).click()
    await signing.getByRole('link', { name: /Today/ }).click()
    await manager.getByText('The last step is the response').waitFor()
    await manager.getByRole('link', { name: 'Save the response' }).click()
    await manager.getByLabel('Your passphrase').fill(own)
    const [saved] = await Promise.all([manager.waitForEvent('download'), manager.getByRole('button', { name: 'Save the response' }).click()])
    await manager.getByText('The response is saved').first().waitFor()
    await takePicture(manager, 'packet-saved')
    const response = join(place, saved.suggestedFilename())
    await saved.saveAs(response)
    expect(response).toMatch(/\.musterpack-response$/)

    await officer.getByTestId('file-input').setInputFiles(response)
    await officer.getByRole('dialog').getByLabel('Your passphrase').fill(passphrase)
    await officer.getByRole('button', { name: 'Check and take in' }).click()
    await officer.getByText('nobody has certified yet').waitFor()
    await takePicture(officer, 'packets-refused')
    await officer.getByRole('button', { name: 'Look at their key…' }).click()
    await officer.getByRole('dialog').getByLabel('Your passphrase').fill(passphrase)
    await officer.getByRole('button', { name: 'Look at the key' }).click()
    await officer.getByRole('group', { name: 'Their forty digits' }).waitFor()
    const shown = (await officer.getByRole('group', { name: 'Their forty digits' }).getByRole('listitem', { includeHidden: true }).allTextContents()).join(' ')
    expect(shown).toBe(digits)
    expect(await officer.getByRole('button', { name: /^Enrol this key/ }).isDisabled()).toBe(true)
    await officer.getByRole('checkbox', { name: /read out all forty digits/ }).check()
    await takePicture(officer, 'packets-enrol')
    expect(await findings(officer)).toEqual([])
    await officer.getByRole('button', { name: /^Enrol this key/ }).click()
    await officer.getByText('is enrolled').first().waitFor()
    await officer.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    await officer.getByText(`${mine} decisions taken and signed off`).waitFor()
    await takePicture(officer, 'packets-taken')
    expect((await packets.list({ campaign: 1 }))[0]).toMatchObject({ merged: mine, conflicts: 0 })

    await officer.getByTestId('file-input').setInputFiles([response, packet])
    await officer.getByRole('dialog').getByLabel('Your passphrase').fill(passphrase)
    await officer.getByRole('button', { name: 'Check and take in' }).click()
    await officer.getByText('Taken before; nothing was changed').waitFor()
    await officer.getByText('The response cannot be read').waitFor()

    await goTo(manager, '#/packet/open')
    await door(manager, packet)
    await manager.getByRole('heading', { name: 'You opened this packet before' }).waitFor()
    expect(await manager.getByRole('button', { name: 'Go on with the review' }).isDisabled()).toBe(true)
    await manager.getByLabel('Your own passphrase', { exact: true }).fill(own)
    await takePicture(manager, 'packet-again')
    expect(await findings(manager)).toEqual([])
    await manager.getByRole('button', { name: 'Go on with the review' }).click()
    await manager.getByRole('heading', { name: 'Today' }).waitFor()
    expect([...complaints, ...others].filter((one) => !one.includes('status of 4'))).toEqual([])
  }, 240_000)

  const scenes: readonly { readonly name: string; readonly at: string; readonly hash: string; readonly act: (page: Page) => Promise<unknown> }[] = [
    { name: 'no campaign', at: 'empty', hash: '#/packets', act: (page) => page.getByRole('heading', { name: 'No campaign to write packets for' }).waitFor() },
    { name: 'packets of a campaign', at: 'underway', hash: '#/packets', act: (page) => page.getByText('Out until').first().waitFor() },
    {
      name: 'writing', at: 'underway', hash: '#/packets', act: async (page) => {
        await page.getByRole('button', { name: 'Write packets…' }).click()
        await page.getByRole('dialog').getByLabel('In another folder').check()
        await page.getByLabel('Folder on this machine').waitFor()
      },
    },
    { name: 'a key to enrol', at: 'underway', hash: '#/packets', act: async (page) => { await page.getByRole('button', { name: 'Enrol a key…' }).click(); await page.getByRole('dialog').waitFor() } },
    { name: 'the door', at: 'underway', hash: '#/packet/open', act: (page) => page.getByRole('button', { name: 'Choose the packet' }).waitFor() },
    {
      name: 'no packet', at: 'underway', hash: '#/packet', act: async (page) => {
        await writeFile(join(place, 'letter.musterpack'), 'Dear Sir or Madam')
        await door(page, join(place, 'letter.musterpack'))
        await page.getByRole('heading', { name: 'This is no review packet' }).waitFor()
      },
    },
    {
      name: 'a packet to open', at: 'underway', hash: '#/packet', act: async (page) => {
        await door(page, (await find('underway').at.officer.packets.list({ campaign: 1 }))[0]?.path ?? '')
        await page.getByRole('button', { name: 'Open the packet' }).waitFor()
      },
    },
    {
      name: 'asking to be enrolled', at: 'underway', hash: '#/packet', act: async (page) => {
        await page.getByRole('button', { name: 'Ask to be enrolled first' }).click()
        await page.getByRole('button', { name: 'Make the key' }).click()
        await page.getByText('This is needed.').first().waitFor()
      },
    },
  ]

  it.each(inThemes(scenes))('$name ($theme): axe finds nothing', async ({ at, hash, act, theme, name }) => {
    if (!offices.has(at)) await office(at, at === 'empty' ? () => Promise.resolve() : underway)
    const { page, complaints } = await visit(find(at).url, hash, { theme })
    await act(page)
    await takePicture(page, `packets-scene-${name.replaceAll(' ', '-')}-${theme}`)
    expect(await findings(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
