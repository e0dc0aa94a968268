import type { OutFile } from '../../exchange/target'

/** Hands a file to the browser to save. */
export function saveFile({ name, type, content }: OutFile): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 0)
}
