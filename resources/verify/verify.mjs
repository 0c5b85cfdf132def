// Checks a Muster evidence bundle with nothing but Node.js (20 or newer): no packages, no network, no part of Muster.
//
//   node verify.mjs BUNDLE ROOT.PEM [--seen CHECKPOINT]… [--tsa AUTHORITY.PEM] [--crl LIST.PEM]… [--json]
//
// BUNDLE is the bundle's folder or its zip, ROOT.PEM the organisation's root certificate from somebody you trust (or several, where the root was replaced),
// each CHECKPOINT a file of three lines you were given earlier, AUTHORITY.PEM the certificate of a time authority you trust, LIST.PEM a
// newer revocation list. Exit code 0: every check passed; 1: a check failed; 2: wrong use.
//
// This is written apart from Muster's own verifier, so that one mistake cannot hide in both. The formats: RFC 8785 (canonical JSON),
// RFC 6962 (Merkle tree), RFC 5652 and 5035 (CMS, signing-certificate-v2), RFC 3161 (time stamps), RFC 5280 (revocation lists), C2SP tlog-checkpoint,
// ISO 32000 (PDF).
import * as crypto from 'node:crypto'
import { closeSync, createReadStream, fstatSync, lstatSync, mkdirSync, mkdtempSync, openSync, readFileSync, readSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { Worker, parentPort, workerData } from 'node:worker_threads'
import * as zlib from 'node:zlib'

const CHECKS = {
  manifest: 'The list of files can be read',
  'manifest-signature': 'The list of files is signed',
  root: 'The signature is an officer\'s, under the root you trust',
  files: 'Every listed file is there and unchanged',
  unlisted: 'There is no file that is not on the list',
  events: 'No event is missing, moved or changed',
  checkpoint: 'The events give the checkpoint, the list and the report name',
  'checkpoint-signature': 'The checkpoint is signed',
  seen: 'The checkpoints you were given earlier are the beginning of this log',
  campaign: 'The campaign\'s events do not contradict each other',
  'sign-offs': 'Every sign-off is signed by its reviewer',
  revocation: 'Nothing was signed with a certificate that had been revoked',
  totals: 'The report\'s figures are the ones the events give',
  items: 'Every row of the report is the one its events give',
  'items-csv': 'items.csv holds the same rows',
  exceptions: 'The report admits what has to be admitted',
  trail: 'What the report tells beside the figures is what its events tell',
  raw: 'The extracts are the ones the report rests on',
  'report-signature': 'The PDF is signed as a whole, by the same officer',
  'report-evidence': 'The figures attached to the PDF are evidence.json',
  'report-print': 'The PDF prints the figures of evidence.json, page after page',
  time: 'An authority outside saw it at the time it claims',
}

const { X509Certificate, createHash, verify } = crypto
const { createInflate, gunzipSync, inflateRawSync, inflateSync } = zlib

// ── small tools ──

const sha256 = (...parts) => {
  // One call where Node.js has it (21.7, 20.12): a log has several hashes a line.
  if (crypto.hash !== undefined && parts.length === 1) return crypto.hash('sha256', parts[0], 'buffer')
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const sha256Hex = (...parts) => (crypto.hash !== undefined && parts.length === 1 ? crypto.hash('sha256', parts[0], 'hex') : sha256(...parts).toString('hex'))
const folded = (person) => (typeof person === 'string' && /^[!-~]*$/.test(person) ? person.toLowerCase() : foldedText(person))
const foldedText = (person) => String(person ?? '').trim().normalize('NFKC').toLowerCase()
const same = (left, right) => folded(left) === folded(right)
const show = (value) => (value === undefined || value === null ? 'nothing' : JSON.stringify(value))
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const isCount = (value) => Number.isSafeInteger(value) && value >= 0
const isHash = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

function attempt(action) {
  try {
    return action()
  } catch {
    return undefined
  }
}

/** The file (or `length` bytes of it from `start`) in pieces, so that its length does not matter. Each is overwritten by the next. */
function* pieces(path, start = 0, length = Infinity) {
  const file = openSync(path, 'r')
  const piece = Buffer.allocUnsafe(1 << 20)
  try {
    for (let [at, left] = [start, length]; left > 0;) {
      const read = readSync(file, piece, 0, Math.min(left, piece.length), at)
      if (read === 0) return
      yield piece.subarray(0, read)
      at += read
      left -= read
    }
  } finally {
    closeSync(file)
  }
}

function hashFile(path) {
  const hash = createHash('sha256')
  for (const piece of pieces(path)) hash.update(piece)
  return hash.digest('hex')
}

/** Lines as bytes, split at LF and without it. Each is overwritten by later ones: what is kept of it has to be copied. */
function* byteLines(path) {
  const file = openSync(path, 'r')
  try {
    let block = Buffer.allocUnsafe(1 << 20)
    let held = 0
    for (;;) {
      if (held === block.length) block = Buffer.concat([block, Buffer.allocUnsafe(block.length)])
      const read = readSync(file, block, held, block.length - held)
      if (read === 0) break
      const filled = held + read
      let start = 0
      for (let end = block.indexOf(10, held); end >= 0 && end < filled; end = block.indexOf(10, start)) {
        yield block.subarray(start, end)
        start = end + 1
      }
      block.copyWithin(0, start, filled)
      held = filled - start
      if (held > 16 * 1024 * 1024) break
    }
    if (held > 0) yield block.subarray(0, held)
  } finally {
    closeSync(file)
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** RFC 8785 for strings, booleans, null, integers, arrays and objects; undefined for anything else. */
function canonical(value, depth = 0) {
  if (depth > 64) return undefined
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return value.toWellFormed() === value ? JSON.stringify(value) : undefined
  if (typeof value === 'number') return Number.isSafeInteger(value) ? JSON.stringify(value) : undefined
  if (Array.isArray(value)) {
    const parts = value.map((one) => canonical(one, depth + 1))
    return parts.includes(undefined) ? undefined : `[${parts.join(',')}]`
  }
  const parts = Object.keys(value).sort().map((key) => {
    const [name, content] = [canonical(key), canonical(value[key], depth + 1)]
    return name === undefined || content === undefined ? undefined : `${name}:${content}`
  })
  return parts.includes(undefined) ? undefined : `{${parts.join(',')}}`
}

/** Is `text`, which gave `value`, canonical? Written anew only where comparing with the engine's own spelling does not settle it. */
function isCanonicalText(value, text) {
  if (!text.includes('\\ud') && JSON.stringify(value) === text && isSorted(value, 0)) return true
  return canonical(value) === text
}

function isSorted(value, depth) {
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (typeof value !== 'object' || value === null) return true
  if (depth > 64) return false
  if (Array.isArray(value)) return value.every((one) => isSorted(one, depth + 1))
  const keys = Object.keys(value)
  return keys.every((key, at) => (at === 0 || keys[at - 1] < key) && isSorted(value[key], depth + 1))
}

// ── Merkle tree and checkpoint ──

const DOMAIN = Buffer.from('muster-event-v1\n')
let scratch = Buffer.from(DOMAIN)

/** The two hashes of a line, `{ event, leaf }`: SHA-256 after the log's own prefix, and after the byte 0. Both prefixes take turns before one copy of it. */
function lineHashes(line) {
  const length = DOMAIN.length + line.length
  if (scratch.length < length) scratch = Buffer.alloc(length * 2)
  DOMAIN.copy(scratch)
  scratch.set(line, DOMAIN.length)
  const event = sha256(scratch.subarray(0, length))
  scratch[DOMAIN.length - 1] = 0
  return { event, leaf: sha256(scratch.subarray(DOMAIN.length - 1, length)) }
}

/** Leaf hashes one after the other in one piece of memory. */
function startLeaves() {
  let bytes = Buffer.alloc(32 * 1024)
  let count = 0
  return {
    count: () => count,
    push: (leaf) => {
      if ((count + 1) * 32 > bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(bytes.length)])
      bytes.set(leaf, count * 32)
      count++
    },
    at: (index) => bytes.subarray(index * 32, index * 32 + 32),
  }
}

const pair = Buffer.alloc(65, 1)

/** Merkle tree hash as RFC 6962 section 2.1 defines it, over leaf hashes `from` to `to` (not included). */
function treeHash(leaves, from, to) {
  if (to === from) return sha256()
  if (to - from === 1) return leaves.at(from)
  let split = 1
  while (split * 2 < to - from) split *= 2
  const [left, right] = [treeHash(leaves, from, from + split), treeHash(leaves, from + split, to)]
  pair.set(left, 1)
  pair.set(right, 33)
  return sha256(pair)
}

function readCheckpoint(text) {
  const match = /^([^\n\r+]+)\n(0|[1-9][0-9]*)\n([A-Za-z0-9+/]{43}=)\n$/.exec(text)
  if (match === null || match[1].trim() !== match[1] || !Number.isSafeInteger(Number(match[2]))) return undefined
  if (Buffer.from(match[3], 'base64').toString('base64') !== match[3]) return undefined
  return { origin: match[1], size: Number(match[2]), root: match[3] }
}

// ── CMS signatures ──

/** One DER element of `bytes` at `at`; `all` includes its header. Any other spelling of a length than the shortest is not DER. */
function der(bytes, at = 0) {
  const tag = bytes[at]
  let length = bytes[at + 1]
  let start = at + 2
  if (length === undefined || length === 0x80 || length > 0x84 || (tag & 0x1f) === 0x1f) throw new Error('not DER')
  if (length > 0x80) {
    const digits = length & 0x7f
    length = bytes.readUIntBE(start, digits)
    start += digits
    if (length < 0x80 || length < 256 ** (digits - 1)) throw new Error('not DER')
  }
  const end = start + length
  if (end > bytes.length) throw new Error('cut off')
  return { tag, body: bytes.subarray(start, end), all: bytes.subarray(at, end) }
}

/** What is inside an element, which must have this tag and, if said, this many parts. */
function children(element, tag, count) {
  if (element === undefined || element.tag !== tag) throw new Error('not of the expected form')
  const found = []
  for (let at = 0; at < element.body.length;) {
    const child = der(element.body, at)
    found.push(child)
    at += child.all.length
  }
  if (count !== undefined && found.length !== count) throw new Error('not of the expected form')
  return found
}

const [OCTETS, SEQUENCE, SET, CONTEXT_0, CONTEXT_1, CONTEXT_2] = [0x04, 0x30, 0x31, 0xa0, 0xa1, 0xa2]
const isHex = (element, ...expected) => element !== undefined && expected.includes(element.all.toString('hex'))
const ONE = '020101'
const SIGNED_DATA = '06092a864886f70d010702'
const DATA = '06092a864886f70d010701'
const SHA_256 = '0609608648016503040201'
/** ecdsa-with-SHA256, rsaEncryption, sha256WithRSAEncryption */
const SIGNATURE_ALGORITHMS = ['06082a8648ce3d040302', '06092a864886f70d010101', '06092a864886f70d01010b']
const CONTENT_TYPE = '06092a864886f70d010903'
const MESSAGE_DIGEST = '06092a864886f70d010904'
const SIGNING_CERTIFICATE_V2 = '060b2a864886f70d010910022f'
const SIGNING_CERTIFICATE = '060b2a864886f70d010910020c'
const TIME_STAMP_TOKEN = '060b2a864886f70d010910020e'
const TIME_STAMP_INFO = '060b2a864886f70d0109100104'
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
const RSA_PSS = '06092a864886f70d01010a'
const MASK_1 = '06092a864886f70d010108'
const HASHES = { '06052b0e03021a': 'sha1', [SHA_256]: 'sha256', '0609608648016503040202': 'sha384', '0609608648016503040203': 'sha512' }
/** RSA leaves the hash to the digest's own name; the others say it. */
const HASH_OF_SIGNATURE = {
  '06092a864886f70d010101': undefined, '06092a864886f70d01010b': 'sha256', '06092a864886f70d01010c': 'sha384', '06092a864886f70d01010d': 'sha512',
  '06082a8648ce3d040302': 'sha256', '06082a8648ce3d040303': 'sha384', '06082a8648ce3d040304': 'sha512',
}

/** An AlgorithmIdentifier among `expected`, without parameters or with NULL for them. */
function isAlgorithm(element, ...expected) {
  const [name, parameters, ...more] = children(element, SEQUENCE)
  return isHex(name, ...expected) && (parameters === undefined || isHex(parameters, '0500')) && more.length === 0
}

/** RFC 5652, SignedData, narrowed to what Muster writes: DER, detached, one signer, SHA-256. Throws for the rest. */
function readCms(bytes) {
  const whole = der(bytes)
  if (whole.all.length !== bytes.length) throw new Error('something follows')
  const [type, wrapped] = children(whole, SEQUENCE, 2)
  const [version, digests, content, ...rest] = children(children(wrapped, CONTEXT_0, 1)[0], SEQUENCE)
  const isSignedData = isHex(type, SIGNED_DATA) && isHex(version, ONE) && isAlgorithm(children(digests, SET, 1)[0], SHA_256)
  if (!isSignedData) throw new Error('unknown form')
  if (!isHex(children(content, SEQUENCE, 1)[0], DATA)) throw new Error('not over data')
  if (rest.some(({ tag }) => ![CONTEXT_0, CONTEXT_1, SET].includes(tag))) throw new Error('unknown part')
  const certificates = rest.filter(({ tag }) => tag === CONTEXT_0).flatMap((part) => children(part, CONTEXT_0))
  const [info] = children(rest.find(({ tag }) => tag === SET), SET, 1)
  const [infoVersion, sid, digestAlgorithm, signedAttributes, algorithm, signature, unsigned, ...more] = children(info, SEQUENCE)
  if (more.length > 0 || (unsigned !== undefined && unsigned.tag !== CONTEXT_1)) throw new Error('unknown part')
  if (!isHex(infoVersion, ONE) || signature?.tag !== OCTETS) throw new Error('unknown form')
  if (!isAlgorithm(digestAlgorithm, SHA_256) || !isAlgorithm(algorithm, ...SIGNATURE_ALGORITHMS)) throw new Error('unknown algorithm')
  const [issuer, serial] = children(sid, SEQUENCE, 2)
  const own = certificates.find((certificate) => {
    const fields = children(children(certificate, SEQUENCE)[0], SEQUENCE).filter(({ tag }) => tag !== CONTEXT_0)
    return fields[0]?.all.equals(serial.all) && fields[2]?.all.equals(issuer.all)
  })
  if (own === undefined) throw new Error('the signer\'s certificate is missing')
  const attributes = new Map()
  for (const attribute of children(signedAttributes, CONTEXT_0)) {
    const [name, values] = children(attribute, SEQUENCE, 2)
    const key = name.all.toString('hex')
    if (attributes.has(key)) throw new Error('an attribute stands twice')
    attributes.set(key, children(values, SET, 1)[0])
  }
  const signedBytes = Buffer.from(signedAttributes.all)
  signedBytes[0] = SET
  const others = certificates.filter((one) => one !== own).map(({ all }) => new X509Certificate(all))
  return { own: own.all, others, attributes, signedBytes, signature: signature.body, stamp: unsigned === undefined ? undefined : stampIn(unsigned) }
}

/** The time stamp among the attributes that are not signed; nothing else may stand there. */
function stampIn(unsigned) {
  const [attribute] = children(unsigned, CONTEXT_1, 1)
  const [name, values] = children(attribute, SEQUENCE, 2)
  if (!isHex(name, TIME_STAMP_TOKEN)) throw new Error('an attribute nobody knows')
  return children(values, SET, 1)[0].all
}

/** `{ certificate, fingerprint }` of who signed, `{ fault, isTrustFault }` otherwise. `roots` undefined: trust is not asked. */
function checkCms(digest, bytes, roots) {
  const cms = attempt(() => readCms(bytes))
  if (cms === undefined) return { fault: 'the signature cannot be read' }
  const contentType = cms.attributes.get(CONTENT_TYPE)
  const signedDigest = cms.attributes.get(MESSAGE_DIGEST)
  if (!isHex(contentType, DATA)) return { fault: 'the signature cannot be read' }
  if (signedDigest?.tag !== OCTETS || !signedDigest.body.equals(digest)) return { fault: 'the content is not the one that was signed' }
  const named = attempt(() => {
    const [list] = children(cms.attributes.get(SIGNING_CERTIFICATE_V2), SEQUENCE)
    return children(children(list, SEQUENCE)[0], SEQUENCE)[0]
  })
  if (named === undefined || named.tag !== OCTETS || !named.body.equals(sha256(cms.own))) {
    return { fault: 'the signature does not name the certificate it was made with' }
  }
  const certificate = attempt(() => new X509Certificate(cms.own))
  const isRight = attempt(() => verify('sha256', cms.signedBytes, certificate.publicKey, cms.signature))
  if (isRight !== true) return { fault: 'the signature was not made with the key of its certificate' }
  const fault = roots === undefined ? undefined : distrustUnderAll(certificate, cms.others, roots)
  if (fault !== undefined) return { fault, isTrustFault: true }
  return { certificate, fingerprint: sha256Hex(cms.own), ...(cms.stamp === undefined ? {} : { stamp: { token: cms.stamp, over: cms.signature } }) }
}

/** Undefined where one of the roots vouches for it; otherwise what the first has against it. */
function distrustUnderAll(certificate, others, roots) {
  const faults = roots.map((root) => distrust(certificate, others, root))
  return faults.includes(undefined) ? undefined : faults[0]
}

function distrust(certificate, others, root) {
  if (certificate.ca) return 'the signing certificate is an authority\'s, not a person\'s'
  const isIssuedBy = (one, authority) => authority.ca && one.checkIssued(authority) && one.verify(authority.publicKey)
  const left = new Set(others.filter(({ fingerprint256 }) => fingerprint256 !== root.fingerprint256))
  let current = certificate
  for (let step = 0; step < 5; step++) {
    const now = Date.now()
    if (now < Date.parse(current.validFrom) || now > Date.parse(current.validTo)) return 'a certificate is not valid today'
    if (isIssuedBy(current, root)) return left.size === 0 ? undefined : 'the signature carries a certificate that does not belong to it'
    const next = [...left].find((one) => isIssuedBy(current, one))
    if (next === undefined) break
    left.delete(next)
    current = next
  }
  return 'the signing certificate does not come from the organisation whose root was given'
}

// ── time stamps ──

/** `{ at, authority }` of a stamp over `content`, `{ fault }` otherwise. `roots` undefined: whose word it is is not asked. */
function checkStamp(content, bytes, roots) {
  const whole = attempt(() => children(der(bytes), SEQUENCE))
  if (whole === undefined || der(bytes).all.length !== bytes.length) return { fault: 'the time stamp cannot be read' }
  // A response of an authority: its status (granted, or granted with changes), then the token.
  const isResponse = whole[0]?.tag === SEQUENCE
  if (isResponse && !isHex(attempt(() => children(whole[0], SEQUENCE)[0]), '020100', '020101')) return { fault: 'the time authority refused to stamp it' }
  const stamp = attempt(() => readStamp(isResponse ? whole[1].all : bytes))
  if (stamp === undefined || (isResponse && whole.length !== 2)) return { fault: 'the time stamp cannot be read' }
  if (stamp.form === undefined) return { fault: 'the time stamp is signed in a way that is not known here (RSA, RSA-PSS and ECDSA with SHA-2 are)' }
  const { signer } = stamp
  if (!stamp.imprint.equals(sha256(content))) return { fault: 'the time stamp was made over something else' }
  if (!stamp.digest.equals(createHash(stamp.hash).update(stamp.info).digest())) return { fault: 'the time stamp was changed' }
  if (!stamp.named.value.equals(createHash(stamp.named.hash).update(signer.raw).digest())) return { fault: 'the time stamp does not name the certificate it was made with' }
  const { hash, saltLength } = stamp.form
  const key = saltLength === undefined ? signer.publicKey : { key: signer.publicKey, padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength }
  if (attempt(() => verify(hash, stamp.signedBytes, key, stamp.signature)) !== true) {
    return { fault: 'the time stamp was not signed with the key of its certificate' }
  }
  if (signer.ca || (signer.keyUsage ?? []).join() !== TIME_STAMPING) return { fault: 'the time stamp\'s certificate is not one for time stamping' }
  const fault = roots === undefined ? undefined : stampDistrust(stamp, roots)
  return fault === undefined ? { at: stamp.at, authority: nameIn(signer) } : { fault }
}

function nameIn({ subject }) {
  const name = /^CN=(.*)$/m.exec(subject)?.[1] ?? /^O=(.*)$/m.exec(subject)?.[1] ?? ''
  return name.replace(/[\p{Cc}\p{Cf}]/gu, ' ').replace(/\s+/g, ' ').trim().slice(0, 120) || 'an authority without a name'
}

function stampDistrust({ signer, others, at }, roots) {
  const isIssuedBy = (one, authority) => authority.ca && one.checkIssued(authority) && one.verify(authority.publicKey)
  const then = Date.parse(at)
  let current = signer
  for (let step = 0; step < 5 && current !== undefined; step++) {
    if (then < Date.parse(current.validFrom) || then > Date.parse(current.validTo)) {
      const [from, to] = [current.validFrom, current.validTo].map((date) => new Date(date).toISOString().slice(0, 10))
      return `the certificate "${nameIn(current)}" of the time authority is for ${from} to ${to}, and the stamp says ${at.slice(0, 10)}`
    }
    const own = current
    if (roots.some((root) => root.fingerprint256 === own.fingerprint256 || isIssuedBy(own, root))) return undefined
    current = others.find((other) => other.fingerprint256 !== own.fingerprint256 && isIssuedBy(own, other))
  }
  return 'the time stamp does not come from an authority whose certificate was given'
}

/** RFC 3161: SignedData around a TSTInfo, one signer. Throws for the rest. */
function readStamp(bytes) {
  const whole = der(bytes)
  const [type, wrapped] = children(whole, SEQUENCE, 2)
  const [version, , encapsulated, ...rest] = children(children(wrapped, CONTEXT_0, 1)[0], SEQUENCE)
  const [kind, carried] = children(encapsulated, SEQUENCE, 2)
  if (whole.all.length !== bytes.length || !isHex(type, SIGNED_DATA) || !isHex(version, '020103') || !isHex(kind, TIME_STAMP_INFO)) throw new Error('not a stamp')
  const [octets] = children(carried, CONTEXT_0, 1)
  const certificates = rest.filter(({ tag }) => tag === CONTEXT_0).flatMap((part) => children(part, CONTEXT_0)).filter(({ tag }) => tag === SEQUENCE)
  const [info] = children(rest.find(({ tag }) => tag === SET), SET, 1)
  const [, sid, digestAlgorithm, signedAttributes, algorithm, signature] = children(info, SEQUENCE)
  const nameOf = (element) => {
    const [name, parameters, ...more] = children(element, SEQUENCE)
    if (more.length > 0 || (parameters !== undefined && !isHex(parameters, '0500'))) throw new Error('parameters')
    return name.all.toString('hex')
  }
  const hash = HASHES[nameOf(digestAlgorithm)]
  const own = certificates.find((certificate) => isStampSigner(certificate, sid))
  if (hash === undefined || own === undefined || signature?.tag !== OCTETS || octets?.tag !== OCTETS) throw new Error('unknown form')
  const attributes = new Map(children(signedAttributes, CONTEXT_0).map((attribute) => {
    const [name, values] = children(attribute, SEQUENCE, 2)
    return [name.all.toString('hex'), children(values, SET)[0]]
  }))
  const digest = attributes.get(MESSAGE_DIGEST)
  if (attributes.size !== children(signedAttributes, CONTEXT_0).length || digest?.tag !== OCTETS || !isHex(attributes.get(CONTENT_TYPE), TIME_STAMP_INFO)) throw new Error('unknown form')
  const second = attributes.get(SIGNING_CERTIFICATE_V2)
  const [first, next] = children(children(children(second ?? attributes.get(SIGNING_CERTIFICATE), SEQUENCE)[0], SEQUENCE)[0], SEQUENCE)
  const named = first.tag === OCTETS ? { hash: second === undefined ? 'sha1' : 'sha256', value: first.body } : { hash: HASHES[nameOf(first)], value: next.body }
  if (named.hash === undefined || (first.tag !== OCTETS && (second === undefined || next.tag !== OCTETS))) throw new Error('unknown form')
  const told = der(octets.body)
  const [infoVersion, , imprint, , time] = children(told, SEQUENCE)
  const [imprintAlgorithm, imprinted] = children(imprint, SEQUENCE, 2)
  const isKnown = told.all.length === octets.body.length && isHex(infoVersion, ONE) && HASHES[nameOf(imprintAlgorithm)] === 'sha256' && imprinted.tag === OCTETS
  if (!isKnown) throw new Error('unknown form')
  const signedBytes = Buffer.from(signedAttributes.all)
  signedBytes[0] = SET
  return {
    info: octets.body, imprint: imprinted.body, digest: digest.body, hash, named, signedBytes, signature: signature.body,
    form: attempt(() => stampForm(algorithm, hash)), signer: new X509Certificate(own.all), at: timeIn(time),
    others: certificates.filter((one) => one !== own).map(({ all }) => new X509Certificate(all)),
  }
}

/** How a stamp was signed: `saltLength` of RSA-PSS (RFC 4055, one hash throughout and all of it spelled out), undefined otherwise. Throws for the rest. */
function stampForm(algorithm, digest) {
  const [name, parameters, ...more] = children(algorithm, SEQUENCE)
  const made = name.all.toString('hex')
  if (made !== RSA_PSS) {
    if (!(made in HASH_OF_SIGNATURE) || more.length > 0 || (parameters !== undefined && !isHex(parameters, '0500'))) throw new Error('unknown form')
    return { hash: HASH_OF_SIGNATURE[made] ?? digest }
  }
  const [hashPart, maskPart, saltPart, ...rest] = children(parameters, SEQUENCE)
  const hashIn = (element) => (isAlgorithm(element, ...Object.keys(HASHES)) ? HASHES[children(element, SEQUENCE)[0].all.toString('hex')] : undefined)
  const hash = hashIn(children(hashPart, CONTEXT_0, 1)[0])
  const [mask, maskHash] = children(children(maskPart, CONTEXT_1, 1)[0], SEQUENCE, 2)
  const [salt] = children(saltPart, CONTEXT_2, 1)
  const isKnown = hash !== undefined && hash !== 'sha1' && isHex(mask, MASK_1) && hashIn(maskHash) === hash && rest.length === 0
  if (!isKnown || salt.tag !== 0x02 || salt.body.length !== 1 || salt.body[0] >= 0x80) throw new Error('unknown form')
  return { hash, saltLength: salt.body[0] }
}

/** Named by issuer and serial number, or by the identifier of its key. */
function isStampSigner(certificate, sid) {
  if (sid.tag === 0x80) return certificate.all.includes(Buffer.concat([Buffer.of(OCTETS, sid.body.length), sid.body]))
  const [issuer, serial] = children(sid, SEQUENCE, 2)
  const fields = children(children(certificate, SEQUENCE)[0], SEQUENCE).filter(({ tag }) => tag !== CONTEXT_0)
  return fields[0]?.all.equals(serial.all) && fields[2]?.all.equals(issuer.all)
}

/** GeneralizedTime or UTCTime, in UTC, as ISO 8601. */
function timeIn({ tag, body }) {
  const text = body.toString('latin1')
  const full = tag === 0x18 ? text : tag === 0x17 ? `${Number(text.slice(0, 2)) < 50 ? 20 : 19}${text}` : ''
  const [, year, month, day, hour, minute, second, fraction = ''] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d+))?Z$/.exec(full) ?? []
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`
  if (Number.isNaN(Date.parse(iso))) throw new Error('not a time')
  return iso
}

// ── revocation lists ──

const FORMER_LISTS = 'certs/former-crl'

/** DER of each list in a file. */
function listsIn(pem) {
  return (pem.match(/-----BEGIN X509 CRL-----[\s\S]*?-----END X509 CRL-----/g) ?? []).map((block) => Buffer.from(block.replace(/-----[^-]+-----/g, ''), 'base64'))
}

/** Entries `{ issuer, serial, at, isCompromised }` of the lists in a file; undefined unless each is signed by one of the authorities. */
function revocations(pem, authorities) {
  const lists = listsIn(pem).map((list) => attempt(() => readRevocations(list, authorities)))
  return lists.length === 0 || lists.includes(undefined) ? undefined : lists.flat()
}

/** RFC 5280, CertificateList. Throws where it is none, or nobody's here. */
function readRevocations(bytes, authorities) {
  const whole = der(bytes)
  const [list, algorithm, signature] = children(whole, SEQUENCE, 3)
  const fields = children(list, SEQUENCE)
  if (fields[0]?.tag === 0x02) fields.shift()
  const [, issuer, , ...rest] = fields
  const hash = HASH_OF_SIGNATURE[children(algorithm, SEQUENCE)[0].all.toString('hex')]
  const isSigned = authorities.some((authority) => {
    const subject = children(children(der(authority.raw), SEQUENCE)[0], SEQUENCE).filter(({ tag }) => tag !== CONTEXT_0)[4]
    return authority.ca && subject.all.equals(issuer.all) && attempt(() => verify(hash, list.all, authority.publicKey, signature.body.subarray(1))) === true
  })
  if (whole.all.length !== bytes.length || hash === undefined || signature.tag !== 0x03 || !isSigned) throw new Error('not a list of this organisation')
  const entries = rest.find(({ tag }) => tag === SEQUENCE)
  return entries === undefined ? [] : children(entries, SEQUENCE).map((entry) => {
    const [serial, at, extensions] = children(entry, SEQUENCE)
    // The reason keyCompromise, as an extension: 2.5.29.21 with the ENUMERATED 1.
    const isCompromised = extensions?.all.includes(Buffer.from('0603551d1504030a0101', 'hex')) === true
    return { issuer: issuer.all, serial: serial.all, at: Date.parse(timeIn(at)), isCompromised }
  })
}

// ── the campaign, replayed from its events ──

/** A sign-off made in a packet signs a line of another log. That line has to bind the answers told here, and they the decisions that stand. */
function carriedFault({ campaign, reviewer, items, carried }, standingOf) {
  if (carried === undefined) return undefined
  const signed = attempt(() => JSON.parse(carried.line))
  if (signed?.kind !== 'sign-off' || signed.log !== carried.log) return 'what was signed in the packet is no sign-off of the log it names'
  if (signed.body?.campaign !== campaign || !same(signed.body.reviewer, reviewer)) return 'what was signed in the packet is somebody else\'s'
  if (!Array.isArray(signed.body.items) || items.some((id) => !signed.body.items.includes(id))) return 'items were signed off that the packet\'s signature does not cover'
  const fields = ['adviceVisible', 'item', 'outcome', 'reasonCode', 'reasonText', 'seq', 'until']
  const ordered = [...carried.answers].sort((left, right) => left.item - right.item).map((answer) => Object.fromEntries(fields.map((field) => [field, answer[field]])))
  if (sha256Hex(JSON.stringify(ordered)) !== signed.body.answersHash) return 'the answers told with the sign-off are not the ones that were signed in the packet'
  const answers = new Map(ordered.map((answer) => [answer.item, answer]))
  const compared = ['outcome', 'until', 'reasonCode', 'reasonText', 'adviceVisible']
  for (const id of items) {
    const decision = standingOf(id)
    if (decision !== undefined && compared.some((field) => answers.get(id)?.[field] !== decision[field])) return `item ${id} was decided otherwise than was signed in the packet`
  }
  return undefined
}

/** Events of a campaign that change none of its figures. */
const SILENT = ['campaign-created', 'campaign-changed', 'campaign-discarded', 'campaign-extended', 'reviewers-reminded', 'escalation-step', 'subject-left', 'items-without-reviewer', 'micro-review-opened', 'ticket-seen', 'use-after-decision-seen', 'bundle-sealed', 'narrative-worded', 'model-disagreed', 'question-asked', 'question-answered',
  'population-tested', 'sample-drawn', 'custody-noted', 'campaign-amended', 'time-authority-asked', 'bundle-time-stamped', 'letter-settled']

const OUTCOMES = ['keep', 'revoke', 'keep-until', 'look-closer']

function startReplay(campaign) {
  const state = { items: new Map(), signOffs: [], contradictions: [], launched: undefined, closed: undefined, stage: 1, moving: new Set(), covers: new Map(), removals: new Map(), planted: new Set(), packets: new Map(), answered: new Map() }
  const say = (event, text) => state.contradictions.push(`event ${event.seq}: ${text}`)

  function changeable(event, id) {
    const item = state.items.get(id)
    if (item === undefined) say(event, `item ${id} was never given to a reviewer`)
    else if (item.signedOff !== undefined) say(event, `item ${id} had been signed off`)
    else if (state.closed !== undefined) say(event, `the campaign was closed before item ${id} was touched`)
    else if (item.isSuperseded) say(event, `item ${id} had moved on to the next stage`)
    else return item
    return undefined
  }

  function planned(event, id) {
    const found = state.removals.get(id)
    if (found === undefined) say(event, `removal ${id} was never planned`)
    return found
  }

  /** What an import of a response refuses, the log must not hold either. */
  function inPacket(event, id, { items, at, what }) {
    const packet = state.packets.get(id)
    if (packet === undefined || !state.answered.has(id)) return say(event, `${what} from packet ${id}, to which no response had been taken in`)
    const strange = items.find((item) => !packet.items.includes(item))
    if (strange !== undefined) say(event, `item ${strange} was answered in packet ${id}, which did not hold it`)
    if (at > packet.expiresAt) say(event, `packet ${id} was answered on ${at.slice(0, 10)}, after it had expired on ${packet.expiresAt.slice(0, 10)}`)
    return undefined
  }

  const on = {
    'packet-written': (_event, body) => state.packets.set(body.packet, body),
    'response-merged': (event, body) => {
      const packet = state.packets.get(body.packet)
      if (packet === undefined) say(event, `a response was taken in to packet ${body.packet}, which was never written`)
      else if (!same(packet.reviewer, body.reviewer)) say(event, `packet ${body.packet} went to ${packet.reviewer}, and ${body.reviewer} answered it`)
      if (state.answered.has(body.packet)) say(event, `a response to packet ${body.packet} was taken in a second time`)
      state.answered.set(body.packet, body.log)
    },
    'campaign-launched': (event, body) => {
      if (state.launched !== undefined) say(event, 'launched twice')
      if (body.population !== body.inReview + body.excluded) say(event, 'the population does not add up')
      state.launched = { ...body, seq: event.seq, at: event.ts }
    },
    'items-frozen': (event, body) => {
      if (state.launched === undefined) say(event, 'items were given out before the launch')
      const stage = body.stage ?? 1
      if (stage !== state.stage) say(event, `items of stage ${stage} were given out in stage ${state.stage}`)
      for (const item of body.items) {
        const first = item.of ?? item.item
        if (state.items.has(item.item)) say(event, `item ${item.item} was given out twice`)
        else if (first !== item.item && !state.items.has(first)) say(event, `item ${item.item} continues one that was never given out`)
        else {
          state.items.set(item.item, { ...item, first, stage, isSuperseded: false, stack: [], signedOff: undefined })
          if (stage > 1 && !state.moving.has(first)) say(event, `item ${item.item} brings back a grant that had not moved on`)
        }
      }
    },
    'items-reassigned': (event, body) => {
      for (const id of body.items) {
        const item = changeable(event, id)
        if (item === undefined) continue
        if (!same(item.reviewer, body.from)) say(event, `item ${id} was handed on by somebody who did not have it`)
        item.reviewer = body.to
        item.basis = body.basis
        item.stack = []
      }
    },
    'stage-closed': (event, body) => {
      if (body.stage !== state.stage) say(event, `stage ${body.stage} was closed in stage ${state.stage}`)
      const current = standing(state.items)
      const open = current.filter((item) => item.signedOff === undefined).map((item) => item.item)
      const named = new Set(body.unanswered)
      if (named.size !== open.length || !open.every((id) => named.has(id))) say(event, 'the unanswered items of the stage are others than named')
      if (new Set(current.map((item) => item.first)).size !== body.cases) say(event, 'not as many grants in the stage as counted')
      state.stage = body.stage + 1
      state.moving = new Set(body.movedOn)
      for (const item of current) if (state.moving.has(item.first)) item.isSuperseded = true
    },
    'decided-together': (event, body) => {
      state.covers.set(event.seq, { ...body, by: event.actor, used: 0 })
    },
    'decision-made': (event, body) => {
      const item = changeable(event, body.item)
      if (item === undefined) return
      if (body.carried !== undefined) inPacket(event, body.carried.packet, { items: [body.item], at: body.carried.at, what: `a decision on item ${body.item}` })
      if (!OUTCOMES.includes(body.outcome)) say(event, 'an outcome nobody knows')
      if (body.packet !== item.packet) say(event, `item ${body.item} was decided on other evidence`)
      if (body.advice !== item.advice) say(event, `item ${body.item} was decided under other advice`)
      if ((body.outcome === 'keep-until') !== (body.until !== null)) say(event, `item ${body.item}: date and outcome do not fit`)
      const named = body.bulk ?? body.attestation
      if (named !== undefined) {
        const covering = state.covers.get(named.id)
        const way = body.bulk === undefined ? 'attestation' : 'bulk'
        if (covering?.way !== way || covering.size !== named.size || !same(covering.by, event.actor)) {
          say(event, `item ${body.item} was decided together with others by event ${named.id}, which does not say so`)
        } else if (++covering.used > covering.size) say(event, `more items were decided together than event ${named.id} covers`)
      }
      const { outcome, until, reasonCode, reasonText, adviceVisible, openMs, bulk, attestation } = body
      item.stack.push({ seq: event.seq, by: event.actor, at: event.ts, outcome, until, reasonCode, reasonText, adviceVisible, openMs, bulk, attestation })
    },
    'decision-undone': (event, body) => {
      const item = changeable(event, body.item)
      if (item === undefined) return
      if (item.stack.at(-1)?.seq === body.undoes) item.stack.pop()
      else say(event, `decision ${body.undoes} does not stand and cannot be undone`)
    },
    'remediations-planned': (event, body) => {
      if (state.closed === undefined) say(event, 'removals planned before the campaign was closed')
      const cases = casesOf(standing(state.items))
      for (const { remediation, item, basis } of body.planned) {
        if (state.removals.has(remediation)) say(event, `removal ${remediation} was planned twice`)
        state.removals.set(remediation, { as: undefined, snapshot: 0 })
        const mine = cases.get(item) ?? []
        const signed = (outcome) => mine.some((one) => one.signedOff !== undefined && one.stack.at(-1)?.outcome === outcome)
        const byRule = ['revoke', 'follow-advice'].includes(state.closed?.noAnswer) && mine.length > 0 && !signed('keep') && !signed('revoke')
        const ground = { decision: signed('revoke'), 'until-passed': signed('keep-until'), 'no-answer': byRule }
        if (ground[basis] !== true) say(event, `removal ${remediation} of item ${item} has no ground in what was signed`)
        if (state.planted.has(item)) say(event, `removal ${remediation} is of item ${item}, which was planted`)
      }
    },
    'remediations-requested': (event, body) => body.remediations.forEach((id) => planned(event, id)),
    'remediations-reported-done': (event, body) => body.remediations.forEach((id) => planned(event, id)),
    'remediation-answered': (event, body) => planned(event, body.remediation),
    'restores-requested': (event, body) => body.remediations.forEach((id) => planned(event, id)),
    'restore-answered': (event, body) => planned(event, body.remediation),
    'item-planted': (event, body) => {
      const item = state.items.get(body.item)
      if (item === undefined || item.first !== body.item) say(event, `item ${body.item} was never given out, so it cannot be planted`)
      else if (state.closed !== undefined) say(event, `item ${body.item} was planted after the campaign was closed`)
      else if ([...state.items.values()].some((one) => one.first === body.item && (one.stack.length > 0 || one.signedOff !== undefined))) {
        say(event, `item ${body.item} was planted after it had been decided`)
      }
      if (body.isPlanted) state.planted.add(body.item)
      else state.planted.delete(body.item)
    },
    'remediation-reopened': (event, body) => planned(event, body.remediation),
    'remediation-taken-back': (event, body) => {
      const before = planned(event, body.remediation)
      if (before !== undefined && body.to === 'restoring') before.as = 'restoring'
    },
    'remediations-checked': (event, body) => {
      for (const { remediation, as } of body.seen) {
        const before = planned(event, remediation)
        if (before === undefined) continue
        if (as === 'came-back' && (before.as !== 'verified-gone' || body.snapshot <= before.snapshot)) say(event, `removal ${remediation} came back without having been gone before`)
        if (as === 'restored' && before.as !== 'restoring') say(event, `removal ${remediation} was given back without having been taken back`)
        before.as = as
        before.snapshot = body.snapshot
      }
    },
    'sign-off': (event, body) => {
      const lines = []
      for (const id of body.items) {
        const item = changeable(event, id)
        if (item === undefined) continue
        if (!same(item.reviewer, body.reviewer)) say(event, `item ${id} belongs to another reviewer`)
        const decision = item.stack.at(-1)
        if (decision === undefined) continue
        lines.push([id, `${id}\t${decision.outcome}\t${decision.seq}\n`])
        item.signedOff = event.seq
      }
      if (!same(event.actor, body.reviewer)) say(event, 'signed off in somebody else\'s name')
      const astray = carriedFault(body, (id) => state.items.get(id)?.stack.at(-1))
      if (astray !== undefined) say(event, astray)
      if (body.carried !== undefined) {
        const { packet, log, line } = body.carried
        if (state.answered.has(packet) && state.answered.get(packet) !== log) say(event, `a sign-off of another log than the one packet ${packet} was answered in`)
        inPacket(event, packet, { items: body.items, at: /"ts":"([^"]*)"/.exec(line)?.[1] ?? '', what: 'a sign-off' })
      }
      const text = lines.sort(([left], [right]) => left - right).map(([, line]) => line).join('')
      if (sha256Hex(text) !== body.decisionsHash) say(event, `the decisions ${body.reviewer} signed are not the ones the log holds`)
      state.signOffs.push({ ...body, seq: event.seq, at: event.ts })
    },
    'campaign-closed': (event, body) => {
      if (state.closed !== undefined) say(event, 'closed twice')
      state.closed = { ...body, at: event.ts }
      const current = standing(state.items)
      const counted = countOutcomes(current)
      const isSame = Object.keys(counted).every((key) => counted[key] === (body.outcomes[key] ?? 0))
      if (body.items !== current.length || !isSame) say(event, 'the figures written at the close are not those of the decisions')
      const open = current.filter((item) => item.signedOff === undefined).map((item) => item.item)
      const named = new Set(body.unanswered)
      if (named.size !== open.length || !open.every((id) => named.has(id))) say(event, 'the unanswered items are others than named')
      if (body.final === undefined) return
      state.final = settle(current, body.final.strategies, body.noAnswer)
      const { outcomes, byRule } = state.final
      if (byRule.join() !== body.final.byRule.join() || Object.keys(outcomes).some((key) => outcomes[key] !== body.final.outcomes[key])) {
        say(event, 'what the grants came to is not what the decisions and the rule give')
      }
    },
  }
  return {
    state,
    add: (event) => {
      if (event.body?.campaign !== campaign) return
      // A malformed body must be told, not end the verification.
      try {
        if (on[event.kind] !== undefined) on[event.kind](event, event.body)
        else if (!SILENT.includes(event.kind)) say(event, 'of a kind this verifier does not know')
      } catch {
        say(event, 'of a form this verifier does not know')
      }
    },
    finish: () => {
      if (state.launched === undefined) state.contradictions.push('the log holds no launch of this campaign')
      else if (state.launched.inReview !== new Set([...state.items.values()].map(({ first }) => first)).size) {
        state.contradictions.push('not as many grants as announced at the launch')
      }
      return state
    },
  }
}

// ── what the report tells beside its figures ──

const COUNTED = { people: (people) => people.length, items: (items) => items.length, movedOn: (cases) => cases.length, unanswered: (items) => items.length }
/** Event kind → where the report tells it, and which fields it tells; a list that is only counted stands in COUNTED for that kind. */
const TOLD = {
  'items-reassigned': ['handedOn', ['from', 'to', 'basis', 'why', 'items', 'reason'], ['items']],
  'stage-closed': ['stages', ['stage', 'cases', 'movedOn', 'unanswered', 'nextDueOn'], ['movedOn', 'unanswered']],
  'campaign-extended': ['extensions', ['stage', 'from', 'to', 'reason'], []],
  'reviewers-reminded': ['reminders', ['people', 'channel'], ['people']],
  'question-asked': ['questions', ['item', 'asked', 'role', 'text'], []],
  'population-tested': ['tests', ['test', 'what', 'source', 'how', 'expected', 'found', 'explanation'], []],
  'sample-drawn': ['samples', ['sample', 'seed', 'method', 'among', 'population', 'items'], []],
  'custody-noted': ['custody', ['what', 'where', 'note', 'until'], []],
  'campaign-amended': ['amendments', ['supersedes', 'reason'], []],
  'bundle-sealed': ['sealed', ['version', 'reportSha256', 'evidenceSha256', 'hasExceptions'], []],
}

function startTrail(campaign) {
  const told = Object.fromEntries(Object.values(TOLD).map(([where]) => [where, []]))
  const pace = new Map()
  const wording = new Map()
  const wordedBy = new Map()
  const paceOf = (person) => pace.get(folded(person)) ?? pace.set(folded(person), { decisions: 0, quick: 0, undone: 0, last: -Infinity }).get(folded(person))
  const add = (event) => {
    const { body, kind } = event
    if (body?.campaign !== campaign) return
    if (Object.hasOwn(TOLD, kind)) {
      const [where, fields, counted] = TOLD[kind]
      const line = { seq: event.seq, at: event.ts, by: event.actor }
      for (const field of fields) line[field] = counted.includes(field) ? COUNTED[field](body[field]) : body[field]
      if (kind === 'reviewers-reminded') line.open = body.people.reduce((sum, { open }) => sum + open, 0)
      if (kind === 'question-asked') line.answer = null
      told[where].push(line)
    } else if (kind === 'question-answered') {
      const asked = told.questions.find(({ seq }) => seq === body.question)
      if (asked !== undefined) asked.answer = { at: event.ts, by: event.actor, text: body.text }
    } else if (kind === 'decision-made') {
      const own = paceOf(event.actor)
      const now = Date.parse(event.ts)
      own.decisions++
      if (now - own.last < 2000) own.quick++
      own.last = now
    } else if (kind === 'decision-undone') {
      paceOf(event.actor).undone++
    } else if (kind === 'narrative-worded') {
      const own = wording.get(body.digest) ?? { model: body.model, digest: body.digest, worded: 0, sentences: 0, replaced: 0, disagreed: 0 }
      wording.set(body.digest, { ...own, worded: own.worded + 1, sentences: own.sentences + body.sentences, replaced: own.replaced + body.replaced })
      wordedBy.set(body.item, body.digest)
    } else if (kind === 'model-disagreed') {
      const own = wording.get(wordedBy.get(body.item))
      if (own !== undefined) own.disagreed++
    }
  }
  const result = (state) => ({
    ...told, circular: circularOf(state), days: daysOf(state), wording: sortedBy([...wording.values()], ({ digest }) => digest),
    pace: sortedBy([...pace].map(([person, { decisions, quick, undone }]) => ({ person, decisions, quick, undone })), ({ person }) => person),
  })
  return { add, result }
}

function sortedBy(values, of) {
  return values.sort((left, right) => (of(left) < of(right) ? -1 : of(left) > of(right) ? 1 : 0))
}

function circularOf(state) {
  const reviewed = new Map()
  for (const { reviewer, subject } of state.items.values()) {
    const [by, of] = [folded(reviewer), folded(subject)]
    if (subject === null || by === of) continue
    if (!reviewed.has(by)) reviewed.set(by, new Map())
    reviewed.get(by).set(of, (reviewed.get(by).get(of) ?? 0) + 1)
  }
  const found = []
  for (const [one, subjects] of reviewed) {
    for (const [other, items] of subjects) {
      const back = reviewed.get(other)?.get(one)
      if (one < other && back !== undefined) found.push({ one, other, items: items + back })
    }
  }
  return sortedBy(found, ({ one, other }) => `${one}\n${other}`)
}

function daysOf(state) {
  const days = {}
  const signedAt = new Map(state.signOffs.map(({ seq, at }) => [seq, at]))
  const count = (time, what) => {
    const day = String(time).slice(0, 10)
    days[day] ??= { day, decided: 0, signedOff: 0 }
    days[day][what]++
  }
  for (const item of standing(state.items)) {
    if (item.stack.length > 0) count(item.stack.at(-1).at, 'decided')
    if (signedAt.has(item.signedOff)) count(signedAt.get(item.signedOff), 'signedOff')
  }
  return sortedBy(Object.values(days), ({ day }) => day)
}

const RISKS = ['low', 'medium', 'high', 'critical']
const RISK_FIELDS = { keep: 'keep', revoke: 'revoke', 'keep-until': 'keepUntil', 'look-closer': 'lookCloser', undecided: 'undecided' }

/** Counts rows by risk and outcome. */
function startRiskTable() {
  const lines = new Map()
  const add = ({ risk, outcome }) => {
    if (!lines.has(risk)) lines.set(risk, { risk, items: 0, keep: 0, revoke: 0, keepUntil: 0, lookCloser: 0, undecided: 0 })
    const line = lines.get(risk)
    line.items++
    line[RISK_FIELDS[outcome]]++
  }
  return { add, result: () => RISKS.flatMap((risk) => lines.get(risk) ?? []) }
}

/**
 * The sample drawn anew: items in the order of SHA-256("muster-sample-v1\n" seed "\n" item), the first so many. They are the first where no other item
 * comes before the last of them.
 */
function isSampleOf(state, { seed, among, population, items }) {
  const rankOf = (item) => sha256Hex(`muster-sample-v1\n${seed}\n${item}`)
  const last = items.reduce((highest, item) => (rankOf(item) > highest ? rankOf(item) : highest), '')
  const eligible = standing(state.items).filter(({ stack }) => among === 'all' || (stack.at(-1)?.outcome ?? 'undecided') === among).map(({ item }) => item)
  const drawn = eligible.filter((item) => rankOf(item) <= last).sort((left, right) => left - right)
  return population === eligible.length && drawn.join() === items.join()
}

function trailFaults(report, risks, trail, state) {
  const recomputed = trail.result(state)
  const faults = []
  for (const key of Object.keys(recomputed)) {
    if (canonical(report.facts.log?.[key] ?? null) !== canonical(recomputed[key])) faults.push(`${key}: the report tells other than the events`)
  }
  if (canonical(report.facts.store?.outcomeByRisk ?? null) !== canonical(risks.result())) {
    faults.push('outcomes by risk: the report tells other than its rows')
  }
  for (const sample of recomputed.samples) {
    if (!isSampleOf(state, sample)) faults.push(`sample ${sample.sample}: drawing again with its seed gives other items`)
  }
  return faults
}

/** Items whose answer counts: their grant has not moved on to a later stage. */
const standing = (items) => [...items.values()].filter(({ isSuperseded }) => !isSuperseded)

/** Items of the same grant together, by its first one. */
function casesOf(items) {
  const cases = new Map()
  for (const item of items) {
    const known = cases.get(item.first)
    if (known === undefined) cases.set(item.first, [item])
    else known.push(item)
  }
  return cases
}

function countOutcomes(items) {
  const counted = { undecided: 0, keep: 0, revoke: 0, 'keep-until': 0, 'look-closer': 0 }
  for (const { stack } of items) counted[stack.at(-1)?.outcome ?? 'undecided']++
  return counted
}

/** What every grant came to: its signed answers by the strategy of its stage, and where nobody gave one, the rule fixed before launch. */
function settle(items, strategies, noAnswer) {
  const outcomes = { undecided: 0, keep: 0, revoke: 0, 'keep-until': 0, 'look-closer': 0 }
  const byRule = []
  for (const [first, asked] of casesOf(items)) {
    const { stage, advice } = asked[0]
    const given = asked.filter(({ signedOff }) => signedOff !== undefined).map(({ stack }) => stack.at(-1)).sort((left, right) => left.seq - right.seq)
    let outcome = together(strategies[stage - 1], given.map((decision) => decision.outcome), asked.length)
    const ruled = { keep: 'keep', revoke: 'revoke', 'follow-advice': advice }[noAnswer]
    if (outcome === 'undecided' && (ruled === 'keep' || ruled === 'revoke')) {
      outcome = ruled
      byRule.push(first)
    }
    outcomes[outcome]++
  }
  return { outcomes, byRule: byRule.sort((left, right) => left - right) }
}

/** One outcome out of several answers, the earliest first; looking closer is none. */
function together(strategy, answers, asked) {
  const keeps = answers.filter((answer) => answer === 'keep' || answer === 'keep-until')
  const revokes = answers.filter((answer) => answer === 'revoke')
  if (keeps.length + revokes.length === 0) return answers.length > 0 ? 'look-closer' : 'undecided'
  const kept = keeps.includes('keep-until') ? 'keep-until' : 'keep'
  if (strategy === 'first-answer') return answers.find((answer) => answer !== 'look-closer')
  if (strategy === 'majority') return keeps.length > revokes.length ? kept : 'revoke'
  if (revokes.length > 0) return 'revoke'
  return strategy === 'all-must-keep' && keeps.length < asked ? 'look-closer' : kept
}

const agrees = (decision, advice) => decision.outcome === advice || (decision.outcome === 'keep-until' && advice === 'keep')

function figuresOf(state) {
  const current = standing(state.items)
  const counted = countOutcomes(current)
  const all = [...state.items.values()]
  const figures = {
    progress: {
      items: current.length, undecided: counted.undecided, kept: counted.keep, revoked: counted.revoke, keptUntil: counted['keep-until'],
      lookCloser: counted['look-closer'], signedOff: current.filter(({ signedOff }) => signedOff !== undefined).length,
    },
    selfReviews: all.filter(({ subject, reviewer, stack }) => subject !== null
      && (same(subject, reviewer) || (stack.length > 0 && same(subject, stack.at(-1).by)))).length,
    advice: { agreedVisible: 0, decidedVisible: 0, agreedHidden: 0, decidedHidden: 0 },
    reviewers: new Map(),
  }
  for (const { reviewer, stack, advice } of all) {
    const own = figures.reviewers.get(reviewer) ?? { items: 0, decided: 0, revoked: 0, agreedWithAdvice: 0, bulk: 0, attested: 0, times: [] }
    figures.reviewers.set(reviewer, own)
    own.items++
    const decision = stack.at(-1)
    if (decision === undefined) continue
    own.decided++
    if (decision.outcome === 'revoke') own.revoked++
    if (decision.bulk !== undefined) own.bulk++
    else if (decision.attestation !== undefined) own.attested++
    if (decision.openMs !== null) own.times.push(decision.openMs)
    const kind = decision.adviceVisible ? 'Visible' : 'Hidden'
    figures.advice[`decided${kind}`]++
    if (!agrees(decision, advice)) continue
    own.agreedWithAdvice++
    figures.advice[`agreed${kind}`]++
  }
  return figures
}

function median(times) {
  if (times.length === 0) return null
  const sorted = times.toSorted((left, right) => left - right)
  const middle = sorted.length >> 1
  return Math.round((sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2) / 1000)
}

// ── rows as CSV ──

const CSV = [
  ['item', 'item'], ['person', 'subject'], ['email', 'subjectEmail'], ['kind', 'subjectKind'], ['title', 'title'],
  ['department', 'department'], ['account', 'account'], ['source', 'source'], ['application', 'application'],
  ['entitlement', 'entitlement'], ['entitlement_id', 'entitlementId'], ['description', 'description'], ['privilege', 'privilege'],
  ['risk', 'risk'], ['path', 'path'], ['reviewer', 'reviewer'], ['basis', 'basis'], ['advice', 'advice'], ['confidence', 'confidence'],
  ['score', 'score'], ['advice_visible', 'adviceVisible'], ['outcome', 'outcome'], ['until', 'until'], ['reason_code', 'reasonCode'],
  ['reason', 'reason'], ['decided_by', 'decidedBy'], ['decided_at', 'decidedAt'], ['decision_event', 'decisionSeq'],
  ['signed_off', 'isSignedOff'], ['evidence_sha256', 'packet'], ['in_words', 'words'],
]

function csvCell(value) {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  // Nearly every cell: nothing a spreadsheet could take for more than it is.
  if (/^[A-Za-z0-9](?:[A-Za-z0-9 ._@:/#()-]*[A-Za-z0-9.)])?$/.test(value)) return value
  const isFormula = /^[\t\r\n]/.test(value) || /^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(value.trimStart())
  const text = isFormula ? `'${value}` : value
  return text !== text.trim() || /[",;\t\r\n]/.test(text) ? `"${text.split('"').join('""')}"` : text
}

// ── PDF ──

async function checkPdf(path, root) {
  const { size } = statSync(path)
  const { ranges, named } = placesIn(path)
  const [at] = ranges
  if (at === undefined) return { fault: 'the PDF carries no signature', attached: [] }
  const read = (start, end) => Buffer.concat([...pieces(path, start, end - start)].map((piece) => Buffer.from(piece)))
  const range = /^\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/.exec(read(at, at + 200).toString('latin1'))?.slice(1).map(Number)
  if (range === undefined) return { fault: 'the PDF carries no signature', attached: [] }
  const [start, first, second, rest] = range
  const isWhole = ranges.length === 1 && start === 0 && first > 0 && second > first + 2 && second + rest === size
  // Where something was appended, another attachment may be the one that is shown: none is looked for.
  if (!isWhole) return { fault: 'the signature does not cover the whole document', attached: [] }
  const gap = second - first > 1 << 20 ? '' : read(first, second).toString('latin1')
  const bytes = /^<([0-9a-fA-F]{2})+>$/.test(gap) ? Buffer.from(gap.slice(1, -1), 'hex') : Buffer.alloc(0)
  const cms = attempt(() => der(bytes).all)
  if (cms === undefined || bytes.subarray(cms.length).some((byte) => byte !== 0)) {
    return { fault: 'the place of the signature is damaged', attached: [] }
  }
  const signed = createHash('sha256')
  for (const piece of pieces(path, 0, first)) signed.update(piece)
  for (const piece of pieces(path, second)) signed.update(piece)
  const { fault, fingerprint, stamp } = checkCms(signed.digest(), cms, root)
  return { fault, fingerprint, stamp, attached: await attachments(path, named, read(size - 64, size).toString('latin1'), read) }
}

/** Where the file says /ByteRange and where /EmbeddedFile. */
function placesIn(path) {
  const words = ['/ByteRange', '/EmbeddedFile']
  const found = [[], []]
  let at = 0
  // The end of each piece is looked at again with the next, in case a word is cut in two.
  let kept = Buffer.alloc(0)
  for (const piece of pieces(path)) {
    const both = Buffer.concat([kept, piece])
    for (const [which, word] of words.entries()) {
      for (let place = both.indexOf(word); place >= 0; place = both.indexOf(word, place + 1)) {
        if (place + word.length > kept.length) found[which].push(at - kept.length + place)
      }
    }
    at += piece.length
    kept = both.subarray(-words[1].length + 1)
  }
  return { ranges: found[0], named: found[1] }
}

/** SHA-256 of every attached file: objects of that type which the cross-reference table knows. */
async function attachments(path, named, tail, read) {
  const table = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(tail)?.[1] ?? -1)
  const found = []
  for (const place of table < 0 ? [] : named) {
    const before = read(Math.max(0, place - 4096), place).toString('latin1')
    const offset = place - before.length + (/[\s\S]*(?:^|\s)(?=\d+ \d+ obj\b)/.exec(before)?.[0].length ?? 0)
    const object = /^\d+ \d+ obj\s*(<<[\s\S]*?>>)\s*stream\r?\n/.exec(read(offset, offset + 4096).toString('latin1'))
    if (object === null || !/\/Type\s*\/EmbeddedFile\b/.test(object[1])) continue
    if (read(table, Infinity).indexOf(`${String(offset).padStart(10, '0')} 00000 n`) < 0) continue
    const start = offset + object[0].length
    const end = start + Number(/\/Length (\d+)/.exec(object[1])?.[1] ?? 0)
    const hash = createHash('sha256')
    const steps = /\/Filter\s*\[?\s*\/FlateDecode/.test(object[1]) ? [createInflate({ chunkSize: 1 << 18 }), hash] : [hash]
    // A damaged one has no hash, so nothing can be equal to it.
    const isWhole = await pipeline(createReadStream(path, { start, end: end - 1, highWaterMark: 1 << 18 }), ...steps).then(() => true, () => false)
    if (isWhole) found.push(hash.digest('hex'))
  }
  return found
}

// ── the checks ──

/**
 * `rootPem` undefined: who signed is not checked. `seen`: `{ name, text }` of checkpoints, `lists`: the same of newer revocation lists. `timeRootsPem`
 * undefined: whether to believe a time authority is not asked. Gives the checks in order.
 */
export async function verifyBundle(folder, { rootPem, seen = [], lists = [], timeRootsPem } = {}) {
  const root = rootPem === undefined ? undefined : certificatesIn(rootPem)
  const results = new Map()
  const judge = (code, faults, detail = '') => results.set(code, faults.length === 0
    ? { outcome: 'passed', detail }
    : { outcome: 'failed', detail: faults.slice(0, 5).join('; ') + (faults.length > 5 ? ` (and ${faults.length - 5} more)` : '') })
  const skip = (code, detail) => results.set(code, { outcome: 'not-checked', detail })
  const read = (name) => attempt(() => readFileSync(join(folder, name))) ?? Buffer.alloc(0)
  const finish = () => Object.entries(CHECKS).map(([code, title]) => ({
    code, title, ...(results.get(code) ?? { outcome: 'not-checked', detail: 'an earlier check failed, so this could not be asked' }),
  }))

  const manifestBytes = read('manifest.json')
  const manifest = attempt(() => JSON.parse(utf8.decode(manifestBytes)))
  if (manifest?.format !== 'muster-bundle-1' || !Array.isArray(manifest.files) || !manifest.files.every(isListedFile)
    || !Array.isArray(manifest.raw) || !isObject(manifest.log) || !isObject(manifest.campaign) || !isObject(manifest.counts)) {
    judge('manifest', ['manifest.json is missing or is not a list of files'])
    return finish()
  }
  judge('manifest', [], `${manifest.files.length} files, campaign ${show(manifest.campaign.name)}, version ${manifest.campaign.version}`)
  const signatures = []
  const signer = judgeSigner(manifestBytes, read('manifest.p7s'), root, judge, skip, (certificate) => {
    signatures.push({ what: 'the list of files', certificate, at: manifest.sealedAt })
  })
  const isLarge = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0) >= 16 * 1024 * 1024
  const task = { folder, paths: manifest.files.map(({ path }) => path), rootPem }
  // A thread takes longer to start than it saves where there is little to read.
  const beside = isLarge ? startBeside(task) : readBeside(task)
  if (attempt(() => statSync(join(folder, 'events.jsonl')).isFile()) !== true) {
    judge('events', ['events.jsonl is missing'])
    judgeFiles(folder, manifest, (await beside).hashes, judge)
    return finish()
  }
  const log = judgeEvents(folder, manifest, seen, judge, skip)
  const rows = judgeRows(folder, log)
  const { hashes, pdf, print } = await beside
  judgeFiles(folder, manifest, hashes, judge)
  const report = judgeReport(rows, manifest, log, hashes, judge, skip)
  const note = (what, certificate, at) => signatures.push({ what, certificate, at })
  judgeCheckpoint(read, manifest, log, report, root, judge, note)
  judgeSignOffs(folder, read, log, report, root, judge, note)
  if (log.isIntact) judgeRevocation(folder, signatures, log, root, lists, judge, skip)
  if (report !== undefined) judgeRaw(folder, manifest, report, judge, skip)
  const stamp = judgePdf(pdf, signer, hashes.get('evidence.json'), judge)
  if (report !== undefined) judgePrint(print, report, judge, skip)
  judgeTime(read, manifest, report, stamp, timeRootsPem === undefined ? undefined : certificatesIn(timeRootsPem), judge, skip)
  return finish()
}

/** A file may hold several certificates: where an organisation replaced its root, what was signed before leads to the former one. */
function certificatesIn(pem) {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [pem]
  return found.map((one) => new X509Certificate(one))
}

/** The organisation's authorities between its root and its people, where there are any. */
function intermediatesIn(folder) {
  return attempt(() => certificatesIn(readFileSync(join(folder, 'certs/intermediates.pem'), 'utf8'))) ?? []
}

function isListedFile(file) {
  return isObject(file) && typeof file.path === 'string' && file.path.length <= 240
    && file.path.split('/').every((part) => /^[A-Za-z0-9@_-][A-Za-z0-9@._-]*$/.test(part))
    && isCount(file.bytes) && isHash(file.sha256)
}

function judgeSigner(content, signature, root, judge, skip, note) {
  const found = checkCms(sha256(content), signature, undefined)
  judge('manifest-signature', found.fault === undefined ? [] : [found.fault], found.certificate?.subject.split('\n').join(', '))
  if (found.fault !== undefined) return undefined
  note(found.certificate)
  if (root === undefined) {
    skip('root', 'no root certificate was given, so who signed was not checked')
    return found.fingerprint
  }
  const trusted = checkCms(sha256(content), signature, root)
  const isOfficer = found.certificate.subject.split('\n').includes('OU=officer')
  const faults = trusted.fault === undefined ? [] : [trusted.fault]
  if (!isOfficer) faults.push('the bundle was not sealed by an officer')
  judge('root', faults, `certificate ${found.fingerprint}`)
  return found.fingerprint
}

function judgeFiles(folder, manifest, hashes, judge) {
  const faults = []
  // A time stamp over the signed list can only come after it; whether it is one is asked by itself.
  const listed = new Set(['manifest.json', 'manifest.p7s', 'manifest.tsr'])
  for (const { path, bytes, sha256: expected } of manifest.files) {
    if (listed.has(path)) faults.push(`${path} is listed twice`)
    listed.add(path)
    const entry = attempt(() => lstatSync(join(folder, path)))
    if (entry === undefined || !entry.isFile()) faults.push(`${path} is missing or is not an ordinary file`)
    else if (entry.size !== bytes || hashes.get(path) !== expected) faults.push(`${path} was changed`)
  }
  for (const needed of ['report.pdf', 'evidence.json', 'items.csv', 'events.jsonl', 'checkpoint', 'checkpoint.p7s']) {
    if (!listed.has(needed)) faults.push(`${needed} is not on the list`)
  }
  judge('files', faults, `${manifest.files.length} files`)
  const others = []
  const walk = (inside) => {
    for (const entry of readdirSync(inside, { withFileTypes: true })) {
      const path = relative(folder, join(inside, entry.name)).split(sep).join('/')
      if (entry.isDirectory()) walk(join(inside, entry.name))
      else if (!listed.has(path)) others.push(`${path} is not on the list`)
    }
  }
  walk(folder)
  judge('unlisted', others, 'nothing was added')
}

function judgeEvents(folder, manifest, seen, judge, skip) {
  const leaves = startLeaves()
  const faults = []
  const replay = startReplay(manifest.campaign.id)
  const trail = startTrail(manifest.campaign.id)
  const signOffLines = new Map()
  const retiredKeys = new Map()
  const lists = { present: undefined, former: new Map() }
  const clock = startClock()
  let log
  let head = '0'.repeat(64)
  for (const bytes of byteLines(join(folder, 'events.jsonl'))) {
    const seq = leaves.count()
    const text = attempt(() => utf8.decode(bytes))
    const event = text === undefined ? undefined : attempt(() => JSON.parse(text))
    const isCanonical = isObject(event) && isCanonicalText(event, text)
    const isStub = isCanonical && isEventStub(event)
    if (!isCanonical || !(isStub || isEvent(event))) {
      faults.push(`line ${seq + 1} was changed or damaged`)
      leaves.push(lineHashes(bytes).leaf)
      head = undefined
      continue
    }
    if (event.seq !== seq) faults.push(`line ${seq + 1} holds event ${event.seq} where event ${seq} belongs`)
    if (isStub) {
      leaves.push(Buffer.from(event.leaf, 'hex'))
      head = event.hash
      continue
    }
    log ??= event.log
    if (event.log !== log) faults.push(`event ${event.seq} belongs to another log`)
    if (head !== undefined && event.prev !== head) faults.push(`event ${event.seq} does not follow from the line before it`)
    const hashes = lineHashes(bytes)
    leaves.push(hashes.leaf)
    head = hashes.event.toString('hex')
    clock.add(event)
    const retired = { 'key-replaced': event.body?.retired, 'key-revoked': event.body?.certificateFingerprint }[event.kind]
    if (typeof retired === 'string' && !retiredKeys.has(retired)) retiredKeys.set(retired, event)
    noteLists(lists, event)
    replay.add(event)
    attempt(() => trail.add(event))
    if (event.kind === 'sign-off' && event.body?.campaign === manifest.campaign.id) signOffLines.set(event.seq, event.body.carried?.line ?? Buffer.from(bytes))
  }
  const size = leaves.count()
  judge('events', faults, `${size} events`)
  const state = replay.finish()
  // Where the chain is broken, what the events say about the campaign cannot be relied on, and is not judged.
  const isIntact = faults.length === 0
  if (isIntact) judge('campaign', state.contradictions, `${state.items.size} items, ${state.signOffs.length} sign-offs`)
  const rootOf = (upTo) => treeHash(leaves, 0, upTo).toString('base64')
  if (seen.length === 0) {
    skip('seen', 'no earlier checkpoint was given, so a cut-off end or a rewritten log cannot be excluded')
  } else {
    judge('seen', seen.flatMap(({ name, text }) => {
      const checkpoint = readCheckpoint(text)
      if (checkpoint === undefined) return [`${name} is not a checkpoint`]
      if (checkpoint.origin !== log) return [`${name} belongs to another log`]
      if (checkpoint.size > size) return [`${name} counts more events than there are: the end of the log was cut off`]
      return rootOf(checkpoint.size) === checkpoint.root ? [] : [`${name} was made over other events: the log was rewritten since`]
    }), `${seen.length} checkpoints`)
  }
  return { log, isIntact, size, root: rootOf(size), state, trail, signOffLines, retiredKeys, lists, clock: clock.findings }
}

/** Oddities of the clock, `{ seq, text }`. Forward jumps are ordinary (a laptop that slept); five seconds back are, too. */
function startClock() {
  const findings = []
  const ended = new Set()
  let last
  const add = (event) => {
    const before = last
    last = event
    if (before === undefined) return
    const note = (text) => findings.push({ seq: event.seq, text })
    const back = (by) => note(`the computer's clock was turned back by about ${Math.ceil(by / 1000)} s between events ${before.seq} and ${event.seq}`)
    const passed = Date.parse(event.ts) - Date.parse(before.ts)
    if (event.boot !== before.boot) {
      ended.add(before.boot)
      if (ended.has(event.boot)) note(`event ${event.seq} claims an app start that had already ended`)
      if (passed < 0) back(-passed)
    } else {
      if (event.mono < before.mono) note(`the monotonic clock of one app start ran backwards at event ${event.seq}`)
      const lost = Math.max(0, event.mono - before.mono) - passed
      if (lost > 5000) back(lost)
    }
  }
  return { findings, add }
}

function isEventStub(event) {
  return Object.keys(event).join() === 'hash,leaf,seq,stub'
    && event.stub === 1 && isCount(event.seq) && isHash(event.hash) && isHash(event.leaf)
}

function isEvent(event) {
  return Object.keys(event).join() === 'actor,body,boot,kind,log,mono,prev,seq,ts,v'
    && event.v === 1 && isCount(event.seq) && isCount(event.mono)
    && ['log', 'boot', 'kind', 'ts'].every((key) => typeof event[key] === 'string') && isHash(event.prev)
    && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(event.ts) && !Number.isNaN(Date.parse(event.ts))
}

/** One walk over the rows of evidence.json: what they are compared with and counted for. `report` undefined: it cannot be read. */
function judgeRows(folder, { state }) {
  const faults = []
  const seen = new Set()
  const risks = startRiskTable()
  const csv = createHash('sha256').update(`\ufeff${CSV.map(([name]) => name).join(',')}\r\n`)
  let count = 0
  const report = attempt(() => readReport(join(folder, 'evidence.json'), (row, fault) => {
    if (fault !== undefined) return faults.push(fault)
    count++
    if (seen.has(row.item)) faults.push(`item ${row.item} stands in the report twice`)
    seen.add(row.item)
    risks.add(row)
    for (const one of rowFaults(row, state)) faults.push(one)
    return csv.update(`${CSV.map(([, key]) => csvCell(row[key])).join(',')}\r\n`)
  }))
  for (const id of state.items.keys()) if (!seen.has(id)) faults.push(`item ${id} is missing from the report`)
  return { report, faults, risks, count, csv: csv.digest('hex') }
}

function judgeReport({ report, faults, risks, count, csv }, manifest, { state, trail, isIntact, size, signOffLines, clock }, hashes, judge, skip) {
  if (report === undefined) {
    judge('totals', ['evidence.json cannot be read'])
    return undefined
  }
  if (isIntact) {
    // A report without one of the parts compared here is a report with wrong figures.
    const figures = attempt(() => figureFaults(report, count, manifest, state, size, signOffLines)) ?? ['the report lacks some of its figures']
    judge('totals', figures, 'all figures recomputed')
    judge('items', faults, `${count} items`)
  }
  if (report.facts === undefined) skip('trail', 'this report is from a release that told nothing beside the figures')
  else if (isIntact) {
    judge('trail', attempt(() => trailFaults(report, risks, trail, state)) ?? ['the report lacks some of what it has to tell'],
      'handing on, stages, pace, tests, samples and custody told anew')
  }
  judge('exceptions', attempt(() => [...hiddenFaults(report), ...(isIntact ? clockFaults(report, clock, state) : [])]) ?? ['the report lacks its checks'],
    report.exceptions?.length > 0 ? `sealed with ${report.exceptions.length} exceptions` : 'sealed without exceptions')
  judge('items-csv', hashes.get('items.csv') === csv ? [] : ['items.csv does not hold the rows of evidence.json'], `${count} rows`)
  return report
}

/**
 * evidence.json is one JSON text, laid out so that it need not be held as a whole: everything but the rows on the first line, a line for each row, and the
 * closing brackets. Gives what is on the first line; `take` gets each row, or what is wrong in its place.
 */
function readReport(path, take) {
  let report
  let place = 0
  let isOver = false
  let hasComma = true
  for (const line of byteLines(path)) {
    if (report === undefined) {
      report = readHead(line)
      continue
    }
    const text = attempt(() => utf8.decode(line)) ?? ''
    if (isOver) take(undefined, 'something follows the end of the report')
    else if (text === ']}') {
      isOver = true
      if (hasComma && place > 0) take(undefined, 'the last row of the report cannot be read')
    } else {
      place++
      const row = hasComma ? attempt(() => JSON.parse(text.endsWith(',') ? text.slice(0, -1) : text)) : undefined
      hasComma = text.endsWith(',')
      if (isObject(row)) take(row)
      else take(undefined, `row ${place} of the report cannot be read`)
    }
  }
  if (!isOver) take(undefined, 'the end of the report is missing')
  return report
}

function readHead(line) {
  const report = JSON.parse(`${utf8.decode(line)}]}`)
  if (report.format !== 'muster-evidence-1' || !Array.isArray(report.items) || report.items.length > 0) throw new Error('not a report')
  return report
}

function figureFaults(report, rows, manifest, state, size, signOffLines) {
  const faults = []
  const compare = (what, reported, recomputed) => {
    if (reported !== recomputed) faults.push(`${what}: the report says ${show(reported)}, the events give ${show(recomputed)}`)
  }
  const figures = figuresOf(state)
  for (const [key, value] of Object.entries(figures.progress)) compare(key, report.controlTotals.progress[key], value)
  for (const [key, value] of Object.entries(figures.advice)) compare(`advice ${key}`, report.advice[key], value)
  compare('self-reviews', report.selfReviews, figures.selfReviews)
  const { population } = report.controlTotals
  if (state.launched !== undefined) {
    compare('population', population.population, state.launched.population)
    compare('in review', population.inReview, state.launched.inReview)
    compare('excluded', population.excluded.reduce((sum, { grants }) => sum + grants, 0), state.launched.excluded)
    compare('launch time', report.campaign.launchedAt, state.launched.at)
    compare('hash of the rules', report.campaign.specHash, state.launched.specHash)
  }
  if (state.closed !== undefined) compare('closing time', report.campaign.closedAt, state.closed.at)
  const { outcomes, byRule } = state.final ?? {}
  const final = state.final === undefined ? {} : {
    cases: Object.values(outcomes).reduce((sum, count) => sum + count, 0), undecided: outcomes.undecided, kept: outcomes.keep, revoked: outcomes.revoke,
    keptUntil: outcomes['keep-until'], lookCloser: outcomes['look-closer'], byRule: byRule.length,
  }
  for (const key of ['cases', 'undecided', 'kept', 'revoked', 'keptUntil', 'lookCloser', 'byRule']) {
    compare(`final ${key}`, report.controlTotals.final?.[key], final[key])
  }
  if (state.final !== undefined) {
    const { strategy, stages, rules } = report.campaign.spec
    compare('strategies', [strategy, ...stages.map((stage) => stage.strategy)].join(), state.closed.final.strategies.join())
    compare('no-answer rule', rules.noAnswer, state.closed.noAnswer)
  }
  compare('number of reviewers', report.reviewers.length, figures.reviewers.size)
  for (const [person, own] of figures.reviewers) {
    const reported = report.reviewers.find((one) => same(one.person, person)) ?? {}
    for (const key of ['items', 'decided', 'revoked', 'agreedWithAdvice']) compare(`${person} ${key}`, reported[key], own[key])
    for (const key of ['bulk', 'attested']) compare(`${person} ${key}`, reported[key] ?? 0, own[key])
    compare(`${person} median seconds`, reported.medianSeconds, median(own.times))
    compare(`${person} signed off`, reported.signedOffAt, state.signOffs.findLast(({ reviewer }) => same(reviewer, person))?.at ?? null)
  }
  compare('number of sign-offs', report.signOffs.length, state.signOffs.length)
  for (const signOff of state.signOffs) {
    const reported = report.signOffs.find(({ eventSeq }) => eventSeq === signOff.seq) ?? {}
    for (const key of ['reviewer', 'decided', 'undecided', 'statement', 'at']) {
      compare(`sign-off ${signOff.seq} ${key}`, reported[key], signOff[key])
    }
  }
  compare('campaign', report.campaign.id, manifest.campaign.id)
  compare('version', report.campaign.version, manifest.campaign.version)
  compare('sealed at', report.campaign.sealedAt, manifest.sealedAt)
  compare('listed items', manifest.counts.items, rows)
  compare('listed events', manifest.counts.events, size)
  compare('listed sign-offs', manifest.counts.signOffs, signOffLines.size)
  return faults
}

function rowFaults(row, state) {
  const item = state.items.get(row.item)
  if (item === undefined) return [`item ${row.item}: the events know no such item`]
  const decision = item.stack.at(-1)
  const recorded = {
    outcome: decision?.outcome ?? 'undecided', until: decision?.until ?? null, reasonCode: decision?.reasonCode ?? null,
    reason: decision?.reasonText ?? null, decidedBy: decision?.by ?? null, decidedAt: decision?.at ?? null,
    decisionSeq: decision?.seq ?? null, isSignedOff: item.signedOff !== undefined, adviceVisible: decision?.adviceVisible ?? null,
    advice: item.advice, reviewer: item.reviewer, basis: item.basis, packet: item.packet, subjectEmail: item.subject,
  }
  const faults = []
  for (const key in recorded) {
    if (row[key] !== recorded[key]) faults.push(`item ${row.item}, ${key}: the report says ${show(row[key])}, the events give ${show(recorded[key])}`)
  }
  return faults
}

function hiddenFaults({ controlTotals, selfReviews, checks, exceptions }) {
  if (exceptions.length > 0) return []
  const hidden = []
  if (controlTotals.progress.undecided > 0) hidden.push(`${controlTotals.progress.undecided} items are undecided`)
  if (selfReviews > 0) hidden.push(`${selfReviews} items were reviewed by the person they concern`)
  if (controlTotals.difference !== 0 || controlTotals.population.difference !== 0) hidden.push('the control totals do not add up')
  for (const { passed, title } of checks) if (!passed) hidden.push(`the check "${title}" failed`)
  return hidden.map((reason) => `sealed without exceptions although ${reason}`)
}

/** A clock turned back since the launch makes every time doubtful: the report has to print that check as failed. */
function clockFaults({ print, checks }, findings, { launched }) {
  if (print === undefined || checks.some(({ code, passed }) => code === 'clock-forward' && !passed)) return []
  return findings.filter(({ seq }) => seq >= (launched?.seq ?? 0)).map(({ text }) => `sealed without a word on the clock although ${text}`)
}

function judgeCheckpoint(read, manifest, log, report, root, judge, madeBy) {
  const note = read('checkpoint')
  const checkpoint = readCheckpoint(note.toString('utf8'))
  const faults = []
  for (const [what, named] of [['the checkpoint', checkpoint], ['the list of files', manifest.log]]) {
    if (named === undefined) faults.push(`${what} cannot be read`)
    else if (named.origin !== log.log) faults.push(`${what} names another log`)
    else if (named.size !== log.size) faults.push(`${what} counts ${named.size} events, there are ${log.size}`)
    else if (named.root !== log.root) faults.push(`${what} was made over other events than these`)
  }
  if (report !== undefined && report.checkpoint?.note !== note.toString('utf8')) faults.push('the report names another checkpoint')
  judge('checkpoint', faults, `${log.size} events, root ${log.root}`)
  const { fault, certificate } = checkCms(sha256(note), read('checkpoint.p7s'), root)
  judge('checkpoint-signature', fault === undefined ? [] : [fault], 'signed')
  if (fault === undefined) madeBy('the checkpoint', certificate, manifest.sealedAt)
}

/** Signed in a packet before the key was certified: the officer's certificate for the very same key has to lead to the root. That one, or undefined. */
function certifiedKey(folder, line, signature, fingerprint, root) {
  const found = checkCms(sha256(line), signature, undefined)
  if (found.fault !== undefined || !found.certificate.verify(found.certificate.publicKey)) return undefined
  const keyOf = (certificate) => certificate.publicKey.export({ type: 'spki', format: 'der' })
  for (const name of attempt(() => readdirSync(join(folder, 'certs/people'))) ?? []) {
    const issued = attempt(() => new X509Certificate(readFileSync(join(folder, 'certs/people', name))))
    if (issued === undefined || sha256Hex(issued.raw) !== fingerprint || !keyOf(issued).equals(keyOf(found.certificate))) continue
    const isTrusted = root === undefined || distrustUnderAll(issued, wayUp(issued, intermediatesIn(folder)), root) === undefined
    return isTrusted ? issued : undefined
  }
  return undefined
}

/** Those of the authorities that stand between this certificate and its root. */
function wayUp(certificate, authorities) {
  const way = []
  for (let one = certificate; way.length < 5;) {
    const next = authorities.find((other) => !way.includes(other) && other.ca && one.checkIssued(other) && one.verify(other.publicKey))
    if (next === undefined) break
    way.push(next)
    one = next
  }
  return way
}

function judgeSignOffs(folder, read, { state, isIntact, signOffLines }, report, root, judge, madeBy) {
  if (!isIntact) return
  const faults = []
  for (const { seq, reviewer, at, certificateFingerprint, carried } of state.signOffs) {
    const name = `signoffs/${seq}.p7s`
    const certified = carried === undefined ? undefined : certifiedKey(folder, signOffLines.get(seq) ?? '', read(name), certificateFingerprint, root)
    if (certified !== undefined) {
      madeBy(name, certified, at)
      continue
    }
    const found = checkCms(sha256(signOffLines.get(seq) ?? ''), read(name), root)
    if (found.fault !== undefined) {
      faults.push(`${name}: ${found.fault}`)
      continue
    }
    const { certificate, fingerprint } = found
    madeBy(name, certificate, at)
    if (fingerprint !== certificateFingerprint) faults.push(`${name} was signed with another certificate than its event names`)
    if (certificate.subjectAltName !== undefined && certificate.checkEmail(reviewer) === undefined) {
      faults.push(`${name} was signed by somebody else than ${reviewer}`)
    }
    if (report !== undefined && !report.signOffs?.some((one) => one.eventSeq === seq && one.file === name)) {
      faults.push(`the report does not name ${name}`)
    }
  }
  judge('sign-offs', faults, `${state.signOffs.length} sign-offs`)
}

/** What was signed before a certificate was revoked stands; what came after does not. */
function judgeRevocation(folder, signatures, { retiredKeys, lists: told }, root, given, judge, skip) {
  const own = ownLists(folder)
  const faults = new Set()
  const notes = new Set()
  for (const { what, certificate, at } of signatures) {
    const retired = retiredKeys.get(sha256Hex(certificate.raw))
    if (retired !== undefined && at > retired.ts) faults.add(`${what} was signed after event ${retired.seq} had taken its key back`)
  }
  for (const fault of otherThanTold(own, told)) faults.add(fault)
  if (root === undefined && faults.size === 0) return skip('revocation', 'no root certificate was given, so no list of revoked certificates could be relied on')
  const lists = [...own, ...given]
  if (lists.length === 0 && faults.size === 0 && retiredKeys.size > 0) {
    const said = retiredKeys.size === 1 ? 'a key that was taken back' : `${retiredKeys.size} keys that were taken back`
    return skip('revocation', `the log tells of ${said}, but the list of revoked certificates is not here: ask for it`)
  }
  const between = intermediatesIn(folder)
  for (const { name, text, of } of root === undefined ? [] : lists) {
    const under = of === undefined ? root : root.filter((one) => sha256Hex(one.raw) === of)
    if (under.length === 0) {
      notes.add(`${name} was not read: the former root it is of was not given`)
      continue
    }
    const entries = revocations(text, [...under, ...between.filter((one) => distrustOfAuthority(one, between, under) === undefined)])
    if (entries === undefined) faults.add(`${name} is not a revocation list of ${of === undefined ? 'this organisation' : 'the former root it is named after'}`)
    for (const signature of entries === undefined ? [] : signatures) judgeAgainst(signature, entries, faults, notes)
  }
  const seen = lists.length === 0 ? 'nobody\'s key had been taken back' : `${signatures.length} signatures`
  return judge('revocation', [...faults], [seen, ...notes].join('; '))
}

/** The present list, and those of roots that were replaced (`of`: that root's fingerprint). */
function ownLists(folder) {
  const former = (attempt(() => readdirSync(join(folder, FORMER_LISTS))) ?? []).filter((name) => /^[0-9a-f]{64}\.pem$/.test(name)).sort()
  const files = [{ name: 'crl.pem' }, ...former.map((name) => ({ name: `${FORMER_LISTS}/${name}`, of: name.slice(0, 64) }))]
  return files.map((file) => ({ ...file, text: attempt(() => readFileSync(join(folder, file.name), 'utf8')) })).filter(({ text }) => text !== undefined)
}

/** A root's signature does not make a list the right one: an older one is signed as well. The log tells which it was. */
function otherThanTold(own, { present, former }) {
  const told = [...(present === undefined ? [] : [['crl.pem', present]]), ...[...former].map(([of, list]) => [`${FORMER_LISTS}/${of}.pem`, list])]
  return told.flatMap(([name, { seq, sha256: expected }]) => {
    const found = own.find((one) => one.name === name)
    if (found === undefined) return [`${name}, the list of revoked certificates that event ${seq} tells of, is missing`]
    return sha256Hex(...listsIn(found.text)) === expected ? [] : [`${name} is not the list of revoked certificates that event ${seq} tells of, but an older or another one`]
  })
}

/** What the log tells of revocation lists: which one stands, and which went with a root that was replaced. */
function noteLists(lists, { seq, kind, body }) {
  const listOf = (told) => (typeof told?.sha256 === 'string' ? { seq, sha256: told.sha256 } : undefined)
  if (kind === 'revocation-list-changed') lists.present = listOf(body)
  if (kind !== 'root-adopted') return
  lists.present = undefined
  const list = listOf(body?.revocationList)
  if (list !== undefined && typeof body.retired === 'string') lists.former.set(body.retired, list)
}

function distrustOfAuthority(authority, others, roots) {
  const way = wayUp(authority, others)
  const top = way.at(-1) ?? authority
  return roots.some((root) => top.checkIssued(root) && top.verify(root.publicKey)) ? undefined : 'of another organisation'
}

function judgeAgainst({ what, certificate, at }, entries, faults, notes) {
  const fields = children(children(der(certificate.raw), SEQUENCE)[0], SEQUENCE).filter(({ tag }) => tag !== CONTEXT_0)
  const entry = entries.find(({ issuer, serial }) => serial.equals(fields[0].all) && issuer.equals(fields[2].all))
  if (entry === undefined) return
  const since = new Date(entry.at).toISOString().slice(0, 19)
  const who = /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? 'its signer'
  // A list gives whole seconds: within the second nobody can say which came first, and the signature is believed.
  if (Date.parse(at) >= entry.at + 1000) faults.add(`${what} was signed on ${at.slice(0, 19)}, after the certificate of ${who} had been revoked on ${since}`)
  else notes.add(`${what} stands: the certificate of ${who} was revoked later, on ${since}${entry.isCompromised ? ', as somebody else may have its key' : ''}`)
}

function judgeRaw(folder, manifest, report, judge, skip) {
  const faults = []
  let elsewhere = 0
  for (const extract of report.extracts ?? []) {
    const raw = manifest.raw.find(({ run, sha256: hash }) => run === extract.run && hash === (extract.keptSha256 ?? extract.sha256))
    if (raw === undefined) faults.push(`the extract of run ${extract.run} (${extract.source}) is neither here nor named as kept elsewhere`)
    else if (raw.path === null) elsewhere++
    else if (!isExtract(folder, raw)) faults.push(`${raw.path} is not the extract the report names`)
  }
  if (faults.length === 0 && elsewhere > 0) skip('raw', `${elsewhere} extracts are kept elsewhere: ask for them and compare their SHA-256`)
  else judge('raw', faults, `${report.extracts?.length ?? 0} extracts`)
}

function isExtract(folder, { path, packing, bytes, sha256: expected }) {
  if (!isListedFile({ path, bytes, sha256: expected })) return false
  if (packing !== 'gzip') return attempt(() => hashFile(join(folder, path))) === expected
  const plain = attempt(() => gunzipSync(readFileSync(join(folder, path)), { maxOutputLength: Math.max(1, bytes) }))
  return plain !== undefined && plain.length === bytes && sha256Hex(plain) === expected
}

function judgePdf(pdf, signer, evidence, judge) {
  if (pdf === undefined) {
    judge('report-signature', ['report.pdf is missing or cannot be read'])
    return undefined
  }
  const faults = []
  if (pdf.fault !== undefined) faults.push(pdf.fault)
  else if (pdf.fingerprint !== signer) faults.push('the PDF was signed with another certificate than the list of files')
  judge('report-signature', faults, 'signed as a whole')
  const isAttached = evidence !== undefined && pdf.attached.includes(evidence)
  judge('report-evidence', isAttached ? [] : ['the figures attached to the PDF are not those of evidence.json'], 'identical')
  return pdf.stamp
}

function judgeTime(read, manifest, report, pdf, roots, judge, skip) {
  const found = []
  const look = (what, content, stamp, isFromSealing) => found.push({ what, isFromSealing, ...checkStamp(content, stamp, roots) })
  const [ofCheckpoint, ofList] = [read('checkpoint.tsr'), read('manifest.tsr')]
  if (ofCheckpoint.length > 0) look('checkpoint.tsr', read('checkpoint'), ofCheckpoint, true)
  if (pdf !== undefined) look('the stamp in the PDF', Buffer.from(pdf.over), Buffer.from(pdf.token), true)
  if (ofList.length > 0) look('manifest.tsr', read('manifest.p7s'), ofList, false)
  const sealed = Date.parse(manifest.sealedAt)
  const faults = found.flatMap(({ what, fault, at, isFromSealing }) => {
    if (fault !== undefined) return [`${what}: ${fault}`]
    const told = `${what} was made on ${at.slice(0, 19)}`
    if (Date.parse(at) < sealed - 300_000) return [`${told}, before the ${manifest.sealedAt.slice(0, 19)} at which the report says it was sealed`]
    return isFromSealing && Date.parse(at) > sealed + 3_600_000 ? [`${told}, long after the ${manifest.sealedAt.slice(0, 19)} at which the report says it was sealed`] : []
  })
  const told = report?.timeStamp
  if (report !== undefined && (report.isTimeProven || told !== undefined)) {
    const stamp = found.find(({ what }) => what === 'checkpoint.tsr')
    const isAsTold = report.isTimeProven === true && stamp?.at !== undefined && told?.authority === stamp.authority && told.at === stamp.at
    if (!isAsTold) faults.push('the report names a time stamp of its checkpoint that is not here')
    if (pdf === undefined) faults.push('the report says its signature is stamped, and it is not')
  }
  const said = found.map(({ what, authority, at }) => `${what}: ${authority}, ${at?.slice(0, 19)} UTC`).join('; ')
  if (faults.length > 0) judge('time', faults)
  else if (found.length === 0) skip('time', 'time claimed, not proven: no time authority stamped this bundle')
  else if (roots === undefined) skip('time', `stamped, but whether to believe the authority was not asked, as no certificate of one was given; ${said}`)
  else judge('time', [], said)
}

// ── what the PDF prints ──

const thousands = (value) => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',').replace('-', '\u2212')
const numbered = (value, one) => `${thousands(value)} ${one}${value === 1 ? '' : 's'}`

