import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { isAddress, openDesk } from '../../../src/main/hosts/desktop/desk-memory.ts'
import { hostTexts } from '../../../src/main/hosts/desktop/host-texts.ts'
import { menuTemplate } from '../../../src/main/hosts/desktop/menu.ts'
import { filesOf, wishForFile } from '../../../src/main/hosts/desktop/opened-files.ts'
import { arrangementOf, openingPlace } from '../../../src/main/hosts/desktop/window-place.ts'

vi.mock('electron', () => ({ ipcMain: { on: () => {}, handle: () => {} }, app: {}, utilityProcess: {} }))
const { readNote } = await import('../../../src/main/hosts/desktop/page-notes.ts')
const { readStartRequest } = await import('../../../src/main/hosts/desktop/start-requests.ts')

const folder = mkdtempSync(join(tmpdir(), 'muster-desk-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const display = (x: number, width: number) => ({ bounds: { x, y: 0, width, height: 1_000 }, workArea: { x, y: 0, width, height: 960 } })
const kept = { x: 2_000, y: 100, width: 1_200, height: 700, isMaximised: true }

describe('what the desktop remembers', () => {
  it('survives a start, and a damaged file is no memory instead of a crash', () => {
    const file = join(folder, 'desk.json')
    openDesk(file).remember({ lastWorkspace: '/w', places: { '/w': 'people/person/3' }, language: 'de' })
    expect(openDesk(file).memory()).toEqual({ windows: {}, places: { '/w': 'people/person/3' }, lastWorkspace: '/w', language: 'de' })
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 20))
    expect(openDesk(file).memory().lastWorkspace).toBeNull()
  })

  it('takes only what it wrote: no address that is not a screen’s, no place that is not whole', () => {
    const file = join(folder, 'odd.json')
    writeFileSync(file, JSON.stringify({ windows: { one: { ...kept, width: 'wide' }, two: kept }, places: { '/w': 'https://elsewhere.example/', '/v': 'today' }, lastWorkspace: 3, language: 'xx' }))
    expect(openDesk(file).memory()).toEqual({ windows: { two: kept }, places: { '/v': 'today' }, lastWorkspace: null, language: null })
    expect(isAddress('review/3/17')).toBe(true)
    expect(isAddress('people/../..//x')).toBe(false)
  })

  it('opens the window where it stood, unless that display is gone', () => {
    expect(openingPlace(kept, [display(0, 1_920), display(1_920, 1_920)])).toEqual({ bounds: { x: 2_000, y: 100, width: 1_200, height: 700 }, isMaximised: true })
    expect(openingPlace(kept, [display(0, 1_920)])).toEqual({ bounds: { width: 1_440, height: 900 }, isMaximised: false })
    expect(openingPlace(undefined, [display(0, 1_280)]).bounds).toEqual({ width: 1_280, height: 900 })
    expect(arrangementOf([display(1_920, 1_920), display(0, 1_920)])).toBe(arrangementOf([display(0, 1_920), display(1_920, 1_920)]))
  })
})

describe('what the desktop believes', () => {
  it.each([
    null, 'place', { kind: 'place', address: 'javascript:alert(1)' }, { kind: 'place', address: 'a'.repeat(3_000) }, { kind: 'look', language: 'fr', theme: 'dark' },
    { kind: 'work-ended', title: '', text: 'x' }, { kind: 'work-ended', title: 'x', text: 'y'.repeat(301) }, { kind: 'open-external', url: 'https://elsewhere.example' },
  ])('is no note like %j', (value) => expect(readNote(value)).toBeNull())

  it('is no request to make something without every word of it', () => {
    expect(readStartRequest({ kind: 'own', folder: '/w', organisation: 'O', name: 'N', email: 'n@o.example', passphrase: '' })).toBeNull()
    expect(readStartRequest({ kind: 'run', command: 'x' })).toBeNull()
    expect(readStartRequest({ kind: 'sample', extra: true })).toEqual({ kind: 'sample' })
  })

  it('is what a file’s ending says, wherever it stands on a command line', () => {
    expect(wishForFile('/x/Q3.muster/')).toEqual({ kind: 'verify', path: '/x/Q3.muster/' })
    expect(wishForFile('/x/MIRA.MUSTERPACK')).toEqual({ kind: 'packet', path: '/x/MIRA.MUSTERPACK' })
    expect(wishForFile('/x/muster.db')).toBeNull()
    expect(filesOf(['.', '--workspace', '/w', 'a.muster', '--x=b.muster', 'notes.txt'], '/here')).toEqual(['/here/a.muster'])
  })
})

describe('the menu', () => {
  const labels = (items: readonly MenuItemConstructorOptions[]): readonly string[] => items.map(({ label }) => label ?? '')
  const deeds = { wish: vi.fn(), openWorkspace: vi.fn(), toStartPage: vi.fn(), openFile: vi.fn() }

  it('follows each system’s habits', () => {
    const texts = hostTexts(null, 'en-US')
    const mac = menuTemplate(texts, 'darwin', deeds)
    const other = menuTemplate(texts, 'win32', deeds)
    expect(labels(mac)).toEqual(['Muster', 'File', 'Edit', 'View', 'Go', 'Window'])
    expect(labels(other)).toEqual(['File', 'Edit', 'View', 'Go', 'Window'])
    expect(labels(other[0]?.submenu as MenuItemConstructorOptions[])).toContain('Quit Muster')
    expect(labels(mac[1]?.submenu as MenuItemConstructorOptions[])).not.toContain('Quit Muster')
  })

  it('gives no key twice, and speaks the language the page was last shown in', () => {
    const german = menuTemplate(hostTexts('de', 'en-US'), 'linux', deeds)
    const keys = german.flatMap(({ submenu }) => (submenu as MenuItemConstructorOptions[]).flatMap(({ accelerator }) => accelerator ?? []))
    expect(new Set(keys).size).toBe(keys.length)
    expect(labels(german)).toEqual(['Datei', 'Bearbeiten', 'Ansicht', 'Gehe zu', 'Fenster'])
    expect(labels(menuTemplate(hostTexts(null, 'de-CH'), 'linux', deeds))[0]).toBe('Datei')
  })
})
