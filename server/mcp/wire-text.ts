// Text as it is on the wire: a character for each byte of its UTF-8, so that an index is an offset and Node can write it as it is.

export const toWire = (text: string): string => (isAscii(text) ? text : Buffer.from(text).toString('latin1'))

export const fromWire = (text: string): string => (isAscii(text) ? text : Buffer.from(text, 'latin1').toString())

/** Only ASCII has a byte for each character; asked so, it is found twice as fast as with a pattern. */
const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length
