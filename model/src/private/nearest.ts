/** More names than this are not compared with a mistyped one. */
const MOST_COMPARED = 2000;

/** The one of the known names that a mistyped one most likely is; undefined when it is like none. */
export function nearestOf(name: string, known: readonly string[]): string | undefined {
  const most = Math.max(2, name.length / 2);
  const [nearest] = known
    .filter((candidate) => Math.abs(candidate.length - name.length) <= most)
    .slice(0, MOST_COMPARED)
    .map((candidate) => ({ candidate, edits: distance(name, candidate) }))
    .sort((a, b) => a.edits - b.edits);
  return nearest !== undefined && nearest.edits <= most ? nearest.candidate : undefined;
}

/** Edits that make one text the other, letter case aside. */
function distance(left: string, right: string): number {
  const [a, b] = [left.toLowerCase().slice(0, 100), right.toLowerCase()];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