/** The sums as they are printed, number by number: `{ what, lines }`. */
function printedSums({ controlTotals: { rowsRead, imported, rejected, merged, population, progress } }) {
  const excluded = population.excluded.reduce((sum, { grants }) => sum + grants, 0)
  const sums = [
    [rowsRead, 'rows read', [imported, 'imported'], [rejected, 'rejected'], [merged, 'merged']],
    [population.population, 'grants in the snapshots', [population.inReview, 'in review'], [excluded, 'excluded']],
    [population.inReview, 'in review', [progress.kept, 'kept'], [progress.revoked, 'revoked'], [progress.keptUntil, 'keep until'],
      [progress.lookCloser, 'look closer'], [progress.undecided, 'undecided']],
  ]
  return sums.map(([total, what, ...parts]) => {
    const difference = total - parts.reduce((sum, [value]) => sum + value, 0)
    const shown = parts.flatMap(([value, label], index) => [index === 0 ? '=' : '+', thousands(value), label])
    const end = difference === 0 ? ['adds up, difference 0'] : ['DOES NOT ADD UP', `difference ${thousands(difference)}`]
    return { what, adds: difference === 0, lines: [thousands(total), what, ...shown, ...end] }
  })
}

function printedResult({ controlTotals: { progress } }) {
  const parts = [[progress.kept, 'Kept'], [progress.revoked, 'Revoked'], [progress.keptUntil, 'Keep until'], [progress.lookCloser, 'Look closer'], [progress.undecided, 'Undecided']]
  const share = (value) => (progress.items === 0 ? '\u2013' : `${Math.round((value / progress.items) * 100)} %`)
  return parts.flatMap(([value, label]) => [thousands(value), `${label} \u00b7 ${share(value)}`])
}

