export function findChromium(): Promise<string | undefined>
export const CHROMIUM_ARGS: string[]
export const PLAIN_CHROMIUM_ARGS: string[]
