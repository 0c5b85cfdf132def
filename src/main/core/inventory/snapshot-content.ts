// The content hash of a snapshot is SHA-256 over lines in UTF-8, each ended by one line feed, fields parted by one tab:
//   entitlements: account, entitlement, path (the source's own ids)
//   HR, SCIM:     employee id, status, kind, name, e-mail, title, department, division, cost centre, location, manager's employee id,
//                 hire date, termination date (blank = empty)
//   live sources: account, number of its grants, SHA-256 over its grants' lines (those of an entitlement snapshot, hexadecimal), for each
//                 account that holds something; then the lines of people, if the source names them. So the next snapshot costs what
//                 changed and not what there is.
// Backslash, tab, line feed and carriage return inside a field are written \\ \t \n \r. Lines are ordered field by field by UTF-8
// bytes before escaping; for ids without control characters that is `LC_ALL=C sort` of the lines, so anybody can recompute it.

/** A line without its line feed. */
export function contentLine(fields: readonly (string | null)[]): string {
  return fields.map((field) => (field === null ? '' : escapeField(field))).join('\t')
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

export function escapeField(field: string): string {
  return /[\\\t\n\r]/.test(field) ? field.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character) : field
}

const unescapes: Readonly<Record<string, string>> = { '\\\\': '\\', '\\t': '\t', '\\n': '\n', '\\r': '\r' }

export function unescapeField(field: string): string {
  return field.includes('\\') ? field.replace(/\\[\\tnr]/g, (pair) => unescapes[pair] ?? pair) : field
}
