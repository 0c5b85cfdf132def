import type { IdentityKind } from '../../../shared/model/identity.ts'
import type { Privilege, Risk } from '../../../shared/model/entitlement.ts'
import type { HrRecord } from '../connector.ts'

/** Lower case, accents folded, everything that is not a letter, digit or sign dropped: `On-Leave` and `on leave` are one word. */
export const wordKey = (text: string): string =>
  text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss').replace(/[\s_\-–./()]+/g, '')

function vocabulary<T extends string>(words: Readonly<Record<T, string>>): (text: string) => T | null {
  const byKey = new Map<string, T>()
  for (const meaning in words) for (const word of words[meaning].trim().split(/\s+/)) byKey.set(word, meaning)
  return (text) => byKey.get(wordKey(text)) ?? null
}

export const parseStatus = vocabulary<HrRecord['status']>({
  active: 'active a act employed working current yes y true 1 enabled hired rehired aktiv ja beschaftigt onboarded',
  'on-leave': `
    onleave leave l leaveofabsence paidleave unpaidleave parentalleave medicalleave maternityleave sabbatical loa furlough suspended
    absent abwesend beurlaubt elternzeit langzeitkrank freigestellt ruhend
  `,
  inactive: `
    inactive i terminated term t separated left leaver exited resigned retired deceased dismissed former formeremployee no n false 0
    disabled withdrawn discarded inaktiv ausgetreten ausgeschieden gekundigt nein ruhestand verstorben
  `,
})

export const parseWorkerKind = vocabulary<Exclude<HrRecord['kind'], 'unknown'>>({
  employee: `
    employee emp e regular permanent fulltime parttime fulltimeemployee parttimeemployee regularemployee permanentemployee intern
    internship trainee apprentice workingstudent fixedterm fixedtermemployee temporaryemployee seasonal staff fte mitarbeiter
    angestellter angestellte arbeiter beamter festangestellt unbefristet befristet vollzeit teilzeit praktikant werkstudent
    auszubildender azubi intern
  `,
  contractor: `
    contractor c contingent contingentworker cw cwk consultant freelancer external externalworker vendor agency agencyworker temp
    temporary temporaryworker independentcontractor thirdparty partner nonemployee outsourced extern externer externe berater
    leiharbeiter leiharbeitnehmer zeitarbeit freiberufler dienstleister
  `,
})

export const parseAccountKind = vocabulary<Exclude<IdentityKind, 'unknown'>>({
  employee: `
    employee user person human personal internal standard regular member emp mitarbeiter benutzer dialog named
  `,
  contractor: 'contractor external contingent consultant freelancer vendor partner extern externer externe',
  guest: 'guest b2b guestuser invited gast',
  service: `
    service serviceaccount svc system systemaccount application app technical technicaluser technicalaccount bot robot machine nonhuman
    workload daemon batch api serviceprincipal dienst dienstkonto technisch technischesbenutzerkonto
  `,
  shared: `
    shared sharedaccount generic group functional functionalaccount mailbox sharedmailbox gemeinsam funktionskonto sammelkonto
  `,
})

export const parseBoolean = vocabulary<'true' | 'false'>({
  true: 'true t yes y 1 x on enabled active aktiv ja j wahr open unlocked valid onleave',
  false: `
    false f no n 0 off disabled inactive inaktiv nein falsch locked blocked suspended deprovisioned terminated closed expired gesperrt
    notonleave
  `,
})

export const parsePrivilege = vocabulary<Privilege>({
  none: `
    none no n false 0 user standard normal regular basic read readonly reader viewer low nein unprivileged keine lesen
  `,
  elevated: `
    elevated write readwrite editor contributor operator power poweruser medium moderate privileged yes y true 1 ja privilegiert erhoht
  `,
  admin: `
    admin administrator administrative administration full fullcontrol superuser root owner high critical tier0 dba sysadmin globaladmin
    vollzugriff
  `,
})

export const parseRisk = vocabulary<Risk>({
  low: 'low l minor minimal none 1 niedrig gering',
  medium: 'medium m moderate med normal 2 mittel',
  high: 'high h major elevated sensitive 3 hoch',
  critical: 'critical c crit veryhigh severe extreme 4 kritisch sehrhoch',
})

/** Only a completed sign-in is use of access; interrupted and challenged ones are attempts. */
export const parseResult = vocabulary<'success' | 'failure'>({
  success: 'success successful succeeded ok pass passed allow allowed granted true yes y 1 0x0 erfolg erfolgreich ja',
  failure: `
    failure failed fail error denied deny blocked block interrupted challenge challenged skipped rejected invalid locked timeout
    abandoned false no n fehlgeschlagen fehler abgelehnt nein
  `,
})
