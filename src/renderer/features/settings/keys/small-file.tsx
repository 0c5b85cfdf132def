import { Field } from '../../../components/fields.tsx'

const mostBytes = 150_000

/** A file's bytes in base64. Keys and certificates are small; anything larger is none and is left to the engine to refuse. */
const base64Of = async (file: File): Promise<string> => {
  const bytes = new Uint8Array(await file.slice(0, mostBytes).arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** Chooses a small file and reads it here: what it holds goes to the engine with what else was typed, and is kept nowhere on the way. */
export const SmallFileField = ({ label, accept, onRead }: { readonly label: string; readonly accept: string; readonly onRead: (content: string | null) => void }) => (
  <Field label={label}>
    {(wired) => (
      // A file that was mended under its old name counts as chosen again.
      <input {...wired} type="file" accept={accept} onClick={(event) => { event.currentTarget.value = '' }} onChange={(event) => {
        const [file] = event.target.files ?? []
        if (file === undefined) onRead(null)
        else void base64Of(file).then(onRead)
      }} />
    )}
  </Field>
)
