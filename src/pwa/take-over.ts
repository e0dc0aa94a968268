/** What a page says to the worker of a newer version that waits: begin now. */
export const TAKE_OVER = 'take over'
