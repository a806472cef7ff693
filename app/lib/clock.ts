// The time where the pages run. The house has its own clock, handed down; a browser has this one.

/** In ms since 1970. */
export const currentTime = (): number => Date.now()
