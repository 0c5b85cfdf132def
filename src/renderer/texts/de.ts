import { en } from './en.ts'
import { shellTexts } from './de/shell.ts'

/** Every German text of the screens, in the very shape of the English ones. */
export const de: typeof en = {
  ...en,
  shell: shellTexts,
}
