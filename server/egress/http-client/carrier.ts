// What a request and the socket that carries it know of each other.
import type { EgressError } from '../errors.ts'
import type { ResponseHeaders } from './parse-head.ts'

export interface Carrier {
  pause(): void
  resume(): void
  /** Closes the socket: nobody wants the rest of the answer. */
  cut(): void
}

export interface CarriedRequest {
  /** Whose share of the sockets it takes. */
  readonly payer: string
  /** By `performance.now()`, waiting for a socket included. */
  readonly headDueAt: number
  /** The longest silence inside the body; 0 = any. */
  readonly bodyIdleTimeoutMs: number
  /** It has to wait, or to wait for something else. `leave` gives the place up. */
  onQueued(leave: () => void): void
  /** Immediately before the first byte is written: from here on the upstream may have seen the request. */
  onRequestStart(carrier: Carrier): void
  onResponseStart(status: number, headers: ResponseHeaders): void
  onResponseData(chunk: Buffer): void
  /** The carrier is somebody else's from here on. */
  onResponseEnd(): void
  /** The first reason to end it counts; later ones are ignored. */
  fail(error: EgressError): void
}
