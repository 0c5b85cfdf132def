import '../shared/model/without-eval.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'
import './components/controls.css'
import './components/states.css'
import './components/overlays.css'
import './components/page.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { I18nProvider } from 'react-aria-components'
import { StrictMode, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { Client } from './api/client.ts'
import { EngineContext, engineQueries } from './api/engine.ts'
import { connectHttp } from './api/http.ts'
import { connectPort } from './api/port.ts'
import { createQueryClient } from './api/query-client.ts'
import { takeSessionToken } from './api/session-token.ts'
import { Announcer } from './components/announcer.tsx'
import { applyDensity, readDensity } from './components/density.ts'
import { applyTheme, readTheme } from './components/theme.ts'
import { isDesktop } from './host.ts'
import { Shell } from './shell/shell.tsx'
import { SettlingScreen } from './start/settling-screen.tsx'
import { UnlockScreen } from './start/unlock-screen.tsx'
import { StartScreen } from './start/start-screen.tsx'
import { language, locale } from './texts/language.ts'

const queries = createQueryClient()

const App = ({ first, onReplaced }: { readonly first: Client; readonly onReplaced: (take: (client: Client) => void) => void }) => {
  const [client, setClient] = useState<Client>(() => first)
  useState(() => onReplaced((next) => {
    setClient(() => next)
    void queries.invalidateQueries()
  }))
  const engine = useMemo(() => engineQueries(client), [client])
  return (
    <QueryClientProvider client={queries}>
      <EngineContext value={engine}>
        <I18nProvider locale={locale}>
          <Announcer>
            <Shell />
          </Announcer>
        </I18nProvider>
      </EngineContext>
    </QueryClientProvider>
  )
}

const start = async (): Promise<void> => {
  document.documentElement.lang = language
  applyTheme(readTheme())
  applyDensity(readDensity())
  const root = document.getElementById('root')
  if (root === null) throw new Error('index.html has no #root')
  const host = window.musterHost
  // The desktop shows its first screen before there is a workspace, and so before there is an engine.
  const asked = new URLSearchParams(window.location.search).get('start')
  if (host !== undefined && asked !== null) {
    createRoot(root).render(<StrictMode><I18nProvider locale={locale}>{asked === 'locked' ? <UnlockScreen ask={host.start} /> : asked === 'settling' ? <SettlingScreen /> : <StartScreen ask={host.start} />}</I18nProvider></StrictMode>)
    return
  }
  let take: (client: Client) => void = () => undefined
  const first = isDesktop() ? await connectPort((client) => take(client)) : connectHttp(takeSessionToken())
  createRoot(root).render(
    <StrictMode>
      <App first={first} onReplaced={(taker) => { take = taker }} />
    </StrictMode>,
  )
}

void start()
