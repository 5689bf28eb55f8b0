/**
 * Where that stands which calls name by ids and ARNs that are rendered from what it is, and kept nowhere.
 *
 * Owns     the places of what was rendered lately, so that who lists, and then asks for one after the other, finds each
 *          without a search.
 * Units    a place is the row of a recovery point, or the number of a job.
 */

/** How many places are kept; then it begins anew. */
const MOST = 2 ** 17;

export class RenderedNames {
  private readonly places = new Map<string, number>();

  /** @param nameOf what stands at a place now; undefined for nothing */
  constructor(private readonly nameOf: (place: number) => string | undefined) {}

  /** The place of a name, or undefined. `candidates` are gone through where it is not known. */
  find(name: string, candidates: Iterable<number>): number | undefined {
    const known = this.places.get(name);
    if (known !== undefined && this.nameOf(known) === name) {
      return known;
    }
    for (const place of candidates) {
      const rendered = this.nameOf(place);
      if (rendered === name) {
        this.keep(name, place);
        return place;
      }
      if (rendered !== undefined) {
        this.keep(rendered, place);
      }
    }
    return undefined;
  }

  private keep(name: string, place: number): void {
    if (this.places.size >= MOST) {
      this.places.clear();
    }
    this.places.set(name, place);
  }
}
