import type { workTexts as english } from '../en/work.ts'

export const workTexts: typeof english = {
  label: 'Woran Muster arbeitet',
  starting: 'Beginnt …',
  stopping: 'Wird abgebrochen …',
  stop: 'Abbrechen',
  stopLabel: (what) => `Abbrechen: ${what}`,
  dismiss: 'Ausblenden',
  dismissLabel: (what) => `Ausblenden: ${what}`,
  by: (person) => `von ${person}`,
  share: (percent) => `${percent} %`,
  titles: { sync: 'Einlesen', test: 'Verbindungstest', launch: 'Start', mail: 'Mail', seal: 'Versiegeln', verify: 'Prüfung eines Nachweispakets', backup: 'Sicherung' },
  going: {
    sync: (name) => `${name} wird eingelesen`, test: (name) => `Die Verbindung zu ${name} wird geprüft`, launch: (name) => `„${name}“ wird gestartet`, mail: (name) => `Die Prüfenden von „${name}“ werden angeschrieben`,
    seal: (name) => `„${name}“ wird versiegelt`, verify: (name) => `${name} wird geprüft`, backup: (name) => `Sicherung nach ${name}`,
  },
  done: {
    sync: { complete: (name) => `${name} wurde eingelesen.`, held: (name) => `${name} ist angehalten und wartet auf Ihre Entscheidung.`, failed: (name) => `${name} konnte nicht gelesen werden.` },
    test: { ok: (name) => `${name} kann gelesen werden.`, cannot: (name) => `${name} kann noch nicht gelesen werden.` },
    launch: (name) => `„${name}“ läuft.`,
    mail: { all: (name) => `Die Prüfenden von „${name}“ wurden angeschrieben.`, some: (name) => `Nicht alle Prüfenden von „${name}“ konnten angeschrieben werden.` },
    seal: (name, version, pages) => `„${name}“ ist versiegelt: Fassung ${version}, ${pages} Seiten.`,
    verify: { valid: (name) => `${name} hat jede Prüfung bestanden.`, invalid: (name) => `${name} hat eine Prüfung nicht bestanden.` },
    backup: (name) => `Die Sicherung ${name} ist gemacht und noch einmal gelesen.`,
  },
  failed: {
    sync: (name) => `${name} konnte nicht gelesen werden.`, test: (name) => `Die Verbindung zu ${name} konnte nicht geprüft werden.`,
    launch: (name) => `„${name}“ konnte nicht gestartet werden; nichts davon wurde behalten.`, mail: (name) => `Die Prüfenden von „${name}“ konnten nicht angeschrieben werden.`, seal: (name) => `„${name}“ konnte nicht versiegelt werden; die Kampagne ist, wie sie war.`,
    verify: (name) => `${name} konnte nicht geprüft werden.`, backup: (name) => `Die Sicherung ${name} konnte nicht gemacht werden.`,
  },
  stopped: {
    sync: (name) => `Das Einlesen von ${name} wurde abgebrochen.`, test: (name) => `Der Verbindungstest von ${name} wurde abgebrochen.`,
    launch: (name) => `Der Start von „${name}“ wurde abgebrochen; es ist ein Entwurf wie zuvor.`, mail: (name) => `Das Anschreiben der Prüfenden von „${name}“ wurde abgebrochen; was gesendet ist, ist vermerkt.`, seal: (name) => `Das Versiegeln von „${name}“ wurde abgebrochen; nichts Halbes wurde behalten.`,
    verify: (name) => `Die Prüfung von ${name} wurde abgebrochen.`,
    backup: (name) => `Die Sicherung ${name} wurde abgebrochen; nichts davon wurde behalten.`,
  },
  cutOff: {
    sync: (_) => 'Muster wurde beendet, während es eine Quelle einlas. Nichts halb Gelesenes wurde übernommen; lesen Sie sie noch einmal ein.',
    test: (_) => 'Muster wurde beendet, während es eine Verbindung prüfte.',
    launch: (name) => `Muster wurde beendet, während es „${name}“ startete. Es ist ein Entwurf wie zuvor; starten Sie noch einmal.`,
    mail: (name) => `Muster wurde beendet, während es die Prüfenden von „${name}“ anschrieb. Was gesendet ist, ist vermerkt; ein Schreiben kann ohne Vermerk angekommen sein, die übrigen gehen mit der täglichen Arbeit.`,
    seal: (name) => `Muster wurde beendet, während es „${name}“ versiegelte. Nichts Halbes wurde behalten; versiegeln Sie noch einmal.`,
    verify: (_) => 'Muster wurde beendet, während es ein Nachweispaket prüfte.',
    backup: (_) => 'Muster wurde beendet, während es eine Sicherung machte. Es gibt keine; machen Sie sie noch einmal.',
  },
  open: { sync: 'Zum Lauf', syncs: 'Zu den Quellen', test: 'Zur Antwort', launch: 'Zur Kampagne', seal: 'Zu den Nachweisen', verify: 'Zu den Prüfungen', backup: 'Zu den Sicherungen' },
}
