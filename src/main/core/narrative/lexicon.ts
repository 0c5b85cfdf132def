import type { SignalKind } from '../../../shared/model/signal.ts'

// The words a sentence about evidence may be made of. A closed vocabulary is what stops fluent invention: "and shares the password"
// is refused because no evidence can speak of passwords. Words that carry a fact belong to the kinds that can prove it; what is left
// for everybody are the small words of grammar and the item itself.

const wordsIn = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Words that carry no fact of their own. */
export const glueWords: ReadonlySet<string> = new Set(wordsIn(`
  a an the this that these those it its them their they he she who whose which what whether when where while and or but so though
  although whereas as than then since until through under over after before between about in on at of by for from to with within into out
  up via too also still yet already again now ago according is are was were be been being has have had having do does did would could may
  might can will there user user's ent app be not
  hold holds held holding access right rights give gives gave given granted keep keeping keeps kept remove removing removes removed removal
  day days month months record recorded records known unknown seen first last latest most recent recently short while back later earlier
  present current currently more less rather evidence on-record time
`))

const topic = (
  kinds: readonly SignalKind[], words: string
): readonly (readonly [string, readonly SignalKind[]])[] => wordsIn(words).map((word) => [word, kinds])

const useKinds = ['last-use', 'never-used', 'usage-frequency', 'usage-vs-peers', 'dormant-account', 'data-gap'] as const
const peopleKinds = ['peer-prevalence', 'similar-identities', 'usage-vs-peers'] as const

/** Words that state something only these kinds of evidence can show. */
export const topicWords: ReadonlyMap<string, readonly SignalKind[]> = new Map([
  ...topic(useKinds, 'sign signs signed signing sign-in sign-ins use uses used using unused idle lies lie'),
  ...topic(['account-disabled'], 'idle lies lie unused'),
  ...topic(useKinds, 'interrupt interrupts interrupting ongoing work working stop would end ended'),
  ...topic(['last-use'], 'ends soon stops passed'),
  ...topic(['never-used'], 'never got received gained'),
  ...topic(
    ['usage-frequency'],
    'daily weekly every rhythm habit pattern silence stopped regular regularly ordinary part comes come came coming round continues ongoing'
      + ' fits fit line about apart broken off usual',
  ),
  ...topic(['usage-vs-peers'], 'middle median against job same one came compared'),
  ...topic(['dormant-account'], 'anywhere anything account sits all dormant asleep'),
  ...topic(peopleKinds, 'other others people person same'),
  ...topic(['usage-vs-peers'], 'colleagues'),
  ...topic(['peer-prevalence', 'mover', 'no-peer-group'], 'colleagues group ones department team comparable largest counts compare compared'),
  ...topic(['companion-right'], 'other others people only few most all one none'),
  ...topic(['no-peer-group'], 'needed nobody small few comparison fair too people person'),
  ...topic(
    ['peer-prevalence', 'similar-identities'],
    'shared shares share report reports manager title job only few most all one none line bring brings fits fit work closest alike like similar'
      + ' unusual usual common rare',
  ),
  ...topic(
    ['mover'], 'moved changed changes change switched transferred went title department location old new job goes former left-over leftover'
      + ' needs need needed older going carry along promoted getting usual',
  ),
  ...topic(['manager-change'], 'manager changed new another different confirm confirmed unconfirmed person'),
  ...topic(
    ['leaver'], 'left gone stopped listing listed lists list hr says leaves leave someone way working day employment ended longer missing dropped'
      + ' departed work person',
  ),
  ...topic(['account-disabled'], 'account disabled deactivated sits switched off belongs sign end ends'),
  ...topic(['orphan-account'], 'account belong belongs several tied none owner people person way leaves leave fits matches sits one nobody'),
  ...topic(['service-account'], 'account service shared login people little say says keeper asked sits program needs'),
  ...topic(['outsider'], 'guest contractor outside needs need reason stay'),
  ...topic(['privilege', 'risk'], 'elevated administrator privilege privileges harm risk rated high critical worth ordinary carries counts comes'),
  ...topic(
    ['sod-conflict'], 'must meet conflict conflicts rule medium high critical both either end ends other come together safeguard accepted duties separate',
  ),
  ...topic(['past-decision'], 'decision decisions decided review reviews against none went both ways other others people former past department title job'
    + ' manager like very same taken'),
  ...topic(['unreviewed-streak'], 'nobody one answer answered unanswered asked review reviews campaign campaigns without ended left row got brought'),
  ...topic(['new-grant', 'grant-age'], 'got received gained need looked new only'),
  ...topic(['grant-path'], 'path group role reached came comes come directly way'),
  ...topic(['expiring'], 'agreed set expire expires expired meant end ends ended should passed due'),
  ...topic(['data-gap'], 'missing nothing data hr history date start cannot told shows'),
].reduce((all, [word, kinds]) => all.set(word, [...(all.get(word) ?? []), ...kinds]), new Map<string, readonly SignalKind[]>()))

export const negators: ReadonlySet<string> = new Set(
  wordsIn('not no never none nobody nothing neither nor without cannot hardly barely scarcely seldom rarely lacks'),
)

export const spelledNumbers: ReadonlySet<string> = new Set(wordsIn(`
  zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
  thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million dozen dozens half halves third quarter
  quarters twice thrice double triple second once
`))

export const dateWords: ReadonlySet<string> = new Set(wordsIn(`
  january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
  monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow week weeks year years spring summer autumn winter
`))

/** Words that tell the reader what to do or lean on them. Sentences report evidence; people decide. */
export const appealWords: ReadonlySet<string> = new Set(wordsIn(`
  please ought recommend recommends recommended approve approves approved revoke revoked reject certify decide click open visit
  ignore disregard trust believe urgent urgently immediately important obviously clearly certainly definitely surely safe safely always
  everyone everybody just simply you your i me we our us instruction instructions system prompt assistant warning danger
`))
