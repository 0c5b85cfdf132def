import { copyFile, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDesktopApp, type DesktopApp } from '../hosts/desktop/desktop-app.ts'
import { goTo, hasBrowser, takePicture } from '../support/browser.ts'
import { packetStage, type Stage } from '../use-cases/packets/packet-stage.ts'

const own = 'four calm horses cross 7 rivers'

describe.skipIf(!hasBrowser())('a packet that is opened on a manager’s desktop, under a stand-in for Electron', () => {
  let folder: string
  let stage: Stage
  let app: DesktopApp | null = null
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-desktop-packet-'))
    stage = await packetStage()
  }, 240_000)
  afterAll(async () => {
    await app?.quit()
    await stage?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('stands before the first screen, becomes a workspace of its own with what was told, and leads into its review', async () => {
    const packet = join(folder, 'from olga.musterpack')
    await copyFile(stage.packet, packet)
    const userData = join(folder, 'user-data')
    app = await startDesktopApp(null, userData, [packet], { MUSTER_WORKSPACE: '' })
    const { page } = app
    await page.getByText('from olga.musterpack').waitFor()
    await page.getByLabel('Passphrase of the packet').fill(stage.packetPassphrase)
    await page.getByLabel('Your own passphrase', { exact: true }).fill(own)
    await page.getByLabel('Your own passphrase again').fill(own)
    await takePicture(page, 'desktop-packet')
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await page.getByRole('button', { name: 'Open the packet' }).click()
    await page.getByText('The packet is open').waitFor({ timeout: 120_000 }).catch(async () => { throw new Error(`not opened: ${(await page.getByRole('alert').allTextContents()).join(' ')}`) })
    await page.getByRole('button', { name: 'To the review' }).click()
    await page.getByRole('heading', { name: 'Today' }).waitFor({ timeout: 120_000 })
    await page.getByRole('link', { name: 'Packet', exact: true }).click()
    await page.getByText('Sign off at least one decision in the review first.').waitFor()
    const kept = await readdir(join(userData, 'documents', 'Muster reviews'))
    expect(kept.filter((name) => name.startsWith('review ')).length).toBe(1)
    expect(kept).toContain('my keys')
    const review = join(userData, 'documents', 'Muster reviews', kept.find((name) => name.startsWith('review ')) ?? '')
    expect((await readFile(join(review, 'muster.db'))).toString('latin1', 0, 6)).not.toBe('SQLite')
    // The passphrase that was typed opens it anywhere, and this computer's own store from now on without asking.
    const { ways } = JSON.parse(await readFile(join(review, 'keys', 'workspace-key.json'), 'utf8')) as { ways: Record<string, unknown> }
    expect(Object.keys(ways).filter((way) => ways[way] !== null).sort()).toEqual(['passphrase', 'system'])

    await goTo(page, '#/packet/open')
    const refused = await page.evaluate(() => (window as unknown as { musterHost: { start: (request: unknown) => Promise<unknown> } }).musterHost.start({ kind: 'sample' }))
    expect(refused).toMatchObject({ kind: 'failed' })
  }, 240_000)
})
