/** An HTTP answer of a door, before node:http or Fetch make it theirs. */
export interface WireAnswer {
  status: number
  headers: Record<string, string>
  body: string
}
