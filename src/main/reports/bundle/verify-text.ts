// VERIFY.txt: how to check a bundle without Muster. A test runs these very commands.

/** `origin` and `size` are those of the bundle's checkpoint; `fingerprint` is the root certificate's SHA-256 in hex, `former` those of the roots it replaced. */
export function verifyText(
  facts: { campaign: string; fingerprint: string; former?: readonly string[]; hasRevocationList?: boolean; formerLists?: readonly string[]; isStamped?: boolean; origin: string; size: number; signOffs: readonly number[] },
): string {
  const [first] = facts.signOffs
  return `How to check this evidence without Muster
==========================================

Campaign: ${facts.campaign.replace(/\s+/g, ' ')}

You need the organisation's root certificate (root.pem) from somebody you trust, NOT from this folder: whoever could forge
the folder could forge certs/root.pem with it. Its SHA-256 fingerprint must be

  ${inFours(facts.fingerprint)}
${formerText(facts.former ?? [])}
Ask for it by telephone, or compare with the fingerprint on another report's first page:

  openssl x509 -in ../root.pem -noout -fingerprint -sha256

The commands below are typed in this folder, with root.pem lying beside it (../root.pem).


1. Everything at once (needs Node.js 20 or newer, nothing else)

  node verify.mjs . ../root.pem

  Add --seen FILE for every checkpoint of this log you were given earlier (in a mail, a review packet, an older bundle): only
  then can it be shown that the end of the log was not cut off or the whole of it rewritten. This bundle's own is the file
  "checkpoint": log ${facts.origin}, ${facts.size} events. Keep a copy. Exit code 0: every check passed; 1: a check failed; 2: wrong use.


2. The list of files, signed last (needs OpenSSL 3)

  openssl cms -verify -cades -binary -inform DER -in manifest.p7s -content manifest.json -CAfile ../root.pem -out /dev/null

  manifest.json lists the SHA-256 of every other file; compare any of them:

  openssl dgst -sha256 events.jsonl


3. The checkpoint${first === undefined ? '' : ' and a reviewer\'s sign-off'}

  openssl cms -verify -cades -binary -inform DER -in checkpoint.p7s -content checkpoint -CAfile ../root.pem -out /dev/null
${first === undefined ? '' : `
  A sign-off signs the bytes of its event's line, without the line break. Event ${first} is line ${first + 1} of events.jsonl:

  sed -n '${first + 1}p' events.jsonl | tr -d '\\n' > ../signoff.line
  openssl cms -verify -cades -binary -inform DER -in signoffs/${first}.p7s -content ../signoff.line -CAfile ../root.pem -out /dev/null
`}${facts.hasRevocationList === true ? revocationText : ''}${formerListsText(facts.formerLists ?? [])}

4. The report (needs poppler-utils and libnss3-tools, or open it in Acrobat with root.pem added as trusted)

  mkdir ../nss
  certutil -N -d sql:../nss --empty-password
  certutil -A -d sql:../nss -n root -t CT,CT,CT -i ../root.pem
  pdfsig -nssdir sql:../nss report.pdf

  It must say all three: "Signature is Valid", "Certificate is Trusted", "Total document signed".
  Its exit code says nothing. The figures behind the report are attached to it:

  pdfdetach -save 1 -o ../attached.json report.pdf
  cmp ../attached.json evidence.json
${timeText(facts.isStamped === true)}`
}

const revocationText = `
  Certificates that were revoked, and when; a signature made before stands. It must say "verify OK":

  openssl crl -in crl.pem -CAfile ../root.pem -noout -text
`

function formerListsText(files: readonly string[]): string {
  if (files.length === 0) return ''
  return `
  The same for ${files.length === 1 ? 'the root' : 'each root'} that was replaced, with that root alone in ../former-root.pem:

${files.map((file) => `  openssl crl -in ${file} -CAfile ../former-root.pem -noout -text\n`).join('')}`
}

/** A stamp over the list may also be brought later; what it takes is told either way. */
function timeText(isStamped: boolean): string {
  if (!isStamped) {
    return `

5. The time

  No time authority took part: all times are claimed by the machine that sealed this, not proven. Where a stamp was brought later, the
  file manifest.tsr lies here; it covers manifest.p7s, and is checked with the authority's certificate (tsa.pem):

    openssl ts -verify -data manifest.p7s -in manifest.tsr -CAfile ../tsa.pem
`
  }
  return `

5. The time (needs the certificate of the time authority, tsa.pem, from the authority itself; certs/time-authority.pem is a copy to compare with)

  openssl ts -verify -data checkpoint -in checkpoint.tsr -CAfile ../tsa.pem
  openssl ts -verify -data manifest.p7s -in manifest.tsr -CAfile ../tsa.pem

  Both must say "Verification: OK". When it was: openssl ts -reply -in manifest.tsr -text
  verify.mjs takes the same certificate with --tsa ../tsa.pem; the stamp in the report's own signature it checks, too.
`
}

function inFours(fingerprint: string): string {
  return fingerprint.match(/.{1,4}/g)?.join(' ') ?? ''
}

function formerText(former: readonly string[]): string {
  if (former.length === 0) return ''
  return `
The organisation replaced its root; what was signed before that leads to the former one. Ask for it in the same way and put both
certificates into the one file root.pem, the present one first. Fingerprint of the former:

${former.map((fingerprint) => `  ${inFours(fingerprint)}\n`).join('')}`
}
