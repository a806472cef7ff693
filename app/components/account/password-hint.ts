/** Beside every field in which a password is chosen. */
export const PASSWORD_HINT = 'At least 12 characters. A few random words are easier to remember than signs.'
