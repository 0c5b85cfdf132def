/**
 * What stands between an account and a right: the groups of a file's path such as `via Finance > AP`, or the entitlement ids a live
 * source gives. Direct access has nothing in between.
 */
export function pathSteps(path: string): readonly string[] {
  const trimmed = path.trim()
  if (trimmed === '' || trimmed.toLowerCase() === 'direct') return []
  return trimmed.replace(/^via\s+/i, '').split(/\s*[>→]\s*/).filter((step) => step !== '')
}
