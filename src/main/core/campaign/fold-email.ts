/** One spelling for one address: directories write the same person in many ways. */
export function foldEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase()
}
