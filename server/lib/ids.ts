// Identifiers: random ones that nobody can guess, and the friendly ones the dialect makes up.
import { randomBytes, randomInt } from 'node:crypto'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** `length` base62 characters, uniformly drawn; 43 of them are 256 bits. */
export function randomBase62(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // 248 = 4 * 62: bytes above it would favour the first letters.
      if (byte < 248 && text.length < length) text += BASE62[byte % 62]
    }
  }
  return text
}

/** 128 random bits, for rows: `con_…`, `key_…`. The prefix says what it names. */
export const newId = (prefix: string): string => `${prefix}_${randomBase62(22)}`

const processName = randomBase62(8)
let requestCount = 0

/** Names a request in its answer and in the log: unique and cheap. It grants nothing, so it may be guessable. */
export const newRequestId = (): string => `req_${processName}${(++requestCount).toString(36)}`

const ADJECTIVES = 'able brave bright calm clever cosy crisp daring eager early fair fleet gentle glad grand happy honest jolly keen kind light lively lucky mellow merry neat noble patient plucky polite proud quick quiet ready sharp shy sleek smart smooth snug spry steady still sturdy sunny swift tidy true warm wise witty'.split(' ')
const ANIMALS = 'badger bear beaver bison crane deer dolphin dove eagle egret falcon ferret finch fox gecko goose hare hawk hedgehog heron ibex jay kestrel kite koala lark lemur lion lynx marten mole moose newt ocelot orca osprey otter owl panda pigeon puffin quail raven robin seal shrew sparrow stoat swan tern tiger toad trout vole walrus weasel whale wolf wombat wren yak'.split(' ')
const pick = (words: readonly string[]) => words[randomInt(words.length)]!

/** `clever-dolphin`: for namespaces (lowercase letters and a hyphen). */
export const friendlyName = (): string => `${pick(ADJECTIVES)}-${pick(ANIMALS)}`

/** `clever-dolphin-a9X3`: the shape of a generated connection id in the dialect. */
export const friendlyConnectionId = (): string => `${friendlyName()}-${randomBase62(4)}`
