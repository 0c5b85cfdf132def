import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Actor } from '../../app.ts'

export interface SessionTokens {
  /** Each person's own token, to be handed over in the fragment of the address they open. */
  readonly issued: readonly { readonly person: Actor; readonly token: string }[]
  /** The person behind an `authorization` header, or null. Takes as long for a wrong token as for a right one. */
  readonly personBehind: (authorization: string | undefined) => Actor | null
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** One fresh token of 256 random bits per person; they live as long as this server and are kept only as hashes. */
export const issueTokens = (people: readonly Actor[]): SessionTokens => {
  const issued = people.map((person) => ({ person, token: randomBytes(32).toString('base64url') }))
  const known = issued.map(({ person, token }) => ({ person, hash: digest(token) }))
  return {
    issued,
    personBehind: (authorization) => {
      const given = digest(/^Bearer ([A-Za-z0-9_-]+)$/.exec(authorization ?? '')?.[1] ?? '')
      let found: Actor | null = null
      // Every token is compared, whatever was found before, so that time tells nothing.
      for (const { person, hash } of known) if (timingSafeEqual(hash, given)) found = person
      return found
    },
  }
}
