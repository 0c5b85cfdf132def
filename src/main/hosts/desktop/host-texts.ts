/** What the operating system shows for us: menu, dialogs, notices. The screens have their own texts. */
const en = {
  file: 'File', edit: 'Edit', view: 'View', go: 'Go', window: 'Window', help: 'Help',
  openWorkspace: 'Open Workspace…', openFile: 'Open Bundle or Packet…', find: 'Find Anything…', settings: 'Settings…', close: 'Close Window', quit: 'Quit Muster', about: 'About Muster', hide: 'Hide Muster',
  hideOthers: 'Hide Others', showAll: 'Show All',
  undo: 'Undo', redo: 'Redo', cut: 'Cut', copy: 'Copy', paste: 'Paste', selectAll: 'Select All',
  reload: 'Reload', navigation: 'Wide Navigation', actualSize: 'Actual Size', zoomIn: 'Zoom In', zoomOut: 'Zoom Out', fullScreen: 'Full Screen', minimise: 'Minimize', zoom: 'Zoom', toFront: 'Bring All to Front',
  today: 'Today', review: 'Review', sources: 'Sources', people: 'People & Access', policies: 'Policies', campaigns: 'Campaigns', evidence: 'Evidence', keys: 'Keyboard in the Review',
  chooseWorkspace: 'Open a Muster workspace', chooseWorkspaceButton: 'Open workspace', chooseFile: 'Open a bundle or packet', chooseFolder: 'Choose a new or empty folder', chooseFolderButton: 'Use this folder',
  saveFile: 'Save the file', startPage: 'Start Page: New, Restore…', chooseRestoreFolder: 'Choose the workspace’s folder, with its keys', chooseRoot: 'Choose the root with its key', chooseBackup: 'Choose the backup',
  cannotGoOn: 'Muster cannot go on',
  settling: { copying: 'Copying', rewriting: 'Writing the copy under its key', comparing: 'Reading both and comparing', originals: 'Sealing the kept originals' },
  noWorkspace: (folder: string) => `${folder} is not a Muster workspace. Nothing was changed.`,
  folderNotChosen: 'Choose the folder and the file first. Nothing was changed.',
  notUnderstood: 'Something is being made already. Wait for it, or stop it.',
}

const de: typeof en = {
  file: 'Datei', edit: 'Bearbeiten', view: 'Ansicht', go: 'Gehe zu', window: 'Fenster', help: 'Hilfe',
  openWorkspace: 'Arbeitsbereich öffnen …', openFile: 'Nachweis- oder Prüfpaket öffnen …', find: 'Alles finden …', settings: 'Einstellungen …', close: 'Fenster schließen', quit: 'Muster beenden', about: 'Über Muster',
  hide: 'Muster ausblenden', hideOthers: 'Andere ausblenden', showAll: 'Alle einblenden',
  undo: 'Rückgängig', redo: 'Wiederholen', cut: 'Ausschneiden', copy: 'Kopieren', paste: 'Einfügen', selectAll: 'Alles auswählen',
  reload: 'Neu laden', navigation: 'Breite Navigation', actualSize: 'Originalgröße', zoomIn: 'Vergrößern', zoomOut: 'Verkleinern', fullScreen: 'Vollbild', minimise: 'Minimieren', zoom: 'Zoomen',
  toFront: 'Alle nach vorne bringen',
  today: 'Heute', review: 'Prüfung', sources: 'Quellen', people: 'Personen & Zugriffe', policies: 'Richtlinien', campaigns: 'Kampagnen', evidence: 'Nachweise', keys: 'Tasten in der Prüfung',
  chooseWorkspace: 'Einen Muster-Arbeitsbereich öffnen', chooseWorkspaceButton: 'Öffnen', chooseFile: 'Ein Nachweis- oder Prüfpaket öffnen', chooseFolder: 'Einen neuen oder leeren Ordner wählen', chooseFolderButton: 'Diesen Ordner verwenden',
  saveFile: 'Die Datei sichern', startPage: 'Startseite: Neu, Wiederherstellen …', chooseRestoreFolder: 'Den Ordner des Arbeitsbereichs mit seinen Schlüsseln wählen', chooseRoot: 'Die Wurzel mit ihrem Schlüssel wählen', chooseBackup: 'Die Sicherung wählen',
  cannotGoOn: 'Muster kann nicht weitermachen',
  settling: { copying: 'Wird kopiert', rewriting: 'Die Kopie wird unter ihren Schlüssel geschrieben', comparing: 'Beide werden gelesen und verglichen', originals: 'Die aufbewahrten Originale werden versiegelt' },
  noWorkspace: (folder) => `${folder} ist kein Muster-Arbeitsbereich. Es wurde nichts geändert.`,
  folderNotChosen: 'Wählen Sie zuerst Ordner und Datei. Es wurde nichts geändert.',
  notUnderstood: 'Es wird bereits etwas angelegt. Warten Sie darauf oder brechen Sie es ab.',
}

export type HostTexts = typeof en

/** The page's own choice where it has told us one, else the operating system's language. */
export const hostTexts = (chosen: 'en' | 'de' | null, systemLocale: string): HostTexts => ((chosen ?? (systemLocale.toLowerCase().startsWith('de') ? 'de' : 'en')) === 'de' ? de : en)