function printedSentences(report) {
  const { campaign, checkpoint, checks, exceptions, reviewers, controlTotals: { population, progress } } = report
  const otherwise = printedSums(report).every(({ adds }) => adds) ? 'Sealed, no exceptions' : 'Sealed, totals do not add up'
  const title = checks.some(({ passed }) => !passed) ? 'Sealed with failed checks' : otherwise
  const moment = (time) => time.slice(0, 19).replace('T', ' ')
  const time = report.isTimeProven && report.timeStamp !== undefined
    ? ['Time stamped', `saw this checkpoint on ${moment(report.timeStamp.at)} UTC`]
    : ['Time claimed, not proven', 'Nothing outside it proves them.']
  return [
    exceptions.length > 0 ? `Sealed with ${numbered(exceptions.length, 'exception')}` : title, `Access as of ${campaign.asOf}`,
    `${campaign.launchedAt.slice(0, 10)} to ${campaign.closedAt.slice(0, 10)}`, `${thousands(progress.items)} items`,
    `of ${thousands(population.population)} grants in the population`,
    `${thousands(reviewers.filter(({ signedOffAt }) => signedOffAt !== null).length)} of ${numbered(reviewers.length, 'reviewer')} signed off `
      + `${thousands(progress.signedOff)} of ${numbered(progress.items, 'item')}.`,
    `Sealed ${moment(campaign.sealedAt)} UTC by`, report.workspace.rootFingerprint, `Checkpoint at ${numbered(checkpoint.size, 'event')}`, checkpoint.root, ...time,
  ]
}

