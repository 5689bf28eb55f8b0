/**
 * JSON that somebody else wrote.
 *
 * Pure.
 * Assumed  how deep it may be nested. Parsers of Java, which AWS's services mostly are, stop there by themselves; what is
 *          deeper would take the engine's own stack wherever it is walked through.
 */

/** Arrays and objects within each other. */
export const MOST_DEPTH = 1000;

/** @throws SyntaxError when it is no JSON, or nested deeper than `MOST_DEPTH` */
export function parseJson(text: string): unknown {
  if (text.length > MOST_DEPTH && depthOf(text) > MOST_DEPTH) {
    throw new SyntaxError(`more than ${MOST_DEPTH} arrays and objects within each other`);
  }
  return JSON.parse(text) as unknown;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPENING: readonly number[] = [0x5b, 0x7b];
const CLOSING: readonly number[] = [0x5d, 0x7d];

/** How many are open at most at one place; of a text that is no JSON it says nothing. */
function depthOf(text: string): number {
  let [depth, most, quoted] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted) {
      at += code === BACKSLASH ? 1 : 0;
      quoted = code !== QUOTE;
    } else if (code === QUOTE) {
      quoted = true;
    } else if (OPENING.includes(code)) {
      most = Math.max(most, ++depth);
    } else if (CLOSING.includes(code)) {
      depth--;
    }
  }
  return most;
}
