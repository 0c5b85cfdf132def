// Pages of one of our PDFs exchanged, as somebody would who knows the format: in place, and by a revision appended to the file.
import { Buffer } from 'node:buffer'

type Tree = { readonly id: number; readonly at: number; readonly text: string; readonly kids: readonly string[] }

function pageTree(file: Buffer): Tree {
  const text = file.toString('latin1')
  const found = /(\d+) 0 obj\n<<[^>]*?\/Type \/Pages[^>]*?\/Kids \[([^\]]*)\][^>]*?>>/.exec(text)
  if (found === null) throw new Error('no page tree')
  return { id: Number(found[1]), at: found.index, text: found[0], kids: (found[2] ?? '').match(/\d+ 0 R/g) ?? [] }
}

function exchanged({ text, kids }: Tree, one: number, other: number): string {
  const [left, right] = [kids[one - 1], kids[other - 1]]
  if (left === undefined || right === undefined) throw new Error('no such pages')
  const anew = kids.with(one - 1, right).with(other - 1, left)
  return text.replace(/\/Kids \[[^\]]*\]/, `/Kids [${anew.join(' ')}]`)
}

/** The same file, byte for byte as long, with two of its pages in each other's place. */
export function exchangePages(file: Buffer, one: number, other: number): Buffer {
  const tree = pageTree(file)
  const anew = exchanged(tree, one, other)
  if (anew.length !== tree.text.length) throw new Error('the page tree would change its length')
  const out = Buffer.from(file)
  out.write(anew, tree.at, 'latin1')
  return out
}

/** The file with a revision after its end that exchanges the pages: what is shown changes, what was signed does not. */
export function appendRevision(file: Buffer, one: number, other: number): Buffer {
  const tree = pageTree(file)
  const tail = file.subarray(-2048).toString('latin1')
  const before = /startxref\s+(\d+)/.exec(tail)?.[1] ?? '0'
  const [root, size] = [/\/Root (\d+ 0 R)/.exec(tail)?.[1] ?? '', /\/Size (\d+)/.exec(tail)?.[1] ?? '']
  const object = `${exchanged(tree, one, other)}\nendobj\n`
  const table = file.length + object.length
  const entry = `${String(file.length).padStart(10, '0')} 00000 n \n`
  return Buffer.concat([
    file, Buffer.from(`${object}xref\n${tree.id} 1\n${entry}trailer\n<< /Size ${size} /Root ${root} /Prev ${before} >>\nstartxref\n${table}\n%%EOF\n`, 'latin1'),
  ])
}