function judgePrint(faults, report, judge, skip) {
  if (report.print !== 1) return skip('report-print', 'this report is from a release whose print is not known here: compare the first page with evidence.json yourself')
  return judge('report-print', faults ?? ['the pages of the PDF cannot be read back'], 'pages in order; summary and control totals read back, the rows of single items not')
}

function printFaults({ count, lines }, report) {
  const faults = []
  const { campaign, checkpoint } = report
  const foot = `campaign ${campaign.id}, version ${campaign.version} \u00b7 sealed ${campaign.sealedAt.slice(0, 19).replace('T', ' ')} UTC \u00b7 `
    + `checkpoint at ${thousands(checkpoint.size)} events`
  for (let page = 1; page <= count; page++) {
    const said = lines(page, true)
    if (!said.includes(`Page ${page}`)) faults.push(`page ${page} says it is ${said.find((line) => /^Page \d+$/.test(line)) ?? 'none'}`)
    if (!said.includes(`of ${count}`)) faults.push(`page ${page} counts other pages than the ${count} there are`)
    if (!said.includes(foot)) faults.push(`page ${page} is of another report`)
  }
  const holds = (printed, wanted) => printed.some((_, from) => wanted.every((line, index) => printed[from + index] === line))
  const first = lines(1)
  const sums = printedSums(report)
  for (const { what, lines: wanted } of [...sums, { what: 'what became of the items', lines: printedResult(report) }]) {
    if (!holds(first, wanted)) faults.push(`the first page prints other figures for ${what}`)
  }
  const whole = first.join('').replace(/\s/g, '')
  for (const sentence of printedSentences(report)) if (!whole.includes(sentence.replace(/\s/g, ''))) faults.push(`the first page does not say "${sentence}"`)
  let totals = []
  for (let page = 2; page <= count && totals.length === 0; page++) {
    const said = lines(page)
    const at = said.findIndex((line, index) => line === '4' && said[index + 1] === 'Control totals')
    if (at >= 0) totals = [...said.slice(at), ...(page < count ? lines(page + 1) : [])]
  }
  for (const { what, lines: wanted } of sums) if (!holds(totals, wanted)) faults.push(`section 4 prints other figures for ${what}`)
  return faults
}

