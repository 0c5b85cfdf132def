import { Check, Copy, Smartphone } from 'lucide-react'
import { useEffect, useState } from 'react'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { t } from '../../../texts/texts.ts'

interface Prompt { readonly url: string; readonly code: string; readonly expiresAt: string }

const leftOf = (expiresAt: string): number => Math.max(0, Math.floor((Date.parse(expiresAt) - Date.now()) / 1_000))
const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

const CopyButton = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const [isCopied, setCopied] = useState(false)
  return (
    <button type="button" className="button small" aria-label={label} onBlur={() => setCopied(false)}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true), () => setCopied(false))}>
      {isCopied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      {isCopied ? t.copied : t.copy}
    </button>
  )
}

/** Where to sign in and with which code, for as long as the code is good. The page is opened elsewhere: this window opens no others. */
export const DevicePrompt = ({ prompt }: { readonly prompt: Prompt }) => {
  const [left, setLeft] = useState(() => leftOf(prompt.expiresAt))
  useEffect(() => {
    const timer = setInterval(() => setLeft(leftOf(prompt.expiresAt)), 1_000)
    return () => clearInterval(timer)
  }, [prompt.expiresAt])
  return (
    <div className="notice device-notice">
      <Smartphone size={18} aria-hidden="true" />
      <div className="device-prompt">
        <strong>{t.sources.device.title}</strong>
        <p>{t.sources.device.text}</p>
        <div className="device-line">
          <code><DirectoryText>{prompt.url}</DirectoryText></code>
          <CopyButton text={prompt.url} label={t.sources.device.copyAddress} />
        </div>
        <div className="device-line">
          <span className="device-code" aria-label={`${t.sources.device.code}: ${prompt.code}`} role="text">{prompt.code}</span>
          <CopyButton text={prompt.code} label={t.sources.device.copyCode} />
        </div>
        <p className={left === 0 ? 'outcome-revoke' : 'faint numbers'} role="timer">{left === 0 ? t.sources.device.over : t.sources.device.left(clock(left))}</p>
      </div>
    </div>
  )
}
