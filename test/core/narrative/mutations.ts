import type { Claim, Narrative } from '../../../src/shared/model/narrative.ts'
import type { EvidencePacket } from '../../../src/shared/model/recommendation.ts'
import type { SignalKind } from '../../../src/shared/model/signal.ts'
import { claimFor } from '../../../src/main/core/narrative/template.ts'
import { isStrong } from '../../../src/main/core/recommendation/score.ts'

// Ways a text can come to say something its evidence does not: each takes a true narrative and returns every false variant it can make.

export type Variant = Pick<Narrative, 'claims' | 'counter'>
type Mutate = (narrative: Narrative, packet: EvidencePacket) => readonly Variant[]

const places = (narrative: Narrative): readonly (number | 'counter')[] => [
  ...narrative.claims.keys(), ...(narrative.counter === null ? [] : ['counter' as const]),
]
const at = (narrative: Narrative, place: number | 'counter'): Claim => (
  place === 'counter' ? narrative.counter : narrative.claims[place]
) as Claim
const put = (narrative: Narrative, place: number | 'counter', claim: Claim): Variant => place === 'counter'
  ? { claims: narrative.claims, counter: claim }
  : { claims: narrative.claims.with(place, claim), counter: narrative.counter }

/** Every variant of every claim that a rewriting of its text makes. */
const rewritten = (
  rewrite: (claim: Claim, packet: EvidencePacket) => readonly string[]
): Mutate => (narrative, packet) => places(narrative).flatMap((place) => {
  const claim = at(narrative, place)
  return rewrite(claim, packet).filter((text) => text !== claim.text).map((text) => put(narrative, place, { ...claim, text }))
})

const slots = (text: string): readonly string[] => text.match(/\{\{E\d+\.[A-Za-z]+\}\}/g) ?? []
const negatives = /\b(not|never|no|none|nobody) /g
/** Invented additions; `true of` names the kinds that would make one true, where it is a repetition rather than an invention. */
const inventions: readonly (readonly [string, ...SignalKind[]])[] = [
  [' and was seen abroad'], [' because the manager asked for it'], [' and shared the password with Bob'], [
    ' and HR says that USER left', 'leaver',
  ],
  [' and gives administrator rights', 'privilege'], [' in two offices'], [' during March'], [' and USER is a guest', 'outsider'],
  [' and must not meet other access', 'sod-conflict'], [' and nobody else has it'], [' after a security incident'], [
    ' and the account is disabled', 'account-disabled',
  ],
  [' as agreed with Finance'], [' so please approve it'], [' and see https://example.org for more'], [
    ' and it has never been used', 'never-used',
  ],
  [' in most cases'], [' and all colleagues hold it'], [' and USER moved from one team to another'], [' and costs 400 a year'],
]

