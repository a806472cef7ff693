/** Milliseconds since the epoch. Injected everywhere, so that tests move time instead of waiting. */
export type Now = () => number

export const systemNow: Now = () => Date.now()
