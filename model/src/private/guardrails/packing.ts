import { IValueProbe } from '../../finding';
import { characters, cut, Piece, pieceCharacters } from './pieces';

const EMPTY = { Version: '2012-10-17', Statement: [] };

/** The statements of each policy, and what is too long for any. */
export interface Packing {
  readonly bins: readonly (readonly Piece[])[];
  readonly tooLong: readonly Piece[];
}

/** A policy that is being filled. */
interface Bin {
  readonly pieces: Piece[];
  free: number;
}

/**
 * Puts statements into as few policies as they fit into, dividing one only where that saves a policy.
 *
 * Tries ever more policies, each in a few orders; the same statements always give the same policies.
 */
export function packPieces(all: readonly Piece[], limit: number, probe: IValueProbe): Packing {
  // The comma that a first statement does not have makes up for it.
  const room = limit - characters(EMPTY, probe) + 1;
  const fitting = all.filter((piece) => smallestFits(piece, room, probe));
  const tooLong = all.filter((piece) => !fitting.includes(piece));
  if (fitting.length === 0) {
    return { bins: [], tooLong };
  }
  const sizes = new Map(fitting.map((piece) => [piece, pieceCharacters(piece, probe)]));
  const orders = [
    byDescending(fitting, (piece) => sizes.get(piece) ?? 0),
    byDescending(fitting, (piece) => overhead(piece, probe)),
  ];
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  for (let count = Math.max(1, Math.ceil(total / room)); ; count++) {
    for (const order of orders) {
      const bins = fill(order, count, room, probe);
      if (bins !== undefined) {
        return { bins, tooLong };
      }
    }
  }
}

/** Whether each part of the finest division fits, so that enough policies take the whole. */
function smallestFits(piece: Piece, room: number, probe: IValueProbe): boolean {
  const { statement } = piece;
  const longest = (list: readonly string[]): string[] =>
    [...list].sort((a, b) => characters(b, probe) - characters(a, probe)).slice(0, 1);
  const smallest = { ...statement, Action: longest(statement.Action), Resource: longest(statement.Resource) };
  return pieceCharacters({ ...piece, statement: smallest }, probe) <= room;
}

/** What of a statement every part of it repeats. */
function overhead(piece: Piece, probe: IValueProbe): number {
  return pieceCharacters({ ...piece, statement: { ...piece.statement, Action: [], Resource: [] } }, probe);
}

function byDescending(pieces: readonly Piece[], size: (piece: Piece) => number): Piece[] {
  // The sort is stable, so that equal sizes stay in the order of the guardrails.
  return [...pieces].sort((a, b) => size(b) - size(a));
}

function fill(order: readonly Piece[], count: number, room: number, probe: IValueProbe): Piece[][] | undefined {
  const bins: Bin[] = Array.from({ length: count }, () => ({ pieces: [], free: room }));
  const queue = [...order];
  for (let piece = queue.shift(); piece !== undefined; piece = queue.shift()) {
    const size = pieceCharacters(piece, probe);
    const whole = bins.find(({ free }) => free >= size);
    if (whole !== undefined) {
      put(whole, piece, size);
      continue;
    }
    const widest = bins.reduce((best, bin) => (bin.free > best.free ? bin : best));
    const divided = cut(piece, widest.free, probe);
    if (divided === undefined) {
      return undefined;
    }
    put(widest, divided.part, pieceCharacters(divided.part, probe));
    queue.unshift(...divided.rest);
  }
  return bins.map(({ pieces }) => pieces);
}

function put(bin: Bin, piece: Piece, size: number): void {
  bin.pieces.push(piece);
  bin.free -= size;
}
