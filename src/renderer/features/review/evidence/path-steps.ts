/** The groups between an account and a right, from a source's path such as `via Finance > AP`. Direct access has none. */
export const toPathSteps = (path: string): readonly string[] => {
  const trimmed = path.trim()
  if (trimmed === '' || trimmed.toLowerCase() === 'direct') return []
  return trimmed.replace(/^via\s+/i, '').split(/\s*[>→]\s*/).filter((step) => step !== '')
}