/** Parts of an open file by place, each overwritten by the next. A block around the last one is kept: what belongs together lies together. */
function startParts(file) {
  const { size } = fstatSync(file)
  let block = Buffer.allocUnsafe(1 << 18)
  let from = 0
  let filled = 0
  const part = (start, length) => {
    const end = Math.min(start + length, size)
    if (start < from || end > from + filled) {
      from = Math.max(0, start - (1 << 15))
      if (end - from > block.length) block = Buffer.allocUnsafe(end - from)
      filled = readSync(file, block, 0, block.length, from)
    }
    return block.subarray(start - from, end - from)
  }
  return { size, part, text: (start, length) => part(start, length).toString('latin1') }
}

/** Pages of an open report as lines of text, in the order they were drawn. Throws where the file is laid out otherwise. */
function printOf(file) {
  const { size, part, text } = startParts(file)
  const tables = startParts(file)
  const table = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text(size - 64, 64))[1])
  const begin = table + /^xref\n0 \d+\n/.exec(text(table, 40))[0].length
  const object = (id) => {
    const at = Number(/^(\d{10}) 00000 n/.exec(tables.text(begin + id * 20, 20))[1])
    for (let length = 1024; ; length *= 8) {
      const body = part(at, length)
      const stream = body.indexOf('\nstream\n')
      const end = body.indexOf('endobj')
      if (stream < 0 && end < 0 && at + length < size) continue
      const isStream = stream >= 0 && (end < 0 || stream < end)
      const about = body.latin1Slice(0, isStream ? stream : end)
      if (!about.startsWith(`${id} 0 obj`)) throw new Error('an object is missing')
      return { about, packed: isStream ? part(at + stream + 8, Number(/\/Length (\d+)/.exec(about)[1])) : undefined }
    }
  }
  const places = new Map()
  const to = (about, key) => {
    if (!places.has(key)) places.set(key, new RegExp(`/${key} (\\d+) 0 R`))
    return Number(places.get(key).exec(about)[1])
  }
  const textOf = ({ about, packed }) => (about.includes('/FlateDecode') ? inflateSync(packed) : packed).toString('latin1')
  const startOf = (content) => {
    if (!content.about.includes('/FlateDecode')) return textOf(content)
    const begun = inflateSync(content.packed.subarray(0, 1024), { finishFlush: zlib.constants.Z_SYNC_FLUSH, chunkSize: 6144 }).toString('latin1')
    return begun.includes('EMC') ? begun.slice(0, begun.indexOf('EMC')) : textOf(content)
  }
  const fonts = new Map()
  const forms = new Map()
  const lettersOf = (id) => {
    if (fonts.has(id)) return fonts.get(id)
    const letters = {}
    for (const [, first, list] of textOf(object(to(object(id).about, 'ToUnicode'))).matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[(.*?)\]/g)) {
      let code = Number.parseInt(first, 16)
      for (const [, units] of list.matchAll(/<([0-9a-f ]*)>/g)) {
        letters[code++] = units.split(' ').filter((unit) => unit !== '').map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('')
      }
    }
    fonts.set(id, letters)
    return letters
  }
  const runs = new Map()
  const linesIn = (content, resources) => [...content.matchAll(/BT[^]*?ET|\/(\w+) Do/g)].flatMap(([drawn, form]) => {
    if (form !== undefined) {
      const id = to(resources, form)
      if (!forms.has(id)) forms.set(id, linesIn(textOf(object(id)), object(id).about))
      return forms.get(id)
    }
    let line = ''
    for (const [, font, codes] of drawn.matchAll(/\/(\w+) [\d.]+ Tf \[(.*?)\] TJ/g)) line += runOf(to(resources, font), codes)
    return [line]
  })
  // What stands on every page is spelled out once.
  const runOf = (font, codes) => {
    const key = `${font} ${codes}`
    const known = runs.get(key)
    if (known !== undefined) return known
    const letters = lettersOf(font)
    let run = ''
    for (const [, glyphs] of codes.matchAll(/<([0-9a-f]*)>/g)) {
      for (let at = 0; at + 4 <= glyphs.length; at += 4) run += letters[Number.parseInt(glyphs.slice(at, at + 4), 16)] ?? '\ufffd'
    }
    if (runs.size < 1_000) runs.set(key, run)
    return run
  }
  const trailer = /trailer([^]*?)startxref/.exec(text(Math.max(0, size - 2048), 2048))[1]
  const kids = /\/Kids \[([^\]]*)\]/.exec(object(to(object(to(trailer, 'Root')).about, 'Pages')).about)[1]
  const pages = [...kids.matchAll(/(\d+) 0 R/g)].map(([, id]) => Number(id))
  return {
    count: pages.length,
    lines: (page, isStart = false) => {
      const { about } = object(pages[page - 1])
      const content = object(to(about, 'Contents'))
      return linesIn(isStart ? startOf(content) : textOf(content), object(to(about, 'Resources')).about)
    },
  }
}

