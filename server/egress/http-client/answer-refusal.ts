/** Why an answer is not read: it is not plain HTTP/1.1, or two readers could understand it differently. For the log only. */
export class AnswerRefusal extends Error {
  override readonly name = 'AnswerRefusal'
  readonly code = 'EGRESS_ANSWER_REFUSED'
}
