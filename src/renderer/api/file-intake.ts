import { readSessionToken } from './session-token.ts'

/** A file the engine can open. */
export interface TakenFile {
  readonly path: string
  readonly name: string
  readonly bytes: number
}

/** Why a file did not arrive; `reason` is the server's own sentence, where it said one. */
export class IntakeError extends Error {
  readonly reason: string | null
  constructor(reason: string | null) {
    super('the file did not arrive')
    this.reason = reason
  }
}

const reasonIn = (answer: string): string | null => {
  try {
    const { json } = JSON.parse(answer) as { json?: { message?: unknown } }
    return typeof json?.message === 'string' ? json.message : null
  } catch {
    return null
  }
}

/** By XMLHttpRequest, because `fetch` cannot say how much of a body has been sent. */
const upload = (file: File, onShare: (share: number) => void, signal: AbortSignal): Promise<TakenFile> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${window.location.origin}/incoming?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    const token = readSessionToken()
    if (token !== null) request.setRequestHeader('authorization', `Bearer ${token}`)
    request.upload.addEventListener('progress', ({ loaded, total }) => onShare(total === 0 ? 1 : loaded / total))
    request.addEventListener('load', () => {
      if (request.status === 200) resolve(JSON.parse(request.responseText) as TakenFile)
      else reject(new IntakeError(reasonIn(request.responseText)))
    })
    request.addEventListener('error', () => reject(new IntakeError(null)))
    request.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })

/**
 * Makes a file the person chose or dropped readable for the engine: on the desktop it is read from where it lies, in a browser it is
 * sent to the server on this machine first.
 */
export const takeFile = async (file: File, onShare: (share: number) => void, signal: AbortSignal): Promise<TakenFile> => {
  const path = window.musterHost?.pathOf(file) ?? ''
  return path === '' ? upload(file, onShare, signal) : { path, name: file.name, bytes: file.size }
}
