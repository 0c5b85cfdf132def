// The tag tree, written as it grows. pdfkit's own keeps every element and its dictionary until the end, which at 50,000 items is more than
// all the rest; here an element goes to the file when it is closed, and a page's parent array when the page is done.
import { inside, newRef, pdfString, pdfTextBytes } from './pdf-library.ts'
import type { PdfDocument, PdfRef } from './pdf-library.ts'

export type TagType = 'Document' | 'Sect' | 'H1' | 'H2' | 'P' | 'Figure' | 'Table' | 'TR' | 'TH' | 'TD'
export type TagOptions = { readonly alt?: string; readonly scope?: 'Column' | 'Row'; readonly span?: number; readonly title?: string }
export type Tag = {
  readonly type: TagType
  readonly parent: PdfRef
  readonly ref: PdfRef
  readonly options: TagOptions
  /** The page of its first content. */
  page: PdfRef | null
  kids: unknown[]
}

export type StructureTree = {
  readonly root: Tag
  open(parent: Tag, type: TagType, options?: TagOptions): Tag
  close(tag: Tag): void
  /** Registers a piece of content of the current page under this tag and returns its number for the content stream. */
  mark(tag: Tag): number
  /** Before the current page is flushed. */
  endPage(): void
  end(): void
}

type NumberTree = { add(key: number, value: PdfRef): void }

export function createStructureTree(doc: PdfDocument): StructureTree {
  const treeRoot = inside(doc).getStructTreeRoot()
  let parents: PdfRef[] = []
  let pages = 0

  function open(parent: Tag | null, type: TagType, options: TagOptions = {}): Tag {
    const ref = newRef(doc)
    parent?.kids.push(ref)
    return { type, parent: parent?.ref ?? treeRoot, ref, options, page: null, kids: [] }
  }

  function close(tag: Tag): void {
    const { alt, scope, span, title } = tag.options
    const attributes = scope === undefined && span === undefined ? undefined : { O: 'Table', Scope: scope, ColSpan: span }
    tag.ref.data = {
      Type: 'StructElem', S: tag.type, P: tag.parent, Pg: tag.page ?? undefined, K: tag.kids.length === 1 ? tag.kids[0] : tag.kids,
      A: attributes, Alt: alt === undefined ? undefined : pdfString(alt), T: title === undefined ? undefined : pdfTextBytes(title),
    }
    tag.ref.end()
    // Only the number is needed from here on: by the parent's list of kids and by the page's parent array.
    tag.ref.data = {}
    tag.kids = []
  }

  function mark(tag: Tag): number {
    const here = inside(doc).page.dictionary
    const id = parents.push(tag.ref) - 1
    tag.page ??= here
    tag.kids.push(tag.page === here ? id : { Type: 'MCR', Pg: here, MCID: id })
    return id
  }

  function endPage(): void {
    const key = pages++
    inside(doc).page.dictionary.data['StructParents'] = key
    const list = newRef(doc, parents)
    list.end()
    list.data = {}
    ;(treeRoot.data['ParentTree'] as NumberTree).add(key, list)
    treeRoot.data['ParentTreeNextKey'] = pages
    parents = []
  }

  const root = open(null, 'Document')
  treeRoot.data['K'] = [root.ref]
  return { root, open, close, mark, endPage, end: () => close(root) }
}
