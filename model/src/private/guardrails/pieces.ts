import { IValueProbe } from '../../finding';
import { rendered, Statement } from './statement';

/** Counted for a value that is not known yet: the longest ARN of a role without a path has 102 characters. */
const UNKNOWN_CHARACTERS = 128;
const UNKNOWN = '?'.repeat(UNKNOWN_CHARACTERS);

/** A statement that may be divided, and which guardrails asked for each of its actions. */
export interface Piece {
  readonly statement: Statement;
  readonly owners: ReadonlyMap<string, readonly string[]>;
}

/**
 * Characters of a document as AWS Organizations counts them: JSON without white space.
 *
 * Source B11.3/1. Whatever is not ASCII is refused, so that characters and bytes are the same.
 */
export function characters(document: unknown, probe: IValueProbe): number {
  return JSON.stringify(document, (_, value: unknown) => measured(value, probe)).length;
}

function measured(value: unknown, probe: IValueProbe): unknown {
  return typeof value === 'string' && !probe.known(value) && value.length < UNKNOWN_CHARACTERS ? UNKNOWN : value;
}

/** Measures pieces; each text and each condition is measured once, as packing asks for the same ones over and over. */
export class Scale {
  private readonly texts = new Map<string, number>();
  private readonly rests = new Map<unknown, number>();

  constructor(private readonly probe: IValueProbe) {}

  /** Characters of a statement within a document, with the comma before it. */
  public pieceCharacters({ statement }: Piece): number {
    return this.rest(statement) + this.list(statement.Action) + this.list(statement.Resource) + 1;
  }

  /** Characters of a text, quotes included. */
  public text(value: string): number {
    const known = this.texts.get(value);
    const size = known ?? characters(value, this.probe);
    this.texts.set(value, size);
    return size;
  }

  /** Everything but the two lists; parts of a piece share it. */
  private rest(statement: Statement): number {
    const { Sid = '', Condition } = statement;
    const key = Condition ?? `${Sid} ${statement.Principal}`;
    const known = this.rests.get(key);
    const size = known ?? characters(rendered({ ...statement, Sid: '', Action: [], Resource: [] }), this.probe) - 4;
    this.rests.set(key, size);
    return size + Sid.length;
  }

  /** A list of one is its value; others have brackets, and commas between. */
  private list(list: readonly string[]): number {
    const texts = list.reduce((sum, value) => sum + this.text(value), 0);
    return list.length === 1 ? texts : texts + 2 + Math.max(0, list.length - 1);
  }
}

/** Statements that say the same of different actions, as one. */
export function merge(pieces: readonly Piece[]): Piece[] {
  const groups = new Map<string, Piece>();
  for (const piece of pieces) {
    const { Sid: _sid, Action: _action, ...rest } = piece.statement;
    const key = JSON.stringify(rest);
    const other = groups.get(key);
    groups.set(key, other === undefined ? piece : joined(other, piece));
  }
  return [...groups.values()];
}

function joined(a: Piece, b: Piece): Piece {
  const owners = new Map(a.owners);
  for (const [action, guardrails] of b.owners) {
    owners.set(action, [...new Set([...(owners.get(action) ?? []), ...guardrails])]);
  }
  // The longer name: a part may be called by any of its guardrails in the end.
  const [Sid] = [a.statement.Sid ?? '', b.statement.Sid ?? ''].sort((x, y) => y.length - x.length);
  return { statement: { ...a.statement, Sid, Action: [...owners.keys()].sort() }, owners };
}

/** A part of a piece that fits, and what is left of it. */
export interface Cut {
  readonly part: Piece;
  readonly rest: readonly Piece[];
}

/**
 * The largest part of a piece that fits into so many characters; undefined when not even the smallest does.
 *
 * Only lists of actions and resources are divided: a denial of each part is a denial of the whole. The lists of a
 * condition stay as they are, since `ArnNotLike` over half of the exempt would deny the other half.
 */
export function cut(piece: Piece, room: number, scale: Scale): Cut | undefined {
  if (scale.pieceCharacters(piece) <= room) {
    return { part: piece, rest: [] };
  }
  const { Action, Resource } = piece.statement;
  const longerFirst: ('Action' | 'Resource')[] =
    JSON.stringify(Resource).length > JSON.stringify(Action).length ? ['Resource', 'Action'] : ['Action', 'Resource'];
  for (const list of longerFirst) {
    const fits = largestHead(piece, list, room, scale);
    if (fits > 0) {
      return { part: slice(piece, list, 0, fits), rest: [slice(piece, list, fits)] };
    }
  }
  const [list] = longerFirst;
  if (piece.statement[list].length === 1) {
    return undefined;
  }
  const inner = cut(slice(piece, list, 0, 1), room, scale);
  return inner && { part: inner.part, rest: [...inner.rest, slice(piece, list, 1)] };
}

function largestHead(piece: Piece, list: 'Action' | 'Resource', room: number, scale: Scale): number {
  let [fits, fails] = [0, piece.statement[list].length];
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2);
    const right = scale.pieceCharacters({ ...piece, statement: head(piece.statement, list, middle) }) <= room;
    [fits, fails] = right ? [middle, fails] : [fits, middle];
  }
  return fits;
}

function head(statement: Statement, list: 'Action' | 'Resource', length: number): Statement {
  return { ...statement, [list]: statement[list].slice(0, length) };
}

function slice(piece: Piece, list: 'Action' | 'Resource', from: number, to?: number): Piece {
  const statement = { ...piece.statement, [list]: piece.statement[list].slice(from, to) };
  const owners = new Map([...piece.owners].filter(([action]) => statement.Action.includes(action)));
  return { statement, owners };
}
