// Answers as bytes: plain ones, and those with which answers are smuggled, split or simply garbled. And the
// parser under test as a function.
import { AnswerParser } from '../../../../server/egress/http-client/answer-parser.ts'
import { AnswerRefusal } from '../../../../server/egress/http-client/answer-refusal.ts'

export interface ReadAnswer {
  outcome: 'whole' | 'incomplete' | 'refused'
  /** Why it was refused. */
  reason?: string
  status: number
  headers: Record<string, unknown>
  body: string
  persistent: boolean
  /** Something came after the answer, in the same piece as its end. */
  surplus: boolean
  /** How many pieces were taken until the answer was over. */
  pieces: number
}

/** The pieces one by one, and then the end of the connection. */
export function readAnswer(pieces: readonly Buffer[]): ReadAnswer {
  const read: ReadAnswer = { outcome: 'incomplete', status: 0, headers: {}, body: '', persistent: false, surplus: false, pieces: 0 }
  const parser = new AnswerParser({
    onHead: ({ status, headers, persistent }) => Object.assign(read, { status, headers: { ...headers }, persistent }),
    onBody: (bytes) => void (read.body += bytes.toString('latin1')),
    onEnd: (surplus) => Object.assign(read, { outcome: 'whole', surplus }),
  })
  parser.expect()
  try {
    for (const piece of pieces) {
      read.pieces += 1
      parser.push(piece)
      if (read.outcome === 'whole') return read
    }
    parser.close()
  } catch (error) {
    if (!(error instanceof AnswerRefusal)) throw error
    Object.assign(read, { outcome: 'refused', reason: error.message })
  }
  return read
}

export const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1')
export const byteByByte = (bytes: Buffer): Buffer[] => Array.from(bytes, (_, at) => bytes.subarray(at, at + 1))

const OK = 'HTTP/1.1 200 OK\r\n'
const CHUNKED = `${OK}transfer-encoding: chunked\r\n\r\n`
const SECOND = 'HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\npoison'

/** Each is one whole answer; those without a length or chunks end with the connection. */
export const plainAnswers: Readonly<Record<string, string>> = {
  'a length': `${OK}Content-Type: application/json\r\nContent-Length: 11\r\n\r\n{"id":"\xe9"}\r`,
  'no bytes': `${OK}content-length: 0\r\n\r\n`,
  'no reason': 'HTTP/1.1 200 \r\ncontent-length: 2\r\n\r\nok',
  'no space after the status': 'HTTP/1.1 404\r\ncontent-length: 2\r\n\r\nok',
  'chunks': `${CHUNKED}5\r\nhello\r\n00A\r\n, world\r\n!\r\n0\r\n\r\n`,
  'chunks with extensions and trailers': `${CHUNKED}2;a=b;c="d e";f\r\nok\r\n0;z\r\nX-Check: 1\r\nEmpty:\r\n\r\n`,
  'chunks that look like an answer': `${CHUNKED}2c\r\n${SECOND.slice(0, 44)}\r\n0\r\n\r\n`,
  'the end of the connection': `${OK}content-type: text/plain\r\n\r\nuntil\r\n\r\nthe end`,
  'an old version': 'HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok',
  'an old version with the end of the connection': 'HTTP/1.0 200 OK\r\n\r\nok',
  'no content': 'HTTP/1.1 204 No Content\r\n\r\n',
  'no content, and says so': 'HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n',
  'nothing modified': 'HTTP/1.1 304 Not Modified\r\netag: "x"\r\n\r\n',
  'early hints': `HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n${OK}content-length: 2\r\n\r\nok`,
  'a field twice': `${OK}set-cookie: a\r\nSet-Cookie: b\r\nset-cookie: c\r\ncontent-length: 2\r\n\r\nok`,
  'blanks around values': `${OK}x-a: \t a b \t \r\nx-b:\r\nx-c:c\r\ncontent-length:2 \r\n\r\nok`,
  'a connection that closes': `${OK}connection: foo , Close\r\ncontent-length: 2\r\n\r\nok`,
  'a time to keep': `${OK}connection: keep-alive\r\nkeep-alive: timeout=5, max=100\r\ncontent-length: 2\r\n\r\nok`,
  'an error': 'HTTP/1.1 500 Internal Server Error\r\ncontent-length: 2\r\n\r\nno',
}

