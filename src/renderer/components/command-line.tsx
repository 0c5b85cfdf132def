import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { t } from '../texts/texts.ts'

/** A command to run in a terminal, with a button that copies it. */
export const CommandLine = ({ command }: { readonly command: string }) => {
  const [isCopied, setCopied] = useState(false)
  const copy = (): void => {
    void navigator.clipboard.writeText(command).then(() => setCopied(true), () => setCopied(false))
  }
  return (
    <div className="command-line">
      <code>{command}</code>
      <button type="button" className="button quiet small" onClick={copy} onBlur={() => setCopied(false)}
        aria-label={t.copyCommand(command)}>
        {isCopied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
        {isCopied ? t.copied : t.copy}
      </button>
    </div>
  )
}
