/** One number from 0 up to 1 out of a seed and a name; the same two always give the same one, on every platform. */
export const chanceOf = (seed: number, name: string): number => {
  let hash = 0x811c9dc5 ^ seed
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193)
  // FNV alone leaves neighbours alike; two rounds of mixing do not.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000
}