// ── beside the events, in a thread of its own ──

const BESIDE = 'muster-verify-beside'

/** What takes long and needs nothing of the events: `{ hashes, pdf, print }`, SHA-256 by path, and what was found in the PDF. */
async function readBeside({ folder, paths, rootPem }) {
  const hashes = new Map()
  for (const path of new Set([...paths, 'evidence.json', 'items.csv'])) {
    if (attempt(() => lstatSync(join(folder, path)).isFile()) === true) hashes.set(path, attempt(() => hashFile(join(folder, path))))
  }
  const path = join(folder, 'report.pdf')
  const pdf = await checkPdf(path, rootPem === undefined ? undefined : certificatesIn(rootPem)).catch(() => undefined)
  const print = attempt(() => {
    const [line] = byteLines(join(folder, 'evidence.json'))
    const file = openSync(path, 'r')
    try {
      return printFaults(printOf(file), readHead(line))
    } finally {
      closeSync(file)
    }
  })
  return { hashes, pdf, print }
}

/** Where there can be no second thread, it is done in this one. */
function startBeside(task) {
  return new Promise((resolve, reject) => {
    // What it reads it lets go of at once: a small nursery keeps its memory small.
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { [BESIDE]: task }, resourceLimits: { maxYoungGenerationSizeMb: 8 } })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', reject)
  }).catch(() => readBeside(task))
}

