/** One spelling for one address: directories write the same person in many ways. */
export function foldEmail(email: string): string {
  // Nearly every address is plain ASCII already.
  if (/^[!-~]*$/.test(email)) return email.toLowerCase()
  return email.trim().normalize('NFKC').toLowerCase()
}
