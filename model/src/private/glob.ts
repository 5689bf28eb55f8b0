/**
 * Stars in ARNs and in condition values: zero or more characters that are no white space (Source B3.2/1).
 *
 * No regular expression, as many stars in one would take exponential time.
 */
export class Glob {
  /** What comes before the first star. */
  public readonly prefix: string;

  private readonly words: readonly (readonly string[])[];

  constructor(pattern: string) {
    // Stars stop at white space, so that each word of the pattern stands for one word of the text.
    this.words = pattern.split(/(\s)/).map((word) => word.split('*'));
    this.prefix = pattern.replace(/\*.*$/s, '');
  }

  public matches(text: string): boolean {
    if (!text.startsWith(this.prefix)) {
      return false;
    }
    const words = text.split(/(\s)/);
    return words.length === this.words.length && words.every((word, i) => matchesWord(this.words[i] ?? [], word));
  }
}

/** Whether a word consists of the pieces in this order with anything between them. */
function matchesWord(pieces: readonly string[], word: string): boolean {
  const [first = ''] = pieces;
  if (pieces.length === 1) {
    return word === first;
  }
  const last = pieces[pieces.length - 1] ?? '';
  const end = word.length - last.length;
  if (!word.startsWith(first) || !word.endsWith(last) || end < first.length) {
    return false;
  }
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = word.indexOf(piece, from);
    if (found < 0 || found + piece.length > end) {
      return false;
    }
    from = found + piece.length;
  }
  return true;
}
