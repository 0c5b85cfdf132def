import type { MenuItemConstructorOptions } from 'electron'
import type { HostTexts } from './host-texts.ts'
import type { HostWish } from './page-notes.ts'

export interface MenuDeeds {
  readonly wish: (wish: HostWish) => void
  readonly openWorkspace: () => void
  /** Where a workspace is made, or a backup restored. */
  readonly toStartPage: () => void
  readonly openFile: () => void
}

type Item = MenuItemConstructorOptions

const places = ['today', 'review', 'sources', 'people', 'policies', 'campaigns', 'evidence'] as const

/** The window's menu, in the habits of each system. Places that are not there for somebody's role answer so themselves. */
export const menuTemplate = (t: HostTexts, platform: NodeJS.Platform, { wish, openWorkspace, toStartPage, openFile }: MenuDeeds): Item[] => {
  const isMac = platform === 'darwin'
  const gap: Item = { type: 'separator' }
  const settings: Item = { label: t.settings, accelerator: 'CmdOrCtrl+,', click: () => wish({ kind: 'go', address: 'settings' }) }
  const appMenu: Item = {
    label: 'Muster',
    submenu: [
      { role: 'about', label: t.about }, gap, settings, gap, { role: 'hide', label: t.hide }, { role: 'hideOthers', label: t.hideOthers }, { role: 'unhide', label: t.showAll }, gap, { role: 'quit', label: t.quit },
    ],
  }
  return [
    ...(isMac ? [appMenu] : []),
    {
      label: t.file,
      submenu: [
        { label: t.openWorkspace, accelerator: 'CmdOrCtrl+Shift+O', click: openWorkspace }, { label: t.openFile, accelerator: 'CmdOrCtrl+O', click: openFile },
        { label: t.startPage, click: toStartPage }, gap,
        ...(isMac ? [{ role: 'close', label: t.close } satisfies Item] : [settings, gap, { role: 'quit', label: t.quit } satisfies Item]),
      ],
    },
    {
      label: t.edit,
      submenu: [
        { role: 'undo', label: t.undo }, { role: 'redo', label: t.redo }, gap, { role: 'cut', label: t.cut }, { role: 'copy', label: t.copy }, { role: 'paste', label: t.paste },
        { role: 'selectAll', label: t.selectAll },
      ],
    },
    {
      label: t.view,
      submenu: [
        // The page hears these keys itself as well; shown here so that they can be found, without being taken from it.
        { label: t.find, accelerator: 'CmdOrCtrl+K', registerAccelerator: false, click: () => wish({ kind: 'palette' }) },
        { label: t.navigation, click: () => wish({ kind: 'widen' }) }, gap,
        { role: 'reload', label: t.reload }, { role: 'resetZoom', label: t.actualSize }, { role: 'zoomIn', label: t.zoomIn }, { role: 'zoomOut', label: t.zoomOut }, gap,
        { role: 'togglefullscreen', label: t.fullScreen },
      ],
    },
    {
      label: t.go,
      submenu: places.map((place, at) => ({ label: t[place], accelerator: `CmdOrCtrl+${at + 1}`, click: () => wish({ kind: 'go', address: place }) })),
    },
    {
      label: t.window, role: 'windowMenu',
      submenu: [{ role: 'minimize', label: t.minimise }, ...(isMac ? [{ role: 'zoom', label: t.zoom } satisfies Item, gap, { role: 'front', label: t.toFront } satisfies Item] : [])],
    },
  ]
}
