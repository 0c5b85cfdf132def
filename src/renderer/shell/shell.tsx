import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useEngine } from '../api/engine.ts'
import { parseHash, useRoute } from '../components/hash-route.ts'
import { EmptyView, FailureView } from '../components/state-view.tsx'
import { CampaignsScreen } from '../features/campaigns/campaigns-screen.tsx'
import { EvidenceScreen } from '../features/evidence/evidence-screen.tsx'
import { VerifyFile } from '../features/evidence/verify-file.tsx'
import { LearningScreen } from '../features/learning/learning-screen.tsx'
import { PacketScreen } from '../features/packet/packet-screen.tsx'
import { PacketsScreen } from '../features/packets/packets-screen.tsx'
import { PeopleScreen } from '../features/people/people-screen.tsx'
import { PoliciesScreen } from '../features/policies/policies-screen.tsx'
import { RemediationScreen } from '../features/remediation/remediation-screen.tsx'
import { ReviewScreen } from '../features/review/review-screen.tsx'
import { SettingsScreen } from '../features/settings/settings-screen.tsx'
import { SourcesScreen } from '../features/sources/sources-screen.tsx'
import { TodayScreen } from '../features/today/today-screen.tsx'
import { t } from '../texts/texts.ts'
import { CommandPalette } from './palette/command-palette.tsx'
import { isInsider, Navigation, placesFor } from './navigation.tsx'
import { useHost } from './use-host.ts'
import { useWorkEnds } from './use-work-ends.ts'
import { WorkStrip } from './work-strip.tsx'
import type { Session } from '../api/session.ts'
import { TopBar } from './top-bar.tsx'
import './shell.css'

const idIn = (part: string | undefined): number | null => (part !== undefined && /^\d{1,9}$/.test(part) ? Number(part) : null)

const NoPage = () => (
  <EmptyView title={t.pageMissing} text="">
    <a className="button" href="#/today">
      {t.backToToday}
    </a>
  </EmptyView>
)

const Screen = ({ session, route }: { readonly session: Session; readonly route: readonly string[] }) => {
  const [place = 'today', first, second] = route
  if (place === 'policies' && first === 'learning') return <LearningScreen session={session} />
  switch (place) {
    case 'today':
      return <TodayScreen session={session} />
    case 'review':
      return <ReviewScreen key={first ?? ''} campaignId={idIn(first)} firstItemId={idIn(second)} session={session} />
    case 'campaigns':
      return isInsider(session) ? <CampaignsScreen session={session} place={first} /> : <NoPage />
    case 'packets':
      return isInsider(session) ? <PacketsScreen session={session} campaignId={idIn(first)} /> : <NoPage />
    case 'packet':
      return <PacketScreen session={session} path={first ?? null} />
    case 'sources':
      return isInsider(session) ? <SourcesScreen session={session} rest={route.slice(1)} /> : <NoPage />
    case 'people':
      return isInsider(session) ? <PeopleScreen session={session} rest={route.slice(1)} /> : <NoPage />
    case 'policies':
      return <PoliciesScreen session={session} section={first} open={second} />
    case 'remediation':
      return isInsider(session) ? <RemediationScreen session={session} tab={first} open={idIn(second)} /> : <NoPage />
    case 'evidence':
      if (first === 'verify' && second !== undefined) return <VerifyFile key={second} path={second} />
      return <EvidenceScreen session={session} />
    case 'settings':
      return <SettingsScreen section={first ?? null} session={session} />
    default:
      return <NoPage />
  }
}

const wideKey = 'muster.navigation.wide'
const readWide = (): boolean => window.localStorage.getItem(wideKey) === 'true'

/** Ctrl+K, or ⌘K, wherever the focus is; the review's own K has no modifier. */
const usePaletteKey = (open: () => void): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      // A dialog that is open has the floor.
      if (document.querySelector('[role="dialog"], [role="alertdialog"]') === null) open()
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [open])
}

/** The frame around every screen: who, where, as of when, and the way around. */
export const Shell = () => {
  const engine = useEngine()
  const session = useQuery(engine.workspace.session.queryOptions({ staleTime: 60_000 }))
  const route = useRoute()
  const content = useRef<HTMLElement>(null)
  const place = route[0] ?? 'today'
  const address = route.slice(0, 3).join('/')
  const [isWide, setWide] = useState(readWide)
  const [isFinding, setFinding] = useState(false)
  const openPalette = useCallback(() => setFinding(true), [])
  const closePalette = useCallback(() => setFinding(false), [])
  const toggleWide = useCallback(() => setWide((before) => {
    window.localStorage.setItem(wideKey, String(!before))
    return !before
  }), [])
  usePaletteKey(openPalette)
  useHost({ address: route, openPalette, toggleWide })
  useWorkEnds(session.data !== undefined && isInsider(session.data))

  useEffect(() => {
    document.title = `${Object.entries(t.navigationItems).find(([key]) => key === place)?.[1] ?? t.pageMissing} · ${t.appName}`
    // A new screen starts at its beginning for the keyboard, too; the review puts the focus into its queue itself.
    if (parseHash(window.location.hash).length > 0 && place !== 'review' && address !== 'people') content.current?.focus()
  }, [place, address])

  if (session.isError) {return <main className="shell-alone"><FailureView error={session.error} onRetry={() => void session.refetch()} />
  </main>}
  if (session.data === undefined) return <main className="shell-alone" aria-busy="true" aria-label={t.loading} />
  return (
    <div className={isWide ? 'shell wide' : 'shell'}>
      <a className="skip-link" href="#content" onClick={(event) => { event.preventDefault(); content.current?.focus() }}>
        {t.skipToContent}
      </a>
      <TopBar session={session.data} onFind={openPalette} />
      <Navigation groups={placesFor(session.data)} current={place} isWide={isWide} onToggle={toggleWide} />
      <main className="shell-content" id="content" ref={content} tabIndex={-1}>
        <Screen session={session.data} route={route} />
      </main>
      {isInsider(session.data) ? <WorkStrip person={session.data.person.email} /> : null}
      {isFinding ? <CommandPalette session={session.data} isWide={isWide} onToggleWide={toggleWide} onClose={closePalette} /> : null}
    </div>
  )
}