/** Each is refused: by itself, or with whatever an upstream might send after it. */
export const crookedAnswers: Readonly<Record<string, string>> = {
  // Two readers, two lengths (RFC 9112 §6.3, §11.1).
  'a length and chunks': `${OK}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
  'chunks and a length': `${OK}transfer-encoding: chunked\r\ncontent-length: 2\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
  'two lengths that differ': `${OK}content-length: 2\r\ncontent-length: 20\r\n\r\nok`,
  'two lengths that agree': `${OK}content-length: 2\r\ncontent-length: 2\r\n\r\nok`,
  'a list of lengths': `${OK}content-length: 2, 2\r\n\r\nok`,
  'a negative length': `${OK}content-length: -2\r\n\r\nok`,
  'a length with a sign': `${OK}content-length: +2\r\n\r\nok`,
  'a hexadecimal length': `${OK}content-length: 0x2\r\n\r\nok`,
  'a length with a fraction': `${OK}content-length: 2.0\r\n\r\nok`,
  'a length beyond safe integers': `${OK}content-length: 9007199254740993\r\n\r\nok`,
  'a length before a tab': `${OK}content-length: 2\t\r\n\r\nok`,
  'a length before a tab and a space': `${OK}content-length: 2\t \r\n\r\nok`,
  'an empty length': `${OK}content-length:\r\n\r\nok`,
  'a body where there can be none (204)': `HTTP/1.1 204 No Content\r\ncontent-length: ${SECOND.length}\r\n\r\n${SECOND}`,
  'chunks where there can be none (204)': `HTTP/1.1 204 No Content\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
  'a body where there can be none (304)': `HTTP/1.1 304 Not Modified\r\ncontent-length: ${SECOND.length}\r\n\r\n${SECOND}`,
  'an informational answer with a body': `HTTP/1.1 100 Continue\r\ncontent-length: ${SECOND.length}\r\n\r\n${SECOND}`,
  'an informational answer that closes': `HTTP/1.1 103 Early Hints\r\nconnection: close\r\n\r\n${SECOND}`,
  'an informational answer of HTTP/1.0': `HTTP/1.0 100 Continue\r\n\r\n${SECOND}`,
  // Transfer codings.
  'another coding before chunked': `${OK}transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
  'another coding after chunked': `${OK}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
  'chunked twice': `${OK}transfer-encoding: chunked, chunked\r\n\r\n0\r\n\r\n`,
  'two fields of codings': `${OK}transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n\r\n0\r\n\r\n`,
  'a coding in disguise': `${OK}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n`,
  'a coding in quotes': `${OK}transfer-encoding: "chunked"\r\n\r\n0\r\n\r\n`,
  'a coding after a vertical tab': `${OK}transfer-encoding: \x0bchunked\r\n\r\n0\r\n\r\n`,
  'a coding before a tab': `${OK}transfer-encoding: chunked\t\r\n\r\n0\r\n\r\n`,
  'an empty coding': `${OK}transfer-encoding:\r\n\r\n0\r\n\r\n`,
  'chunks in HTTP/1.0': 'HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  // Fields that end elsewhere for somebody else (RFC 9112 §2.2, §5).
  'a space before the colon': `${OK}content-length : 2\r\n\r\nok`,
  'a space before the name': `${OK} content-length: 2\r\n\r\nok`,
  'a folded line': `${OK}x: a\r\n content-length: 2\r\n\r\nok`,
  'a name that is empty': `${OK}: a\r\n\r\nok`,
  'a line without a colon': `${OK}content-length 2\r\n\r\nok`,
  'a name in brackets': `${OK}(x): a\r\n\r\nok`,
  'a bare LF after the status': 'HTTP/1.1 200 OK\ncontent-length: 2\r\n\r\nok',
  'a bare LF after a field': `${OK}x: a\ncontent-length: 2\r\n\r\nok`,
  'a head of bare LFs': 'HTTP/1.1 200 OK\ncontent-length: 2\n\nok',
  'a bare CR in a value': `${OK}x: a\rcontent-length: 2\r\n\r\nok`,
  'a CR before CRLF': `${OK}x: a\r\r\ncontent-length: 2\r\n\r\nok`,
  'NUL in a value': `${OK}x: a\0b\r\n\r\nok`,
  'NUL in a name': `${OK}x\0: a\r\n\r\nok`,
  'NUL in the reason': 'HTTP/1.1 200 O\0K\r\n\r\nok',
  'a control character in a value': `${OK}x: a\x01\r\n\r\nok`,
  'DEL in a value': `${OK}x: a\x7f\r\n\r\nok`,
  // Status lines (RFC 9112 §4).
  'another protocol': 'SSH-2.0-OpenSSH_9.6\r\n',
  'an empty line first': `\r\n${OK}\r\n`,
  'a version in small letters': 'http/1.1 200 OK\r\n\r\n',
  'a version of the future': 'HTTP/2.0 200 OK\r\n\r\n',
  'a version that is not there': 'HTTP/1.2 200 OK\r\n\r\n',
  'two spaces before the status': 'HTTP/1.1  200 OK\r\n\r\n',
  'a status of two digits': 'HTTP/1.1 20 OK\r\n\r\n',
  'a status of four digits': 'HTTP/1.1 2000 OK\r\n\r\n',
  'a status with a sign': 'HTTP/1.1 +20 OK\r\n\r\n',
  'a status in hexadecimal': 'HTTP/1.1 0x9 OK\r\n\r\n',
  'a status with a fraction': 'HTTP/1.1 2.0 OK\r\n\r\n',
  'a status that begins with a space': 'HTTP/1.1  99 OK\r\n\r\n',
  'a status beyond 599': 'HTTP/1.1 600 OK\r\n\r\n',
  'a switch of protocols': 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n',
  'informational answers without an end': 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(50),
  // Sizes.
  'too many fields': `${OK}${'x: y\r\n'.repeat(129)}\r\n`,
  'a head without an end': `${OK}x: ${'y'.repeat(40_000)}`,
  'a head too large': `${OK}x: ${'y'.repeat(40_000)}\r\n\r\n`,
  // Chunks (RFC 9112 §7.1).
  'a chunk size that is none': `${CHUNKED}zz\r\nok\r\n0\r\n\r\n`,
  'a chunk size with a sign': `${CHUNKED}+2\r\nok\r\n0\r\n\r\n`,
  'a negative chunk size': `${CHUNKED}-2\r\nok\r\n0\r\n\r\n`,
  'a chunk size with 0x': `${CHUNKED}0x2\r\nok\r\n0\r\n\r\n`,
  'a chunk size that overflows': `${CHUNKED}100000002\r\nok\r\n0\r\n\r\n`,
  'a chunk size that wraps around': `${CHUNKED}ffffffffffffffff2\r\nok\r\n0\r\n\r\n`,
  'a chunk size after a space': `${CHUNKED} 2\r\nok\r\n0\r\n\r\n`,
  'a chunk size before a space': `${CHUNKED}2 \r\nok\r\n0\r\n\r\n`,
  'an empty chunk size': `${CHUNKED}\r\nok\r\n0\r\n\r\n`,
  'a chunk size before a bare LF': `${CHUNKED}2\nok\r\n0\r\n\r\n`,
  'a chunk that ends with a bare LF': `${CHUNKED}2\r\nok\n0\r\n\r\n`,
  'a chunk shorter than its size': `${CHUNKED}4\r\nok\r\n0\r\n\r\n`,
  'a chunk longer than its size': `${CHUNKED}1\r\nok\r\n0\r\n\r\n`,
  'a control character in an extension': `${CHUNKED}2;a=\x01\r\nok\r\n0\r\n\r\n`,
  'a bare LF in an extension': `${CHUNKED}2;a\nb\r\nok\r\n0\r\n\r\n`,
  'an extension in open quotes': `${CHUNKED}2;a="\r\nok\r\n0\r\n\r\n`,
  'an extension without an end': `${CHUNKED}2;${'a'.repeat(300)}`,
  'a trailer that is no field': `${CHUNKED}0\r\noops\r\n\r\n`,
  'a trailer that is folded': `${CHUNKED}0\r\nx: a\r\n b\r\n\r\n`,
  'a trailer with a length': `${CHUNKED}0\r\ncontent-length: 5\r\n\r\nhello`,
  'a trailer with a coding': `${CHUNKED}0\r\nTransfer-Encoding: chunked\r\n\r\n`,
  'a trailer with a bare LF': `${CHUNKED}0\r\nx: a\n\r\n`,
  'trailers without an end': `${CHUNKED}0\r\n${'x: y\r\n'.repeat(2000)}`,
}

/** Each is a plain answer, and something after it. */
export const answersWithSurplus: Readonly<Record<string, string>> = {
  'a second answer after a length': `${OK}content-length: 2\r\n\r\nok${SECOND}`,
  'a second answer after chunks': `${CHUNKED}2\r\nok\r\n0\r\n\r\n${SECOND}`,
  'a second answer after no content': `HTTP/1.1 204 No Content\r\n\r\n${SECOND}`,
  'a body after no content': 'HTTP/1.1 204 No Content\r\n\r\nok',
  'an empty line after the answer': `${OK}content-length: 2\r\n\r\nok\r\n`,
}
