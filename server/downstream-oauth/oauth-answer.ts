/** What an endpoint that programs call says, as JSON. */
export interface OAuthAnswer {
  status: number
  body: object | undefined
  retryAfterSeconds?: number
}

/** RFC 6749 §5.2 and RFC 7591 §3.2.2. The description is ours: never what was sent, never what went wrong inside. */
export const refusal = (error: string, description: string, status = 400): OAuthAnswer => ({
  status,
  body: { error, error_description: description },
})
