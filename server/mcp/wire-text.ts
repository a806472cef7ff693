// Text as it is on the wire: a character for each byte of its UTF-8, so that an index is an offset and Node can write it as it is.

const ASCII = /^[\0-\x7f]*$/

export const toWire = (text: string): string => (ASCII.test(text) ? text : Buffer.from(text).toString('latin1'))

export const fromWire = (text: string): string => (ASCII.test(text) ? text : Buffer.from(text, 'latin1').toString())