// ── a zipped bundle ──

/** Unpacks `path`, one folder of plain files, into `folder`. Throws or gives false for anything else. */
function unzip(path, folder) {
  const file = readFileSync(path)
  const end = file.length - 22
  if (file.readUInt32LE(end) !== 0x06054b50) return false
  const names = new Set()
  let only
  let at = file.readUInt32LE(end + 16)
  if (at + file.readUInt32LE(end + 12) !== end) return false
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    if (file.readUInt32LE(at) !== 0x02014b50) return false
    const [method, crc, packed, bytes] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 16), file.readUInt32LE(at + 20), file.readUInt32LE(at + 24)]
    const nameLength = file.readUInt16LE(at + 28)
    const offset = file.readUInt32LE(at + 42)
    const [top, ...rest] = file.toString('utf8', at + 46, at + 46 + nameLength).split('/')
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
    const name = rest.join('/')
    const isPlain = rest.length > 0 && [top, ...rest].every((part) => /^[A-Za-z0-9@_-][A-Za-z0-9@._-]*$/.test(part))
    only ??= top
    if (!isPlain || top !== only || names.has(name) || file.readUInt32LE(offset) !== 0x04034b50) return false
    names.add(name)
    const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28)
    const content = file.subarray(start, start + packed)
    const plain = method === 8 ? inflateRawSync(content, { maxOutputLength: Math.max(1, bytes) }) : content
    if (plain.length !== bytes || (method !== 8 && method !== 0) || (zlib.crc32 !== undefined && zlib.crc32(plain) !== crc)) return false
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), plain, { flag: 'wx' })
  }
  return names.size > 0
}

