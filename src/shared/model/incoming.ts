/** Largest file taken from a browser, in bytes. Ten million rows of a wide list are about 2 GB. */
export const uploadLimit = 4 * 1024 ** 3

/** What a browser's upload is called on disk: the last part of its name, without signs that mean something to a file system or a reader. */
export function incomingName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const plain = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}<>:"|?*]/gu, '_').replace(/^[.\s]+/u, '').replace(/[.\s]+$/u, '')
  const letters = [...plain]
  // The ending says how to read it (`.gz`), so a long name is cut in front of it.
  const short = letters.length <= 100 ? plain : `${letters.slice(0, 80).join('')}…${letters.slice(-19).join('')}`
  return short === '' ? 'file' : short
}

/** True for a path that `incoming` made: it is there until Muster is closed, so reading the source again needs the file again. */
export function isIncoming(path: string): boolean {
  return /[\\/]incoming[\\/][0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[\\/][^\\/]+$/.test(path)
}
