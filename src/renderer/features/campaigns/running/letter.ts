export interface Letter { readonly person: string; readonly name: string; readonly open: number; readonly subject: string; readonly text: string }
