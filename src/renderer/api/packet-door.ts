import { doorAnswer, type DoorAnswer, type DoorRequest } from '../../shared/model/packet-door.ts'
import { askHost, isDesktop } from '../host.ts'
import { readSessionToken } from './session-token.ts'

const notAnswered: DoorAnswer = { kind: 'refused', why: 'other', message: '' }

/** Asks whatever host this page runs in about a packet that has no workspace yet. `message` is empty where nobody answered. */
export const askDoor = async (request: DoorRequest): Promise<DoorAnswer> => {
  if (isDesktop()) {
    const answer = await askHost(request)
    if (answer.kind === 'door') return answer.answer
    return answer.kind === 'failed' ? { ...notAnswered, message: answer.message } : notAnswered
  }
  try {
    const token = readSessionToken()
    const response = await fetch('/door', {
      method: 'POST', headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) }, body: JSON.stringify(request),
    })
    return response.ok ? doorAnswer.parse(await response.json()) : notAnswered
  } catch {
    return notAnswered
  }
}

/** Goes on where a packet's workspace is shown; the desktop's window does so by itself. */
export const goOn = (address: string | null): void => {
  if (address === null) return
  const isHere = new URL(address).origin === window.location.origin
  window.location.assign(address)
  // From a review into the very same one only what stands behind the # changes, and nothing would begin anew.
  if (isHere) window.location.reload()
}
