import type { TakenFile } from '../../../api/file-intake.ts'
import { FileDrop as AnyFileDrop } from '../../../components/file-drop.tsx'
import { t } from '../../../texts/texts.ts'

/** One file with rows. */
export const FileDrop = ({ onTaken }: { readonly onTaken: (file: TakenFile) => void }) => (
  <AnyFileDrop words={t.sources.file} onTaken={([file]) => { if (file !== undefined) onTaken(file) }} />
)
