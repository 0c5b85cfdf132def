// The few things of pdfkit 0.20 this report uses below its published types. Everything that leans on pdfkit's inside is named here.
import type { Buffer } from 'node:buffer'

export type PdfDocument = PDFKit.PDFDocument

/** An indirect object: allocate with `doc.ref(data)`, fill `data`, then `end()` writes it to the file. */
export type PdfRef = {
  readonly id: number
  data: Record<string, unknown>
  compress: boolean
  write(chunk: Uint8Array | string): void
  end(chunk?: Uint8Array | string): void
}

export type GlyphPosition = { readonly xAdvance: number; readonly xOffset: number; readonly advanceWidth: number }

/** A font subset being collected. `encode` takes glyphs into the subset and returns their codes as four hex digits, in drawing order. */
export type EmbeddedFace = {
  readonly id: string
  encode(text: string, features: readonly string[]): [string[], GlyphPosition[]]
  ref(): PdfRef
  readonly font: { hasGlyphForCodePoint(point: number): boolean }
}

/** The document as the signature field sees it, just before its end. */
export type UnfinishedDocument = {
  initForm(): unknown
  ref(data: Record<string, unknown>): { data: Record<string, unknown>; end(): void }
  page: { dictionary: unknown; annotations: unknown[] }
  _root: { data: Record<string, unknown> }
}

type OutlineNode = { readonly dictionary: PdfRef; readonly children: readonly OutlineNode[]; addItem(title: string,
  options: OutlineTarget): OutlineNode }
type OutlineTarget = { fit: boolean; left: number; top: number; zoom: number }
export type Bookmark = OutlineNode

type Inside = {
  _font: EmbeddedFace
  _root: { data: Record<string, unknown> & { AF?: PdfRef[] } }
  outline: OutlineNode
  page: { dictionary: PdfRef; fonts: Record<string, PdfRef>; xobjects: Record<string, PdfRef> }
  getStructTreeRoot(): PdfRef
  addNamedEmbeddedFile(name: string, ref: PdfRef): void
  ref(data: unknown): PdfRef
}

export function inside(doc: PdfDocument): Inside {
  return doc as unknown as Inside
}

/** Opens a font; pdfkit gives every font object one resource name for the whole document. */
export function openFace(doc: PdfDocument, font: Buffer, name: string): EmbeddedFace {
  doc.registerFont(name, font)
  doc.font(name)
  return inside(doc)._font
}

export function newRef(doc: PdfDocument, data: Record<string, unknown> | readonly unknown[] = {}): PdfRef {
  return inside(doc).ref(data)
}

/** pdfkit writes a String object as text and a plain string as a name. For words of our own only. */
export function pdfString(text: string): unknown {
  return Object(text)
}

/**
 * Text from outside, as hexadecimal UTF-16: these strings stand uncompressed in the file, and a person named like the signature's
 * placeholder would otherwise be found in its stead when the report is signed.
 */
export function pdfTextBytes(text: string): Uint8Array {
  const units = [0xfeff, ...Array.from(text, (_, index) => text.charCodeAt(index))]
  return new Uint8Array(units.flatMap((unit) => [unit >> 8, unit & 0xff]))
}
