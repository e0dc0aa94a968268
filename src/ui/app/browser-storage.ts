/** The browser's storage, if there is one: it may be switched off altogether, and even asking for it can throw. */
export function browserStorage(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}

/** What the browser keeps as long as this tab is open, if it keeps anything. */
export function tabStorage(): Storage | undefined {
  try {
    return window.sessionStorage
  } catch {
    return undefined
  }
}
