// How a visit to an authorization server ended, in words for whoever comes back from it.

const OUTCOMES = {
  connected: {
    title: 'Connected',
    explanation: 'The app can use this account now.',
    next: 'You can close this window and go back to the app.',
  },
  granted: {
    title: 'Access granted',
    explanation: 'You agreed, and the grant is stored. The server itself does not answer properly yet; that is being looked at from the app’s side.',
    next: 'You can close this window. There is nothing more for you to do here.',
  },
  denied: {
    title: 'Access was not granted',
    explanation: 'You said no, or the server refused. Nothing was stored.',
    next: 'If that was a mistake, open the link again and agree this time.',
  },
  done: {
    title: 'Already done',
    explanation: 'Somebody finished this a moment ago, perhaps you in another window. What this window brought was given back.',
    next: 'You can close this window.',
  },
  expired: {
    title: 'This sign-in is over',
    explanation: 'It was finished before, took longer than ten minutes, or was started in another browser.',
    next: 'Open the link again, in the browser in which you want to sign in.',
  },
  failed: {
    title: 'That did not work',
    explanation: 'The server that asked you to sign in did not complete it. Nothing was stored.',
    next: 'Open the link again. If it keeps failing, give the people who run the app the request id below.',
  },
} as const

export type SetupOutcome = keyof typeof OUTCOMES

export const readOutcome = (text: string | null): SetupOutcome => (text !== null && Object.hasOwn(OUTCOMES, text) ? (text as SetupOutcome) : 'failed')

export const describeOutcome = (outcome: SetupOutcome) => OUTCOMES[outcome]