// ── command line ──

const USAGE = `Usage: node verify.mjs BUNDLE ROOT.PEM [--seen CHECKPOINT]… [--tsa AUTHORITY.PEM] [--crl LIST.PEM]… [--json]

BUNDLE      the bundle: its folder, or the zip of it
ROOT.PEM    the organisation's root certificate, from somebody you trust (not from the bundle); with the one it replaced, if it was replaced
CHECKPOINT  a checkpoint of this log you were given earlier
AUTHORITY   the certificate of a time authority you trust
LIST        a list of revoked certificates newer than the one in the bundle
`

async function main(parameters) {
  const places = []
  const seenPaths = []
  const listPaths = []
  let timePath
  let asJson = false
  for (let at = 0; at < parameters.length; at++) {
    const one = parameters[at]
    if (one === '--json') asJson = true
    else if (one === '--seen' && parameters[at + 1] !== undefined) seenPaths.push(parameters[++at])
    else if (one === '--crl' && parameters[at + 1] !== undefined) listPaths.push(parameters[++at])
    else if (one === '--tsa' && parameters[at + 1] !== undefined) timePath = parameters[++at]
    else if (one.startsWith('-')) return wrongUse(`unknown or incomplete option ${one}`)
    else places.push(one)
  }
  const [folder, rootPath] = places
  if (folder === undefined || rootPath === undefined || places.length > 2) return wrongUse('')
  const isZip = attempt(() => statSync(folder).isFile()) === true
  if (!isZip && attempt(() => statSync(folder).isDirectory()) !== true) return wrongUse(`${folder} is not a folder`)
  const rootPem = attempt(() => readFileSync(rootPath, 'utf8'))
  const isCertificate = rootPem !== undefined && attempt(() => certificatesIn(rootPem)) !== undefined
  if (!isCertificate) return wrongUse(`${rootPath} is not a certificate`)
  const timeRootsPem = timePath === undefined ? undefined : attempt(() => readFileSync(timePath, 'utf8'))
  const isAuthority = timePath === undefined || (timeRootsPem !== undefined && attempt(() => certificatesIn(timeRootsPem)) !== undefined)
  if (!isAuthority) return wrongUse(`${timePath} is not a certificate`)
  const readAll = (paths) => paths.map((name) => ({ name, text: attempt(() => readFileSync(name, 'utf8')) }))
  const [seen, lists] = [readAll(seenPaths), readAll(listPaths)]
  const unread = [...seen, ...lists].find(({ text }) => text === undefined)
  if (unread !== undefined) return wrongUse(`${unread.name} cannot be read`)

  const unpacked = isZip ? mkdtempSync(join(tmpdir(), 'verify-')) : undefined
  let checks
  try {
    if (unpacked !== undefined && attempt(() => unzip(folder, unpacked)) !== true) return wrongUse(`${folder} is not a zipped bundle, or is damaged`)
    checks = await verifyBundle(unpacked ?? folder, { rootPem, seen, lists, timeRootsPem })
  } finally {
    if (unpacked !== undefined) rmSync(unpacked, { recursive: true, force: true })
  }
  const failed = checks.filter(({ outcome }) => outcome === 'failed')
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ passed: failed.length === 0, checks }, null, 2)}\n`)
  } else {
    const words = { passed: 'passed     ', failed: 'FAILED     ', 'not-checked': 'not checked' }
    for (const { title, outcome, detail } of checks) {
      process.stdout.write(`${words[outcome]}  ${title}${detail === '' ? '' : `: ${plain(detail)}`}\n`)
    }
    process.stdout.write(failed.length === 0 ? '\nEvery check that was made passed.\n' : `\n${failed.length} checks FAILED.\n`)
  }
  return failed.length === 0 ? 0 : 1
}

/** Text from the bundle must not steer the terminal it is shown in. */
function plain(text) {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd')
}

function wrongUse(why) {
  process.stderr.write(`${why === '' ? '' : `${plain(why)}\n\n`}${USAGE}`)
  return 2
}

const task = workerData?.[BESIDE]
if (task !== undefined) {
  parentPort.postMessage(await readBeside(task))
} else {
  // Only when started, not when imported. Links are followed: a verifier that silently did nothing would look like one that passed.
  const started = process.argv[1] === undefined ? undefined : attempt(() => realpathSync(process.argv[1]))
  if (started === realpathSync(fileURLToPath(import.meta.url))) process.exitCode = await main(process.argv.slice(2))
}
