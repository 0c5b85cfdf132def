import { plainText } from './plain-text.ts'

/** Text somebody else wrote, drawn as text only and kept from turning its surroundings around. */
export const DirectoryText = ({ children }: { readonly children: string }) => <bdi>{plainText(children)}</bdi>

/** A sentence of ours with such text in it: it runs our way, even where it begins with a name that runs the other. */
export const SentenceText = ({ children }: { readonly children: string }) => <bdi dir="ltr">{plainText(children)}</bdi>

/** Several such texts in a row, in the order given whichever way each runs; what is missing is left out. */
export const DirectoryParts = ({ parts }: { readonly parts: readonly (string | null)[] }) => (
  <span dir="ltr">
    {parts.filter((part) => part !== null && part !== '').map((part, at) => <span key={at}>{at === 0 ? '' : ' · '}<DirectoryText>{part ?? ''}</DirectoryText></span>)}
  </span>
)
