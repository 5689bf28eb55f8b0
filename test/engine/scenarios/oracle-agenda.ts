// What is due, as the oracle keeps it: a sorted list.

// At one instant: jobs end, points turn cold, points go, jobs try again, rules are due.
export const ENDS = 0;
export const COLD = 1;
export const DELETION = 2;
export const AGAIN = 3;
export const RULE = 4;

interface Entry {
  readonly at: number;
  readonly kind: number;
  /** Of the jobs that try again at one instant, the one that was made first comes first. */
  readonly rank: number;
  readonly arrival: number;
  readonly act: () => void;
}

export class OracleAgenda {
  /** Latest first, so that `pop` takes the next. */
  private readonly entries: Entry[] = [];
  private arrivals = 0;

  enter(at: number, kind: number, rank: number, act: () => void): void {
    const entry = { at, kind, rank, arrival: this.arrivals++, act };
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(entry, this.entries[middle] as Entry)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    this.entries.splice(low, 0, entry);
  }

  pop(): Entry | undefined {
    return this.entries.pop();
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return (a.at - b.at || a.kind - b.kind || a.rank - b.rank || a.arrival - b.arrival) < 0;
}
