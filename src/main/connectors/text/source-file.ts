/** A file as it lies there, or one whose bytes have to be opened first (an original kept encrypted). */
export type SourceFile = string | { readonly path: string; readonly bytes: () => AsyncIterable<Uint8Array> }

export const pathOf = (file: SourceFile): string => (typeof file === 'string' ? file : file.path)
