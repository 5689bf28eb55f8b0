/**
 * The faults of a World, as its user adds, lists and clears them.
 *
 * Owns     nothing: domain/faults.ts has them.
 * Units    instants go in and out as ISO 8601 text.
 */
import type { Fault } from '../domain/fault';
import type { WorldState } from '../domain/world-state';
import { readFault } from '../ingest/read-fault';
import { faultId, FaultView, faultView } from '../report/faults';
import type { Keeping } from './recording';

/** What goes wrong in a World. */
export class WorldFaults {
  constructor(
    private readonly state: WorldState,
    private readonly keeping: Keeping,
  ) {}

  /**
   * Adds a fault, e.g. `{ kind: 'region-out', region: 'eu-west-1', from: '2027-02-01T00:00:00Z', to: '2027-02-04T00:00:00Z' }`.
   * It begins at once when its time is now. Same seed, same faults: the same history, whatever their order.
   *
   * @throws IngestRefusal naming the field that does not fit, its value and what is allowed
   */
  add(fault: Fault): FaultView {
    return this.keeping.keep({ do: 'add-fault', fault }, () => {
      const read = readFault(fault, 'World.faults.add', '', this.state.now);
      return faultView(this.state.faults.add(read.fault, read.from, read.to));
    });
  }

  /** Every fault that was added, first to last, those that are over among them. */
  list(): FaultView[] {
    return this.state.ledger.faults.list().map(faultView);
  }

  /**
   * Ends faults now; those to come never begin. What they kept from happening goes on.
   *
   * @param id the one of `add` and `list`; all faults when not given
   * @throws RangeError when there is no such fault
   */
  clear(id?: string): void {
    const all = this.state.ledger.faults.list();
    const chosen = all.filter((fault) => id === undefined || faultId(fault) === id);
    if (id !== undefined && chosen.length === 0) {
      throw new RangeError(`id must be one of ${all.map(faultId).join(', ') || 'no faults'}, got '${id}'`);
    }
    this.keeping.keep({ do: 'clear-fault', ...(id !== undefined && { fault: id }) }, () => {
      chosen.forEach((fault) => this.state.faults.clear(fault));
    });
  }
}
