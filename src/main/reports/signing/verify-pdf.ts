// Checks the signature inside a PDF and finds what is attached to it, without holding the file in memory.
import { readSignedPdf, type SignedPdf } from './signed-pdf.ts'
import { carriedTimeStamp, verifyDigest } from './verify-cms.ts'
import type { CmsVerdict, Trust } from './verify-cms.ts'

export type PdfVerdict = CmsVerdict | { ok: false; reason: 'no-signature' | 'partly-signed'; detail: string }

/** Verdict on the signature, the time stamp it carries, and SHA-256 (hex) of every file attached to the PDF. */
export type PdfCheck = { signature: PdfVerdict; timeStamp: ReturnType<typeof carriedTimeStamp>; attachments: readonly string[] }

export async function verifyPdf(path: string, trust: Trust): Promise<PdfCheck> {
  return judgeSignedPdf(await readSignedPdf(path), trust)
}

export function judgeSignedPdf({ signed, attachments }: SignedPdf, trust: Trust): PdfCheck {
  if (!signed.ok) return { signature: signed, timeStamp: undefined, attachments }
  const signature = verifyDigest(signed.digest, signed.cms, trust)
  return { signature, timeStamp: signature.ok ? carriedTimeStamp(signed.cms) : undefined, attachments }
}
