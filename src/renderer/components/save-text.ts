/** Gives the person a small text as a file of theirs. */
export const saveText = (name: string, text: string, type: string): void => {
  const link = document.createElement('a')
  const url = URL.createObjectURL(new Blob([text], { type }))
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
