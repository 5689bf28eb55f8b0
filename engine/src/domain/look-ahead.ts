/**
 * Fetches what entries of the agenda are about shortly before they come up.
 *
 * Owns     nothing, and changes nothing. Entries come up in the order of their instants, which is none of the tables': each
 *          would wait for memory on its own, and then for what it finds there. Those of several at once come together.
 */
import { byteAt, floatAt, intAt } from '../kernel/columns';
import { JOB_ENDS, type Ledger, POINT_IS_DELETED } from './ledger';

export class LookAhead {
  /** What was read, which nobody needs: reading is what it was read for. */
  private readonly read = new Float64Array(1);

  constructor(private readonly ledger: Ledger) {
    const { agenda } = ledger;
    agenda.onForeseen = (count) => {
      const { foreseenKinds: kinds, foreseenSubjects: subjects } = agenda;
      this.read[0] = this.rows(kinds, subjects, count) + this.around(kinds, subjects, count);
    };
  }

  private rows(kinds: Uint8Array, subjects: Int32Array, count: number): number {
    const { points, jobs } = this.ledger;
    const { flags, series, origins, createdAts, deleteAts, sizes } = points;
    let read = 0;
    for (let i = 0; i < count; i++) {
      const kind = byteAt(kinds, i);
      if (kind === POINT_IS_DELETED) {
        const row = intAt(subjects, i);
        read += byteAt(flags, row) + intAt(series, row) + intAt(origins, row);
        read += floatAt(createdAts, row) + floatAt(deleteAts, row) + floatAt(sizes, row) + points.beside(row);
      } else if (kind === JOB_ENDS) {
        const row = jobs.rowOf(intAt(subjects, i));
        read +=
          intAt(jobs.resources, row) + intAt(jobs.series, row) + intAt(jobs.origins, row) + intAt(jobs.sources, row);
        read += floatAt(jobs.endAts, row) + floatAt(jobs.sizes, row) + floatAt(jobs.moved, row);
        read += floatAt(jobs.pointCreatedAts, row) + floatAt(jobs.deleteAts, row) + floatAt(jobs.coldAts, row);
      }
    }
    return read;
  }

  /** What the rows lead to. */
  private around(kinds: Uint8Array, subjects: Int32Array, count: number): number {
    const { points, jobs, resources, series, chains } = this.ledger;
    const { vaults, draws, subjects: names, heads, lives } = series;
    let read = 0;
    for (let i = 0; i < count; i++) {
      const kind = byteAt(kinds, i);
      if (kind === POINT_IS_DELETED) {
        const row = intAt(subjects, i);
        const one = intAt(points.series, row);
        read += points.around(row) + chains.nearby(one);
        read += intAt(vaults, one) + intAt(draws, one) + intAt(names, one) + intAt(heads, one) + intAt(lives, one);
      } else if (kind === JOB_ENDS) {
        read += resources.find(intAt(jobs.resources, jobs.rowOf(intAt(subjects, i)))).continuousPoint;
      }
    }
    return read;
  }
}