export const mutations: Readonly<Record<string, Mutate>> = {
  'swap number': rewritten((claim, packet) => {
    const found = slots(claim.text)
    const fields = [...new Set(claim.evidence.flatMap((id) => Object.keys(packet.signals.find((signal) => signal.id === id)?.facts ?? {})))]
    return found.flatMap((slot) => [
      claim.text.replace(slot, '37'), claim.text.replace(slot, 'forty'),
      // The same signal's other facts in this place, and two facts changing places.
      ...fields.map((field) => slot.replace(/\.[A-Za-z]+/, `.${field}`))
        // "10 of the 12" and "83% of the 12" are the same share.
        .filter(
          (other) => other !== slot && !(/holders|percent/.test(slot) && /\.(holders|percent)\}/.test(other)),
        ).map((other) => claim.text.replace(slot, other)),
      ...found.filter((other) => other > slot).map((other) => claim.text.replace(slot, '@').replace(other, slot).replace('@', other)),
    ])
  }),
  negate: rewritten((claim) => [
    ...[...claim.text.matchAll(negatives)].map(
      (match) => claim.text.slice(0, match.index) + claim.text.slice(match.index + match[0].length),
    ),
    ...[...claim.text.matchAll(/\b(has|is|was|are|would|holds|gives|needs|says|left|moved|fits|last|came|come) /g)]
      .map((match) => `${claim.text.slice(0, match.index + match[0].length)}not ${claim.text.slice(match.index + match[0].length)}`),
    claim.text.replace('emoving', 'eeping').replace(/^Keeping/, 'Removing'), claim.text.replace('keeping', 'removing'), claim.text.replace(
      'would end', 'would interrupt',
    ),
    claim.text.replace('would interrupt', 'would end'),
  ]),
  'swap id': (narrative, packet) => places(narrative).flatMap((place) => {
    const claim = at(narrative, place)
    return packet.signals.filter((signal) => !claim.evidence.includes(signal.id)).flatMap((signal) => [
      put(narrative, place, { ...claim, evidence: [signal.id] }),
      ...(
        slots(claim.text).length === 0 ? [] : [
          put(narrative, place, { ...claim, text: claim.text.replace(/\{\{E\d+\./, `{{${signal.id}.`) }),
        ]
      ),
      put(narrative, place, { ...claim, evidence: [signal.id], text: claim.text.replace(/\{\{E\d+\./g, `{{${signal.id}.`) }),
    ])
  }),
  'unknown id': (narrative) => places(narrative).map((place) => put(narrative, place, { ...at(narrative, place), evidence: ['E99'] })),
  'swap stance': (narrative) => places(narrative).flatMap((place) => (['for-keeping', 'for-revoking', 'neutral'] as const)
    .filter((stance) => stance !== at(narrative, place).stance).map(
      (stance) => put(narrative, place, { ...at(narrative, place), stance }),
    )),
  'invent fact': rewritten((claim, packet) => inventions.filter(
    ([, ...kinds]) => !packet.signals.some((signal) => claim.evidence.includes(signal.id) && kinds.includes(signal.kind)),
  ).flatMap(([invention]) => [
    claim.text.replace(/\.$/, `${invention}.`), claim.text.includes(';') ? claim.text.replace(';', `${invention};`) : claim.text,
  ])),
  'drop counter': (narrative) => (narrative.counter === null ? [] : [{ claims: narrative.claims, counter: null }]),
  'say twice': (narrative) => (
    narrative.claims[0] === undefined ? [] : [{ claims: [...narrative.claims, narrative.claims[0]], counter: narrative.counter }]
  ),
  'fluent nonsense': rewritten(() => [
    'The quarterly harmony of access flows gently through the ledger.', 'USER holds ENT and the work goes on as before.',
    'USER and ENT fit the work of others.',
    'Access is known to be of use.', 'ENT was given to USER for a good reason.',
  ]),
  'wrong kind words': (narrative, packet) => places(narrative).flatMap((place) => {
    const claim = at(narrative, place)
    // Another signal's sentence under this one's evidence, with its placeholders turned into this one's; the same kind may say the same.
    const own = packet.signals.find((signal) => claim.evidence.includes(signal.id))
    return packet.signals.filter((signal) => own !== undefined && signal.kind !== own.kind).flatMap((signal) => {
      const text = claimFor(signal, packet.access.grantId, false).text
      return [text, text.replaceAll(`{{${signal.id}.`, `{{${own?.id ?? ''}.`)].map((one) => put(narrative, place, { ...claim, text: one }))
    })
  }),
  'add digit or name': rewritten((claim) => [' 3 times', ' in ٤ places', ' with Bob', ' at Contoso', ' on SAP', ' since March', ' by Müller', ' twice'].flatMap((more) => [
    claim.text.replace(/\.$/, `${more}.`), claim.text.replace(/ (USER|ENT|APP)\b/, `${more} $1`),
  ])),
  'lean on the reader': rewritten((claim) => [
    `${claim.text} Please approve.`, claim.text.replace(/\.$/, ', so you should remove it.'), `Ignore the rest: ${claim.text}`, claim.text.replace(/\.$/, ', obviously.'),
    claim.text.replace(/\.$/, ' and everybody agrees.'),
  ]),
  'leave strong evidence out': (narrative, packet) => places(narrative).flatMap((place) => {
    const { evidence } = at(narrative, place)
    const isStrongOne = packet.signals.some((signal) => evidence.includes(signal.id) && isStrong(signal))
    if (!isStrongOne) return []
    return [place === 'counter' ? { claims: narrative.claims, counter: null } : { claims: narrative.claims.filter((_, index) => index !== place), counter: narrative.counter }]
  }),
  markup: rewritten(
    (claim) => [`<b>${claim.text}</b>`, `${claim.text} [more](x)`, `**${claim.text}**`, claim.text.replace('USER', 'Müller')],
  ),
}
