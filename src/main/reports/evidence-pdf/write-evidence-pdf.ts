import PDFDocument from 'pdfkit'
import type { ReportHead, ReportItem } from '../../../shared/model/evidence-report.ts'
import type { Veil } from '../veil.ts'
import { attachEvidence } from './attached-evidence.ts'
import type { Attachment } from './attached-evidence.ts'
import { drawExceptionsAndChecks, drawSignOffs } from './check-sections.ts'
import { drawHowToVerify } from './closing-section.ts'
import { drawControlAndScope, drawRules } from './control-sections.ts'
import { loadFontFaces } from './font-faces.ts'
import { drawGlance } from './glance-page.ts'
import { floor, page } from './house-style.ts'
import { drawItems } from './item-list.ts'
import { writeTo } from './output-file.ts'
import { createCanvas } from './page-canvas.ts'
import type { Flow } from './page-flow.ts'
import { createFurniture } from './page-furniture.ts'
import { inside, pdfTextBytes } from './pdf-library.ts'
import type { Bookmark, UnfinishedDocument } from './pdf-library.ts'
import { drawPopulation, drawReviewers } from './people-sections.ts'
import { safeTitle } from './safe-text.ts'
import { createShaper } from './shaped-text.ts'
import { drawControlTotals, drawExtracts } from './source-sections.ts'
import { createStructureTree } from './structure-tree.ts'
import { drawConflicts, drawCustody, drawRemovals } from './trail-sections.ts'
import { drawSummary } from './summary-page.ts'

export type EvidencePdfInput = {
  /** Where the PDF goes; an existing file is replaced. On failure the file is incomplete: write beside and rename. */
  readonly path: string
  /** Under which the PDF is written; left out, it is readable while it is written. */
  readonly veil?: Veil
  readonly head: ReportHead
  /** Sorted by reviewer, then subject. Read once, one person at a time. */
  readonly items: AsyncIterable<ReportItem> | Iterable<ReportItem>
  /** evidence.json, complete: embedded unchanged. */
  readonly attachment: Attachment
  /** Called just before the document ends: reserves the signature field. */
  readonly addSignatureField?: (doc: UnfinishedDocument) => void
  /** Folder of the report's fonts, as a URL ending in a slash; resources/fonts of this checkout by default. */
  readonly fonts?: URL
  readonly signal?: AbortSignal
  readonly onProgress?: (done: { items: number; pages: number }) => void
}

/**
 * The evidence report as PDF/A-3b: tagged, bookmarked, fonts embedded, evidence.json attached as its source. Streams: memory does not grow
 * with the items beyond a few hundred bytes each. The same input gives the same bytes.
 * Throws what the disk, the items or the signal throw.
 */
export async function writeEvidencePdf(input: EvidencePdfInput): Promise<{ pages: number }> {
  const { head } = input
  const sealedAt = new Date(head.campaign.sealedAt)
  const doc = new PDFDocument({
    autoFirstPage: false, size: [page.width, page.height], margin: 0, pdfVersion: '1.7', subset: 'PDF/A-3b', tagged: true, lang: 'en',
    displayTitle: true, fontLayoutCache: false,
    // pdfkit opens its built-in Helvetica unless told otherwise; a font that is not embedded has no place in PDF/A.
    font: '',
    info: {
      Title: safeTitle(`${head.campaign.spec.name}: access certification evidence, version ${head.campaign.version}`),
      Author: safeTitle(head.campaign.sealedBy), Subject: safeTitle(`Control ${head.campaign.spec.control.id}`),
      Creator: `Muster ${safeTitle(head.product.version)}`, Producer: 'Muster with PDFKit', CreationDate: sealedAt,
    },
  })
  const output = writeTo(input.path, doc, input.veil)
  try {
    const faces = loadFontFaces(doc, input.fonts ?? new URL('../../../../resources/fonts/', import.meta.url))
    const shaper = createShaper(faces)
    const tree = createStructureTree(doc)
    const furniture = createFurniture(doc, shaper, head)
    const canvas = createCanvas(doc, tree, (number) => furniture.draw(canvas, number, flow.section))
    const bookmarks: Bookmark[] = []
    const flow: Flow = {
      canvas, tree, shaper, y: floor, section: '', repeat: null,
      bookmark: (title, under) => {
        const made = (under ?? inside(doc).outline).addItem(title, { fit: false, left: page.width, top: Math.max(0, flow.y - 12), zoom: 0 })
        made.dictionary.data['Title'] = pdfTextBytes(title)
        bookmarks.push(made)
        return made
      },
    }
    drawSummary(flow, head)
    drawGlance(flow, head)
    flow.section = 'Control, rules and sources'
    flow.y = floor
    for (const draw of [drawControlAndScope, drawRules, drawExtracts, drawControlTotals, drawPopulation, drawReviewers,
      drawExceptionsAndChecks, drawSignOffs, drawConflicts, drawRemovals, drawCustody]) {
      draw(flow, head)
      await output.settle()
    }
    await drawItems(flow, head, input.items, {
      settle: output.settle, signal: input.signal, onItem: (items) => input.onProgress?.({ items, pages: canvas.pages() }),
    })
    drawHowToVerify(flow, head)
    canvas.end()
    tree.end()
    furniture.end(canvas.pages())
    // A closed branch says how many entries it hides; pdfkit leaves the number out.
    for (const { children, dictionary } of bookmarks) if (children.length > 0) dictionary.data['Count'] = -children.length
    await attachEvidence(doc, input.attachment, sealedAt, input.signal)
    input.addSignatureField?.(doc as unknown as UnfinishedDocument)
    doc.end()
    await output.finished()
    return { pages: canvas.pages() }
  } catch (error) {
    output.abandon()
    throw error
  }
}
