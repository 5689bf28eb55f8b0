/**
 * Messages of PostgreSQL's protocol: each a letter, its length and what it says.
 *
 * Pure.
 * Source   PostgreSQL 17, chapter 53, Message Formats.
 */

export interface Message {
  /** What it is, e.g. `Q`. */
  readonly type: string;
  /** All of it, type and length included. */
  readonly bytes: Buffer;
}

const HEAD = 5;

/** The whole messages at the beginning of what came; what is left is one that is still to come whole. */
export function split(received: Buffer): { readonly messages: Message[]; readonly rest: Buffer } {
  const messages: Message[] = [];
  let at = 0;
  while (received.length - at >= HEAD) {
    const end = at + 1 + received.readInt32BE(at + 1);
    if (end < at + HEAD || end > received.length) {
      break;
    }
    messages.push({ type: String.fromCharCode(received[at]!), bytes: received.subarray(at, end) });
    at = end;
  }
  return { messages, rest: received.subarray(at) };
}

export function message(type: string, body: Uint8Array | string = ''): Buffer {
  const bytes = Buffer.from(body as Uint8Array);
  const head = Buffer.alloc(HEAD);
  head.write(type, 'latin1');
  head.writeInt32BE(bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
}

export function queryMessage(sql: string): Buffer {
  return message('Q', `${sql}\0`);
}

export function errorMessage(severity: 'ERROR' | 'FATAL', code: string, text: string): Buffer {
  return message('E', `S${severity}\0V${severity}\0C${code}\0M${text}\0\0`);
}

/** What an error says, if there is one among the answers. */
export function errorIn(answers: Uint8Array): string | undefined {
  const found = split(Buffer.from(answers)).messages.find(({ type }) => type === 'E');
  return found?.bytes
    .toString('utf8', HEAD)
    .split('\0')
    .find((field) => field.startsWith('M'))
    ?.slice(1);
}

/** The rows among the answers, as text. */
export function rowsIn(answers: Uint8Array): (string | null)[][] {
  return split(Buffer.from(answers))
    .messages.filter(({ type }) => type === 'D')
    .map(({ bytes }) => {
      let at = HEAD + 2;
      return Array.from({ length: bytes.readInt16BE(HEAD) }, () => {
        const length = bytes.readInt32BE(at);
        at += 4 + Math.max(length, 0);
        return length < 0 ? null : bytes.toString('utf8', at - length, at);
      });
    });
}

/** The texts that end in a zero byte, from one place of a message on. */
export function texts({ bytes }: Message, from: number, count: number): string[] {
  let at = from;
  return Array.from({ length: count }, () => {
    const end = bytes.indexOf(0, at);
    const text = bytes.toString('utf8', at, end);
    at = end + 1;
    return text;
  });
}

/** A message with another text instead of the one that begins at a place. */
export function withText({ type, bytes }: Message, at: number, text: string): Buffer {
  const end = bytes.indexOf(0, at);
  return message(type, Buffer.concat([bytes.subarray(HEAD, at), Buffer.from(text, 'utf8'), bytes.subarray(end)]));
}
