/** Long work the engine keeps: what it is at, and how it ended. */
export const workTexts = {
  label: 'What Muster is working on',
  starting: 'Starting…',
  stopping: 'Stopping…',
  stop: 'Stop',
  stopLabel: (what: string) => `Stop: ${what}`,
  dismiss: 'Dismiss',
  dismissLabel: (what: string) => `Dismiss: ${what}`,
  /** Begun by somebody else. */
  by: (person: string) => `by ${person}`,
  share: (percent: string) => `${percent} %`,
  titles: { sync: 'Reading ended', test: 'Connection test ended', launch: 'Launch ended', mail: 'Mail ended', seal: 'Sealing ended', verify: 'Check of a bundle ended', backup: 'Backup ended', packets: 'Packets ended' },
  going: {
    sync: (name: string) => `Reading ${name}`, test: (name: string) => `Testing the connection to ${name}`, launch: (name: string) => `Launching “${name}”`, mail: (name: string) => `Mailing the reviewers of “${name}”`,
    seal: (name: string) => `Sealing “${name}”`, verify: (name: string) => `Checking ${name}`, backup: (name: string) => `Backing up to ${name}`,
    packets: (name: string) => `Writing packets of “${name}”`,
  },
  done: {
    sync: { complete: (name: string) => `${name} was read.`, held: (name: string) => `${name} is held back and waits for your word.`, failed: (name: string) => `${name} could not be read.` },
    packets: { all: (name: string) => `The packets of “${name}” are written.`, some: (name: string) => `Not every packet of “${name}” could be written.` },
    test: { ok: (name: string) => `${name} can be read.`, cannot: (name: string) => `${name} cannot be read yet.` },
    launch: (name: string) => `“${name}” is running.`,
    mail: { all: (name: string) => `The reviewers of “${name}” were mailed.`, some: (name: string) => `Not every reviewer of “${name}” could be mailed.` },
    seal: (name: string, version: string, pages: string) => `“${name}” is sealed: version ${version}, ${pages} pages.`,
    verify: { valid: (name: string) => `${name} passed every check.`, invalid: (name: string) => `${name} failed a check.` },
    backup: (name: string) => `The backup ${name} was made and read again.`,
  },
  failed: {
    sync: (name: string) => `${name} could not be read.`, test: (name: string) => `The connection to ${name} could not be tested.`,
    launch: (name: string) => `“${name}” could not be launched; nothing of it was kept.`, mail: (name: string) => `The reviewers of “${name}” could not be mailed.`, seal: (name: string) => `“${name}” could not be sealed; the campaign is as it was.`,
    verify: (name: string) => `${name} could not be checked.`, backup: (name: string) => `The backup ${name} could not be made.`,
    packets: (name: string) => `The packets of “${name}” could not be written.`,
  },
  stopped: {
    sync: (name: string) => `Reading ${name} was stopped.`, test: (name: string) => `The test of ${name} was stopped.`, launch: (name: string) => `Launching “${name}” was stopped; it is a draft as before.`, mail: (name: string) => `Mailing the reviewers of “${name}” was stopped; what was sent is noted.`,
    seal: (name: string) => `Sealing “${name}” was stopped; nothing half-done was kept.`, verify: (name: string) => `The check of ${name} was stopped.`,
    backup: (name: string) => `The backup ${name} was stopped; nothing of it was kept.`,
    packets: (name: string) => `Writing packets of “${name}” was stopped; those that were finished are kept.`,
  },
  /** The engine ended meanwhile; the name may not be known any more. */
  cutOff: {
    sync: (_: string) => 'Muster was ended while it read a source. Nothing half-read was taken over; read it again.',
    test: (_: string) => 'Muster was ended while it tested a connection.',
    launch: (name: string) => `Muster was ended while it launched “${name}”. It is a draft as before; launch it again.`,
    mail: (name: string) => `Muster was ended while it mailed the reviewers of “${name}”. What was sent is noted; one letter may have arrived without a note, the others go with the daily work.`,
    seal: (name: string) => `Muster was ended while it sealed “${name}”. Nothing half-written was kept; seal it again.`,
    verify: (_: string) => 'Muster was ended while it checked a bundle.',
    backup: (_: string) => 'Muster was ended while it made a backup. No backup was made; make it again.',
    packets: (name: string) => `Muster was ended while it wrote packets of “${name}”. Those that were finished are kept; write again for the others.`,
  },
  open: { sync: 'See the run', syncs: 'To the sources', test: 'See the answer', launch: 'To the campaign', seal: 'To the evidence', verify: 'See the checks', backup: 'To the backups', packets: 'To the packets' },
}
