import type { SignalKind } from '../../../shared/model/signal.ts'

// The words a sentence about evidence may be made of. A closed vocabulary is what stops fluent invention: "and shares the password"
// is refused because no evidence can speak of passwords. Words that carry a fact belong to the kinds that can prove it.

const wordsIn = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Words that carry no fact of their own. */
export const glueWords: ReadonlySet<string> = new Set(wordsIn(`
  a an the this that these those it its them their one's who whose which what whether when where while and or but so because though
  although as than then since until through under over after before between about in on at of by for from to with within into out up
  rather also too still yet already again now ago present current currently recent recently earlier later further far here there is are
  was were be been being has have had having do does did would could may might can will has had keep keeping keeps kept remove removing
  removes removed removal hold holds held holding give gives gave given giving right rights access way work works working use uses used
  using user user's ent app show shows shown see seen known unknown record records recorded evidence fact facts day days month months
  other others another people person same more less much bit first latest last short long while back come comes came coming carry along
  would end ends ended ending close stop interrupt interrupts interrupting continue continues ongoing line bring brings fit fits fitting
  reason need needs needed stay stays stayed worth has to be not need either both around round part ordinary idle lies lie unused
  directly direct rest
`))

const topic = (
  kinds: readonly SignalKind[], words: string
): readonly (readonly [string, readonly SignalKind[]])[] => wordsIn(words).map((word) => [word, kinds])

/** Words that state something only these kinds of evidence can show. */
export const topicWords: ReadonlyMap<string, readonly SignalKind[]> = new Map([
  ...topic(['last-use', 'never-used', 'usage-frequency', 'usage-vs-peers', 'dormant-account', 'data-gap'], 'sign signs signed sign-in sign-ins'),
  ...topic(['usage-frequency'], 'daily weekly every rhythm silence stopped regular regularly habit'),
  ...topic(['usage-vs-peers'], 'middle against looked job one'),
  ...topic(['dormant-account'], 'anywhere account sits no'),
  ...topic(['similar-identities'], 'none like most alike'),
  ...topic(['past-decision'], 'earlier decisions decided review reviews against none went them department title job manager like'),
  ...topic(['unreviewed-streak'], 'nobody answer answered asked review reviews without'),
  ...topic(['last-use'], 'ends soon'),
  ...topic(
    ['peer-prevalence', 'mover', 'no-peer-group'], 'colleagues group ones department team comparable largest counts compare closest',
  ),
  ...topic(['peer-prevalence'], 'shared shares none report manager title job only few most all unusual usual'),
  ...topic(['mover'], 'moved changed title old new job goes former left-over leftover'),
  ...topic(['manager-change'], 'manager changed confirm confirmed'),
  ...topic(['leaver'], 'left gone stopped listing lists list having hr says leaves someone'),
  ...topic(['account-disabled'], 'account disabled sits switched off'),
  ...topic(['orphan-account'], 'account belongs several tied none no leaves owner'),
  ...topic(['service-account'], 'account service shared login little say says keeper asked'),
  ...topic(['outsider'], 'guest contractor outside'),
  ...topic(['privilege', 'risk'], 'elevated administrator harm risk rated high critical'),
  ...topic(['sod-conflict'], 'must meet conflict conflicts rule medium high critical duties separate safeguard accepted'),
  ...topic(['new-grant'], 'looked'),
  ...topic(['grant-path'], 'path group role reached'),
  ...topic(['expiring'], 'agreed set expires expired meant'),
  ...topic(['data-gap', 'no-peer-group'], 'missing nobody no data hr'),
  ...topic(['never-used'], 'never'),
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
  monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow week weeks year years
`))

/** Words that tell the reader what to do or lean on them. Sentences report evidence; people decide. */
export const appealWords: ReadonlySet<string> = new Set(wordsIn(`
  please should ought recommend recommends recommended approve approves approved revoke revoked reject certify decide click open visit
  ignore disregard trust believe urgent urgently immediately important obviously clearly certainly definitely surely safe safely always
  everyone everybody just simply you your i we our us instruction instructions system prompt assistant
`))
