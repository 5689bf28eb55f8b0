/**
 * How many copies run at once, and which of those that wait comes next.
 *
 * Owns     for each limit the copies that run under it, and its queue.
 * Units    counts of jobs.
 * Source   B6.3/15: copies of services under full management, by account and destination Region, and beyond that by vault;
 *          B7.5/6: copies of others into logically air-gapped vaults, by service. The numbers are model's BackupLimits.
 * Assumed  The account is that of the source; copies within a Region count; the numbers of B7.5/6 hold for each destination
 *          Region. First come, first served, as soon as there is room.
 * Spec     copy-job.md
 */
import { BackupLimits } from '@holdfast/model';
import { intAt } from '../kernel/columns';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';

export class CopyLimits {
  private readonly gates = new Map<string, Gate>();
  /** By number of the origin, for copies of services under full management: looked up for each copy. */
  private readonly ofOrigins: Gate[] = [];

  constructor(private readonly ledger: Ledger) {}

  /** Whether a copy may run now; if not it is queued. */
  enter(number: number, resource: Resource): boolean {
    const gate = this.gateOf(number, resource);
    return gate === undefined || gate.takesOne() || gate.takesOneBeyond(number, this.vaultOf(number));
  }

  /** A copy that ran is over; those that wait for its place are asked of the gate that it left. */
  leave(number: number, resource: Resource): Gate | undefined {
    const gate = this.gateOf(number, resource);
    gate?.leaveBeyond(number, this.vaultOf);
    return gate;
  }

  private readonly vaultOf = (number: number): number => {
    const { jobs, series } = this.ledger;
    return intAt(series.vaults, intAt(jobs.series, jobs.rowOf(number)));
  };

  private gateOf(number: number, { managed, service }: Resource): Gate | undefined {
    const { ledger } = this;
    const { jobs } = ledger;
    const row = jobs.rowOf(number);
    if (managed) {
      return (this.ofOrigins[intAt(jobs.origins, row)] ??= this.gate(
        row,
        '',
        BackupLimits.COPIES_INTO_REGION,
        BackupLimits.COPIES_INTO_VAULT_BEYOND,
      ));
    }
    const { airGapped } = ledger.vaultOf(intAt(jobs.series, row)).made;
    const most = airGapped ? BackupLimits.copiesIntoAirGap(service.id) : Infinity;
    // The four kinds of FSx are one service.
    return most === Infinity ? undefined : this.gate(row, service.id.replace(/^fsx-.*/, 'fsx'), most, 0);
  }

  private gate(row: number, service: string, most: number, mostBeyond: number): Gate {
    const { ledger } = this;
    const { account } = ledger.vaultOf(intAt(ledger.jobs.sources, row)).made.env;
    const { region } = ledger.vaultOf(intAt(ledger.jobs.series, row)).made.env;
    const key = `${account} ${region} ${service}`;
    const standing = this.gates.get(key) ?? new Gate(most, mostBeyond);
    this.gates.set(key, standing);
    return standing;
  }
}

/** Copies that wait for one vault, first come first. */
interface Queue {
  readonly vault: number;
  readonly numbers: number[];
  /** How many have left it. */
  head: number;
}

/** One limit. Numbers of jobs grow, so that the least of several is the one that came first. */
export class Gate {
  private running = 0;
  private waiting = 0;
  /** Of those that run beyond the limit, the numbers by vault. */
  private readonly beyond = new Map<number, Set<number>>();
  private readonly queues: Queue[] = [];

  constructor(
    public most: number,
    private readonly mostBeyond: number,
  ) {}

  get isFull(): boolean {
    return this.running >= this.most;
  }

  takesOne(): boolean {
    const room = !this.isFull;
    this.running += Number(room);
    return room;
  }

  /** Whether a copy runs beyond the limit, by what its vault has room for; if not it is queued. */
  takesOneBeyond(number: number, vault: number): boolean {
    if (this.hasRoomBeyond(vault)) {
      this.beyond.set(vault, (this.beyond.get(vault) ?? new Set()).add(number));
      return true;
    }
    let queue = this.queues.find((one) => one.vault === vault);
    if (queue === undefined) {
      queue = { vault, numbers: [], head: 0 };
      this.queues.push(queue);
    }
    queue.numbers.push(number);
    this.waiting++;
    return false;
  }

  leave(): void {
    this.running--;
  }

  /** One leaves that may run beyond the limit. Which vault it went into is read where any does alone, as copies are many. */
  leaveBeyond(number: number, vaultOf: (number: number) => number): void {
    if (this.beyond.size === 0) {
      this.leave();
      return;
    }
    const vault = vaultOf(number);
    const those = this.beyond.get(vault);
    if (those?.delete(number) !== true) {
      this.leave();
    } else if (those.size === 0) {
      this.beyond.delete(vault);
    }
  }

  /** Takes the next copy for which there is room from the queue; the room is taken when it enters. */
  take(): number | undefined {
    if (this.waiting === 0) {
      return undefined;
    }
    let first: Queue | undefined;
    for (const queue of this.queues) {
      const open = !this.isFull || this.hasRoomBeyond(queue.vault);
      if (open && headOf(queue) < (first === undefined ? Infinity : headOf(first))) {
        first = queue;
      }
    }
    if (first === undefined) {
      return undefined;
    }
    const number = headOf(first);
    this.waiting--;
    first.head++;
    if (first.head === first.numbers.length) {
      first.numbers.length = 0;
      first.head = 0;
    }
    return number;
  }

  private hasRoomBeyond(vault: number): boolean {
    return (this.beyond.get(vault)?.size ?? 0) < this.mostBeyond;
  }
}

/** Infinity for a queue in which nobody waits. */
function headOf({ numbers, head }: Queue): number {
  return numbers[head] ?? Infinity;
}
