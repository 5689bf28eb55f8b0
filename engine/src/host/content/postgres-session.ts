/**
 * One client of a PostgreSQL database: who it is, and its turns.
 *
 * Owns     what it said that is not answered yet, and whether it has its turn.
 * Source   PostgreSQL 17, chapters 53 (Message Flow) and 51.8 (how pg_authid keeps passwords).
 */
import type { Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import {
  errorIn,
  errorMessage,
  Message,
  message,
  queryMessage,
  rowsIn,
  split,
  texts,
  withText,
} from './postgres-messages';
import { literal, quoted } from './postgres-quote';
import { isPassword } from './postgres-password';

export interface ServedNames {
  readonly database: string;
  /** Who queries in this process. */
  readonly owner: string;
}

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;
const PROTOCOL = 3;

/** A query that reads what the client sends next; PGlite ends when that has not come. */
const COPY_IN = /^\s*(--[^\n]*\n\s*)*copy\b[^;]*\bfrom\s+stdin\b/i;

export class PostgresSession {
  private received: Buffer = Buffer.alloc(0);
  private startup: { user: string; bytes: Buffer } | undefined;
  private admitted = false;
  /** What is to run together: up to the end of a query. */
  private unit: Message[] = [];
  private copy: Message | undefined;
  private prepared = false;
  /** Ends the turn. */
  private release: (() => void) | undefined;
  private working: Promise<void> = Promise.resolve();
  private gone = false;

  constructor(
    private readonly db: PGlite,
    private readonly names: ServedNames,
    private readonly socket: Socket,
    private readonly id: number,
  ) {}

  begin(): void {
    this.socket.setNoDelay(true);
    this.socket.on('data', (bytes) => this.then(() => this.take(bytes as Buffer)));
    this.socket.on('error', () => this.socket.destroy());
    this.socket.on('close', () => {
      this.gone = true;
      this.working = this.working.then(() => this.leave()).catch(() => undefined);
    });
  }

  private then(work: () => Promise<void>): void {
    this.working = this.working.then(work).catch((fault: Error) => {
      this.refuse('XX000', fault.message);
    });
  }

  private async take(bytes: Buffer): Promise<void> {
    this.received = Buffer.concat([this.received, bytes]);
    while (this.startup === undefined) {
      if (!(await this.takeStartup())) {
        return;
      }
    }
    const { messages, rest } = split(this.received);
    this.received = Buffer.from(rest);
    for (const each of messages) {
      if (this.gone) {
        return;
      }
      await (this.admitted ? this.hear(each) : this.admit(each));
    }
  }

  /** @returns whether there was a whole message of those that have no type */
  private async takeStartup(): Promise<boolean> {
    const length = this.received.length < 8 ? Infinity : this.received.readInt32BE(0);
    if (this.received.length < length) {
      return false;
    }
    const bytes = this.received.subarray(0, length);
    this.received = this.received.subarray(length);
    const code = bytes.readInt32BE(4);
    if (code === SSL_REQUEST || code === GSS_REQUEST) {
      this.socket.write('N');
      return true;
    }
    if (code === CANCEL_REQUEST) {
      // The query is over before anybody could hear of it.
      this.socket.end();
      return false;
    }
    if (code >> 16 !== PROTOCOL) {
      this.refuse('0A000', `unsupported frontend protocol ${code >> 16}.${code & 0xffff}`);
      return false;
    }
    const fields = bytes.toString('utf8', 8).split('\0');
    const parameters = new Map<string, string>();
    for (let at = 0; at + 1 < fields.length && fields[at] !== ''; at += 2) {
      parameters.set(fields[at]!, fields[at + 1]!);
    }
    const user = parameters.get('user') ?? '';
    const database = parameters.get('database') ?? user;
    if (database !== this.names.database) {
      this.refuse('3D000', `database "${database}" does not exist: PGlite serves "${this.names.database}" alone`);
      return false;
    }
    this.startup = { user, bytes: Buffer.from(bytes) };
    this.socket.write(message('R', Buffer.from([0, 0, 0, 3])));
    return true;
  }

  private async admit(given: Message): Promise<void> {
    const { user, bytes } = this.startup!;
    await this.turn();
    const sql = `SELECT rolpassword FROM pg_catalog.pg_authid WHERE rolcanlogin AND rolname = ${literal(user)}`;
    await this.run(queryMessage('RESET ROLE'));
    const verifier = rowsIn(await this.run(queryMessage(sql)))[0]?.[0] ?? '';
    await this.run(setRole(this.names.owner));
    if (given.type !== 'p' || !isPassword(texts(given, 5, 1)[0]!, user, verifier)) {
      await this.endTurn();
      this.refuse('28P01', `password authentication failed for user "${user}"`);
      return;
    }
    // Its answer says that the client is in, too.
    this.socket.write(await this.run(bytes));
    await this.endTurn();
    this.admitted = true;
  }

  private async hear(given: Message): Promise<void> {
    const { type } = given;
    if (type === 'X') {
      this.socket.end();
      return;
    }
    if (this.copy !== undefined) {
      await this.hearCopy(given);
      return;
    }
    if (type === 'Q' && COPY_IN.test(texts(given, 5, 1)[0]!)) {
      // Text, of as many columns as there are: clients do not ask.
      this.copy = given;
      this.socket.write(message('G', Buffer.from([0, 0, 0])));
      return;
    }
    this.unit.push(given);
    // After Flush the client waits for answers, and goes on with the same query.
    if ('QFSH'.includes(type)) {
      await this.perform(type !== 'H');
    }
  }

  private async hearCopy(given: Message): Promise<void> {
    if (!'dcf'.includes(given.type)) {
      return;
    }
    this.unit.push(given);
    if (given.type === 'd') {
      return;
    }
    this.unit.unshift(this.copy!);
    this.copy = undefined;
    await this.perform(true, (answer) => answer.type !== 'G');
  }

  private async perform(ends: boolean, wanted: (answer: Message) => boolean = () => true): Promise<void> {
    const unit = this.unit;
    this.unit = [];
    await this.turn();
    const { bytes, hidden } = this.rewrite(unit);
    const answers = split(await this.run(bytes)).messages;
    for (const answer of answers) {
      const mine = answer.type === '3' && hidden.shift() === true;
      // A Flush ends no query: whether the client may go on is not said yet.
      if (!mine && wanted(answer) && (ends || answer.type !== 'Z')) {
        this.socket.write(answer.bytes);
      }
    }
    if (ends && !this.db.isInTransaction()) {
      await this.endTurn();
    }
  }

  /**
   * Prepared statements get names that no other client has. The one without a name is one of those: where PostgreSQL would
   * put another in its place, it is closed before. @returns which of the closings are none of the client's
   */
  private rewrite(unit: readonly Message[]): { readonly bytes: Buffer; readonly hidden: boolean[] } {
    const hidden: boolean[] = [];
    const bytes = unit.flatMap((given) => {
      const at = this.statementAt(given);
      if (at === undefined) {
        if (given.type === 'C') {
          hidden.push(false);
        }
        return [given.bytes];
      }
      this.prepared = true;
      const name = given.bytes.toString('utf8', at, given.bytes.indexOf(0, at));
      const renamed = withText(given, at, `holdfast_${this.id}_${name}`);
      if (given.type === 'P' && name === '') {
        hidden.push(true);
        return [message('C', `Sholdfast_${this.id}_\0`), renamed];
      }
      if (given.type === 'C') {
        hidden.push(false);
      }
      return [renamed];
    });
    return { bytes: Buffer.concat(bytes), hidden };
  }

  /** Where the name of a prepared statement begins in a message. */
  private statementAt({ type, bytes }: Message): number | undefined {
    switch (type) {
      case 'P':
        return 5;
      case 'B':
        return bytes.indexOf(0, 5) + 1;
      case 'D':
      case 'C':
        return bytes[5] === 'S'.charCodeAt(0) ? 6 : undefined;
      default:
        return undefined;
    }
  }

  /** Waits for its turn, unless it has it; what runs from now on has the client's role. */
  private async turn(): Promise<void> {
    if (this.release !== undefined) {
      return;
    }
    this.release = await new Promise((resolve, reject) => {
      this.db._runExclusiveTransaction(() => new Promise<void>((release) => resolve(release))).catch(reject);
    });
    if (this.isOther) {
      await this.run(setRole(this.startup!.user));
    }
  }

  private async endTurn(): Promise<void> {
    try {
      if (this.isOther && this.release !== undefined && !this.db.closed) {
        await this.run(setRole(this.names.owner));
      }
    } finally {
      this.release?.();
      this.release = undefined;
    }
  }

  /** Whether it is somebody else than who queries in this process. */
  private get isOther(): boolean {
    return this.admitted && this.startup!.user !== this.names.owner;
  }

  private async run(bytes: Uint8Array): Promise<Buffer> {
    return Buffer.from(await this.db.runExclusive(() => this.db.execProtocolRaw(bytes)));
  }

  /** What is open ends with the client. */
  private async leave(): Promise<void> {
    if (this.db.closed || !this.admitted) {
      await this.endTurn();
      return;
    }
    try {
      if (this.release !== undefined && this.db.isInTransaction()) {
        await this.run(queryMessage('ROLLBACK'));
      }
      if (this.prepared) {
        await this.turn();
        await this.forgetPrepared();
      }
    } finally {
      await this.endTurn();
    }
  }

  private async forgetPrepared(): Promise<void> {
    const like = `'holdfast\\_${this.id}\\_%'`;
    const asked = await this.run(queryMessage(`SELECT name FROM pg_prepared_statements WHERE name LIKE ${like}`));
    for (const [name] of errorIn(asked) === undefined ? rowsIn(asked) : []) {
      await this.run(queryMessage(`DEALLOCATE ${quoted(name ?? '')}`));
    }
  }

  private refuse(code: string, text: string): void {
    this.socket.end(errorMessage('FATAL', code, text));
  }
}

function setRole(role: string): Buffer {
  return queryMessage(`SET ROLE ${quoted(role)}`);
}
