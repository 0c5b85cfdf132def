/** Characters that reorder what follows them, and other invisible controls. A name has no use for them; a forger has. */
const controls = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** Text from a directory or HR file without invisible controls. */
export const plainText = (text: string): string => text.replace(controls, ' ').replace(/ {2,}/g, ' ').trim()
