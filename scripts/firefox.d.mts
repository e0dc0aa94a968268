export function findFirefox(): string | undefined
export const FIREFOX_PREFERENCES: Record<string, boolean | number>
