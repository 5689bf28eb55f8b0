import { IValueProbe } from '../../finding';
import { characters, cut, Piece, Scale } from './pieces';

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
  const scale = new Scale(probe);
  // The comma that a first statement does not have makes up for it.
  const room = limit - characters(EMPTY, probe) + 1;
  const fitting = all.filter((piece) => smallestFits(piece, room, scale));
  const tooLong = all.filter((piece) => !fitting.includes(piece));
  if (fitting.length === 0) {
    return { bins: [], tooLong };
  }
  const sizes = new Map(fitting.map((piece) => [piece, scale.pieceCharacters(piece)]));
  const orders = [
    byDescending(fitting, (piece) => sizes.get(piece) ?? 0),
    byDescending(fitting, (piece) => overhead(piece, scale)),
  ];
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  for (let count = Math.max(1, Math.ceil(total / room)); ; count++) {
    for (const order of orders) {
      const bins = fill(order, count, room, scale);
      if (bins !== undefined) {
        return { bins, tooLong };
      }
    }
  }
}

/** Whether each part of the finest division fits, so that enough policies take the whole. */
function smallestFits(piece: Piece, room: number, scale: Scale): boolean {
  const { statement } = piece;
  const longest = (list: readonly string[]): string[] =>
    [...list].sort((a, b) => scale.text(b) - scale.text(a)).slice(0, 1);
  const smallest = { ...statement, Action: longest(statement.Action), Resource: longest(statement.Resource) };
  return scale.pieceCharacters({ ...piece, statement: smallest }) <= room;
}

/** What of a statement every part of it repeats. */
function overhead(piece: Piece, scale: Scale): number {
  return scale.pieceCharacters({ ...piece, statement: { ...piece.statement, Action: [], Resource: [] } });
}

function byDescending(pieces: readonly Piece[], size: (piece: Piece) => number): Piece[] {
  // The sort is stable, so that equal sizes stay in the order of the guardrails.
  return [...pieces].sort((a, b) => size(b) - size(a));
}

function fill(order: readonly Piece[], count: number, room: number, scale: Scale): Piece[][] | undefined {
  const bins: Bin[] = Array.from({ length: count }, () => ({ pieces: [], free: room }));
  const queue = [...order];
  for (let piece = queue.shift(); piece !== undefined; piece = queue.shift()) {
    const size = scale.pieceCharacters(piece);
    const whole = bins.find(({ free }) => free >= size);
    if (whole !== undefined) {
      put(whole, piece, size);
      continue;
    }
    const widest = bins.reduce((best, bin) => (bin.free > best.free ? bin : best));
    const divided = cut(piece, widest.free, scale);
    if (divided === undefined) {
      return undefined;
    }
    put(widest, divided.part, scale.pieceCharacters(divided.part));
    queue.unshift(...divided.rest);
  }
  return bins.map(({ pieces }) => pieces);
}

function put(bin: Bin, piece: Piece, size: number): void {
  bin.pieces.push(piece);
  bin.free -= size;
}
