/** The browser's storage, if there is one: it may be switched off altogether, and even asking for it can throw. */
export function browserStorage(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}
