import type { DoorAnswer, DoorRequest } from '../shared/model/packet-door.ts'
import type { FormRequest, FoundRoot } from '../shared/model/start-request.ts'

/** What the page tells the desktop about itself; a browser has nobody to tell. */
export type PageNote =
  /** Where the person is, so that the next start opens there. */
  | { readonly kind: 'place'; readonly address: string }
  /** For the window's menu and what is drawn before the page. */
  | { readonly kind: 'look'; readonly language: string; readonly theme: string }
  /** Long work is done; told to the person only when the window is not in front. */
  | { readonly kind: 'work-ended'; readonly title: string; readonly text: string }

/** What the desktop's menu, or a file that was opened, wants of the page. */
export type HostWish =
  | { readonly kind: 'palette' }
  | { readonly kind: 'widen' }
  | { readonly kind: 'go'; readonly address: string }
  | { readonly kind: 'verify'; readonly path: string }
  | { readonly kind: 'packet'; readonly path: string }
  | { readonly kind: 'start-progress'; readonly text: string; readonly share: number | null }

export type StartRequest =
  | { readonly kind: 'sample' }
  | { readonly kind: 'open' }
  /** Why the first screen is shown although there was a workspace the last time; `failed` says it. */
  | { readonly kind: 'why' }
  /** The workspace is encrypted: its passphrase, or the code of its recovery kit. */
  | { readonly kind: 'unlock'; readonly passphrase: string }
  | { readonly kind: 'folder' }
  /** A file or folder a form needs, in the system's own dialog. */
  | { readonly kind: 'root-file' | 'backup-file' | 'restore-folder' }
  | { readonly kind: 'stop' }
  /** Where a file goes, in the system's own dialog. */
  | { readonly kind: 'save'; readonly name: string }
  | FormRequest
  | DoorRequest

/** `done`: the window is about to show the workspace. `folder`: what was chosen, null = nothing. `failed`: a sentence for people. */
export type StartAnswer = { readonly kind: 'done' } | { readonly kind: 'root'; readonly found: FoundRoot } | { readonly kind: 'door'; readonly answer: DoorAnswer } | { readonly kind: 'folder'; readonly folder: string | null } | { readonly kind: 'failed'; readonly message: string }

declare global {
  interface Window {
    /** Set by the desktop's preload script; absent in a browser. */
    readonly musterHost?: {
      readonly kind: 'desktop'
      /** Where a file the person chose or dropped lies; empty for what was made in the page. */
      readonly pathOf: (file: File) => string
      readonly tell: (note: PageNote) => void
      readonly onWish: (take: (wish: HostWish) => void) => void
      /** Before there is a workspace: make or open one. Afterwards: choose places, open packets. */
      readonly start: (request: StartRequest) => Promise<StartAnswer>
    }
  }
}

export const isDesktop = (): boolean => window.musterHost?.kind === 'desktop'

/** Puts a question to the desktop; in a browser there is nobody to ask. */
export const askHost = async (request: StartRequest): Promise<StartAnswer> =>
  (await window.musterHost?.start(request)) ?? { kind: 'folder', folder: null }

export const tellHost = (note: PageNote): void => window.musterHost?.tell(note)

const takers = new Set<(wish: HostWish) => void>()
let isListening = false

/** Hears what the desktop wants until the function that comes back is called. */
export const onHostWish = (take: (wish: HostWish) => void): (() => void) => {
  if (!isListening) {
    isListening = true
    window.musterHost?.onWish((wish) => takers.forEach((taker) => taker(wish)))
  }
  takers.add(take)
  return () => takers.delete(take)
}
