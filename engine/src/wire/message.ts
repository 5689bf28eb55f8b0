/**
 * Requests and answers of the wire, without a socket.
 *
 * Pure: types alone.
 */

/** A request as a server sees it; header names in lower case. */
export interface WireRequest {
  readonly method: string;
  /** Path without query, as sent: labels are still encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
