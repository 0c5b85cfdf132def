import { isPageAddress } from './page-address.ts'

/** What of an IPC event says who sent it. */
export interface Sender {
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null
}

/** Why a message is not to be believed, or null when it comes from the top frame of our own page. */
export const distrust = ({ senderFrame }: Sender): string | null => {
  if (senderFrame === null) return 'the frame is gone'
  if (senderFrame.parent !== null) return 'it comes from a frame within the page'
  return isPageAddress(senderFrame.url) ? null : 'it comes from another page'
}
