import { useEffect, useState } from 'react'
import { onHostWish } from '../host.ts'
import { Mark } from '../shell/mark.tsx'
import { ThemeSwitch } from '../shell/theme-switch.tsx'
import { t } from '../texts/texts.ts'
import './start.css'

/** Shown on the desktop while a workspace's files are brought under a key, before it can be opened. The window goes on by itself. */
export const SettlingScreen = () => {
  const words = t.protection.settling
  const [progress, setProgress] = useState<{ readonly text: string; readonly share: number | null }>({ text: '', share: null })
  useEffect(() => onHostWish((wish) => { if (wish.kind === 'start-progress') setProgress(wish) }), [])
  useEffect(() => { document.title = `${words.title} · ${t.appName}` }, [words])
  return (
    <main className="start">
      <div className="start-top"><ThemeSwitch /></div>
      <div className="start-inner">
        <div className="start-head">
          <Mark />
          <h1>{words.title}</h1>
          <p className="soft">{words.text}</p>
        </div>
        <div className="sheet start-busy">
          <progress className="work-bar" aria-label={words.title} max={1} {...(progress.share === null ? {} : { value: progress.share })} />
          <strong role="status">{progress.text}</strong>
          <span className="soft">{words.cutOff}</span>
        </div>
      </div>
    </main>
  )
}
