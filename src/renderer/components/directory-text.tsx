import { plainText } from './plain-text.ts'

/** Text somebody else wrote, drawn as text only and kept from turning its surroundings around. */
export const DirectoryText = ({ children }: { readonly children: string }) => <bdi>{plainText(children)}</bdi>
