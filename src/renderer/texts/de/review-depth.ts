import type { reviewDepthTexts as english } from '../en/review-depth.ts'

/** Abgeben, Wirkung, mehrere auf einmal, Fragen, Übersicht und Einführung. */
export const reviewDepthTexts: typeof english = {
  loading: (missing) => `Die riskantesten sind da; ${missing} weitere werden noch gelesen.`,
  passOn: {
    button: 'Abgeben', title: 'An jemand anderen abgeben', keys: 'Abgeben (an jemand anderen)',
    intro: 'Wenn es jemand anders besser weiß. Die Einträge sind dort wieder unentschieden; Ihr Name, der andere und der Grund stehen im Nachweis.',
    what: 'Was wird abgegeben', one: 'Nur dieser Eintrag',
    person: (name, n) => `Alle offenen Einträge zu ${name} (${n})`,
    who: 'Kollegin oder Kollege', whoHint: 'Nach Name oder E-Mail-Adresse suchen.', found: (n) => `${n} gefunden`, nobody: 'Niemand gefunden. Prüfen können nur Personen, die der Arbeitsbereich kennt.',
    typeMore: 'Geben Sie einen Namen oder eine Adresse ein.', reason: 'Grund', reasonHint: 'In einem Satz; ein Prüfer liest ihn.',
    needWho: 'Wählen Sie, wer prüfen soll.', needReason: 'Sagen Sie, warum.', confirm: 'Abgeben', working: 'Wird abgegeben …',
    done: (n, who) => `${n} an ${who} abgegeben.`, refused: 'Diese bleiben bei Ihnen', notMine: 'Niemand prüft die eigenen Rechte.',
  },
  effect: {
    title: 'Wenn Sie entziehen', loading: 'Es wird ermittelt, was entfernt würde …', failed: 'Was ein Entzug entfernen würde, lässt sich gerade nicht sagen.',
    gone: 'Die neuesten Daten zeigen dieses Recht nicht mehr: Es gäbe nichts zu entfernen.',
    right: (name) => `„${name}“ selbst wird diesem Konto genommen.`,
    membership: (name) => `Es kommt über eine Gruppe: Das Konto muss „${name}“ verlassen.`,
    way: {
      'at-source': 'Das kann die Quelle.',
      'by-rule': 'Eine Regel füllt diese Gruppe: Die Regel oder das Merkmal, auf das sie schaut, muss sich ändern, sonst kommt das Recht zurück.',
      'on-premises': 'Diese Gruppe wird aus einem Verzeichnis vor Ort synchronisiert; nur dort kann man sie verlassen.',
      'in-application': 'Diese Gruppe verwaltet ihre Anwendung; nur dort kann man sie verlassen.',
      'in-mail-system': 'Diese Gruppe wird im Mailsystem verwaltet; nur dort kann man sie verlassen.',
      'unknown-group': 'Von dieser Gruppe ist nur der Name bekannt: Jemand muss nachsehen, wer sie verwaltet.',
      'not-at-all': 'In dieser Gruppe sind alle; niemand kann herausgenommen werden.',
    },
    stays: (ways) => `Das Recht bleibt trotzdem, weil das Konto es auch ${ways} hat.`,
    direct: 'direkt', through: (name) => `über „${name}“`,
    also: (n, count, names) => `${n === 1 ? 'Ein weiteres Recht geht' : `${count} weitere Rechte gehen`} mit: ${names}.`,
    more: (n) => `und ${n} weitere`,
    others: (n, count) =>
      `Würde stattdessen die Verbindung zwischen den Gruppen getrennt, ${n === 1 ? 'verlöre es auch eine andere Person' : `verlören es auch ${count} andere Personen`}.`,
    nobody: 'Sonst ist niemand betroffen.',
  },
  together: {
    button: 'Mehrere auf einmal', title: 'Mehrere auf einmal', nothing: 'Alles Übrige braucht eine eigene Entscheidung',
    nothingText: 'Nichts ist seit der letzten Prüfung unverändert, und keine Gruppe mit niedrigem Risiko ist groß genug, um sie zusammen zu behalten.',
    notAllowed: 'Die Regeln dieser Kampagne verlangen für jeden Eintrag eine Entscheidung.',
    unchanged: 'Seit der letzten Prüfung unverändert', unchangedLead: (n) =>
      `${n}: in einer unterschriebenen Prüfung behalten, genutzt, für die Rolle üblich, niedriges Risiko, seitdem unverändert.`,
    include: (what, who) => `${what} von ${who} bestätigen`, lastReviewed: (date) => `zuletzt geprüft ${date}`,
    difference: 'Was sich geändert hat', differenceLead: 'Das gehört nicht dazu; jeder Eintrag wartet in Ihrer Liste auf eine eigene Entscheidung.', noDifference: 'Seitdem hat sich nichts geändert.',
    leftOut: 'Warum die anderen eine eigene Entscheidung brauchen',
    reasons: {
      'advice-hidden': 'zuerst urteilen Sie, dann kommt die Empfehlung', flagged: 'auffällig', risky: 'privilegiert oder mehr als niedriges Risiko', 'not-advised': 'die Empfehlung ist nicht „behalten“',
      'new-access': 'neu seit der letzten Prüfung', 'changed-job': 'seitdem Stelle gewechselt', 'other-manager': 'seitdem andere Führungskraft', ending: 'läuft aus, oder das Konto ist gesperrt',
      'never-reviewed': 'noch nie geprüft', 'not-used': 'keine Nutzung gesehen', unusual: 'für die Rolle unüblich',
    },
    attest: (n) => `${n} bestätigen und behalten`, attested: (n) => `${n} als unverändert behalten. Jede Entscheidung lässt sich noch zurücknehmen.`,
    groups: 'Gleichartig, niedriges Risiko', groupsLead: 'Ein Recht, eine Art von Personen, niedriges Risiko, nicht auffällig. Öffnen Sie die ausgelosten Einträge, dann behalten Sie die ganze Gruppe.',
    group: (n, app) => `${n} · ${app}`, open: (n) => `Die ${n} ausgelosten öffnen`,
    sample: (at, of) => `Ausgeloster Eintrag ${at} von ${of}`, wait: 'Einen Moment: Bitte erst ansehen.', nextOne: 'Gesehen, weiter', back: 'Zurück zur Liste',
    notAlike: 'Soll dieser nicht behalten werden, schließen Sie das hier und entscheiden Sie einzeln über ihn.',
    keepAll: (n) => `Alle ${n} behalten`, kept: (n) => `${n} zusammen behalten. Jede Entscheidung lässt sich noch zurücknehmen.`, allSeen: 'Sie haben alle ausgelosten Einträge geöffnet.',
    statement: 'Was Sie bestätigen', working: 'Wird festgehalten …', people: 'Wer in der Gruppe ist', morePeople: (n) => `und ${n} weitere`,
  },
  questions: {
    button: 'Fragen', title: 'Fragen', none: 'Keine Fragen', noneText: 'Fragt jemand nach einem Recht, das Ihnen gehört, erscheint es hier. Ebenso die Antworten auf Ihre eigenen Fragen.',
    forYou: 'Warten auf Ihre Antwort', yours: 'Von Ihnen gefragt', others: 'Beantwortet', asked: (who, date) => `${who} fragte am ${date}`,
    about: (what, who) => `${what}, gehalten von ${who}`, answerLabel: (who) => `Ihre Antwort an ${who}`, send: 'Antworten', sending: 'Wird gesendet …',
    answered: (who, date) => `${who} antwortete am ${date}`, waiting: (who) => `Wartet auf ${who}`, sent: 'Beantwortet.', change: 'Antwort berichtigen',
    onItem: 'Frage und Antwort', who: 'Wer soll antworten?', owner: (who) => `Verantwortlich: ${who}`, noOwner: 'Verantwortliche Person (niemand genannt)', officer: 'Die oder der Compliance-Beauftragte',
    nobody: 'Niemand; es ist eine Notiz', needText: 'Schreiben Sie die Frage.',
  },
  basket: {
    button: 'Übersicht', title: 'Übersicht vor der Unterschrift', keys: 'Übersicht: unentschieden, wartend, Rücknahmen', undecided: (n) => `Unentschieden (${n})`, pending: (n) => `Warten auf Ihre Unterschrift (${n})`,
    undo: (n) => `Zurücknehmen (${n})`, none: 'Hier ist nichts.', go: (what, who) => `Zu ${what} von ${who}`, undoOne: (what, who) => `${what} von ${who} zurücknehmen`,
    more: (n) => `und ${n} weitere; in der Liste stehen alle.`, undoHint: 'Was Sie in dieser Sitzung entschieden haben, das Letzte zuerst.',
  },
  guide: {
    label: 'Einführung', again: 'Einführung zeigen', step: (at, of) => `${at} von ${of}`, next: 'Weiter', previous: 'Zurück', close: 'Einführung schließen', done: 'Los',
    steps: [
      ['Sechs Minuten, eine Entscheidung nach der anderen', 'Links: wer was hat, das Riskanteste zuerst. Mitte: ein Eintrag in einfachen Worten. Rechts: die Belege. Vor Ihrer Unterschrift ist nichts endgültig.'],
      ['Jeder Satz zeigt seinen Beleg', 'Ein Knopf im Satz, oder die Leertaste, zeigt, worauf er beruht. Gründe dagegen stehen neben den Gründen dafür.'],
      ['Behalten, entziehen oder keins von beiden', 'K behält, R entzieht, E behält bis zu einem Tag, L schaut genauer hin und kann fragen, A gibt ab. Z nimmt zurück.'],
      ['Was ein Entzug wirklich bewirkt', 'Unter den Angaben lesen Sie vor der Entscheidung, was entfernt werden müsste und wen es sonst träfe.'],
      ['Unterschreiben, wenn Sie so weit sind', 'Strg+Enter zeigt, was Sie entschieden haben, und fragt nach Ihrer Passphrase. ? zeigt alle Tasten und diese Einführung noch einmal.'],
    ],
  },
  year: '1 Jahr',
}
