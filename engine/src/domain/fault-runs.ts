/**
 * Faults begin and end.
 *
 * Owns     the agenda's entries 'fault begins or ends' and 'job looks again after a fault', and what a fault put away.
 * Units    `…At` are Instants.
 * Spec     faults.md
 */
import type { StatefulResource } from '@holdfast/model';
import { byteAt, floatAt, intAt } from '../kernel/columns';
import { Instant, NEVER } from '../kernel/instant';
import type { BackupRuns } from './backup-runs';
import type { CopyRuns } from './copy-runs';
import { CREATED, FAULT_BEGAN, FAULT_ENDED, RUNNING } from './event-codes';
import type { Fault } from './fault';
import { begins, StandingFault } from './faults';
import { BACKUP } from './jobs';
import type { KeyRuns } from './key-runs';
import type { Key, KeyState } from './keys';
import { JOB_ENDS, Ledger } from './ledger';
import { HANGS_BY_FAULT, KEY_ACCOUNT_BY_FAULT, KEY_GONE_BY_FAULT, KEY_UNUSABLE_BY_FAULT } from './injected-reasons';
import { COMPLETION_WINDOW_CLOSED, NO_REASON, WAITS_FOR_RESOURCE } from './reasons';
import type { ResourceRuns } from './resource-runs';

const KEY_STATES = {
  'key-disabled': 'Disabled',
  'key-pending-deletion': 'PendingDeletion',
  'key-deleted': 'Deleted',
} as const;

/** The rooms whose things faults move. */
export interface Rooms {
  readonly backups: BackupRuns;
  readonly copies: CopyRuns;
  readonly keys: KeyRuns;
  readonly resources: ResourceRuns;
}

export class FaultRuns {
  private readonly kind: number;
  /** What keys were before the first of the faults that are there, by their numbers. */
  private readonly keysBefore = new Map<number, KeyState>();
  /** Resources that a fault took away, by its number. */
  private readonly resourcesBefore = new Map<number, StatefulResource>();

  constructor(
    private readonly ledger: Ledger,
    private readonly rooms: Rooms,
  ) {
    // Twice the fault's number, and 1 more for its end.
    this.kind = ledger.turn('fault begins or ends', (subject) => {
      const fault = ledger.faults.find(subject >> 1);
      if ((subject & 1) === 0) {
        this.begin(fault);
      } else {
        this.end(fault);
      }
    });
    ledger.faults.lookKind = ledger.turn('job looks again after a fault', (number) => {
      this.look(number);
    });
  }

  /** Adds a fault that was found in order; one whose time has come begins at once. */
  add(given: Fault, from: Instant, to: Instant): StandingFault {
    const { ledger } = this;
    const fault = ledger.faults.add(given, from, to);
    if (from <= ledger.now) {
      this.begin(fault);
    } else {
      ledger.agenda.push(from, this.kind, fault.number * 2);
    }
    if (to !== NEVER) {
      ledger.agenda.push(to, this.kind, fault.number * 2 + 1);
    }
    return fault;
  }

  /** Takes a fault away before its time; one that has not begun never does. */
  clear(fault: StandingFault): void {
    this.end(fault);
  }

  private begin(fault: StandingFault): void {
    const { faults } = this.ledger;
    if (fault.state !== 'planned') {
      return;
    }
    if (!begins(faults, fault)) {
      fault.state = 'spared';
      return;
    }
    faults.turnOn(fault);
    this.bar();
    this.ledger.note(FAULT_BEGAN, fault.text, 0, '', NO_REASON, fault.probability, fault.to);
    this.putAway(fault);
  }

  private end(fault: StandingFault): void {
    const { ledger } = this;
    if (fault.state === 'planned') {
      fault.state = 'over';
    }
    if (fault.state !== 'active') {
      return;
    }
    ledger.faults.turnOff(fault);
    this.bar();
    ledger.note(FAULT_ENDED, fault.text, 0, '', NO_REASON, fault.probability, fault.to);
    this.bringBack(fault);
    for (const { kind, subject } of fault.deferred.splice(0)) {
      ledger.agenda.push(ledger.now, kind, subject);
    }
    for (const { number, remainingMs, reason } of fault.hung.splice(0)) {
      this.resume(number, remainingMs, reason);
    }
  }

  /** What a fault changes for as long as it is there. */
  private putAway(fault: StandingFault): void {
    const { ledger, rooms } = this;
    const { given, number } = fault;
    switch (given.kind) {
      case 'key-disabled':
      case 'key-pending-deletion':
      case 'key-deleted': {
        const key = ledger.keys.tryFindByArn(given.key);
        if (key !== undefined && key.state !== 'Deleted') {
          this.keysBefore.set(key.number, this.keysBefore.get(key.number) ?? key.state);
          rooms.keys.force(key, KEY_STATES[given.kind]);
        }
        return;
      }
      case 'resource-deleted': {
        const resource = ledger.resources.tryFindNamed(given.resource);
        if (resource !== undefined) {
          fault.strikes++;
          this.resourcesBefore.set(number, resource.declaration);
          rooms.resources.remove(resource);
        }
        return;
      }
      default:
    }
  }

  private bringBack({ given, number }: StandingFault): void {
    const { ledger, rooms } = this;
    switch (given.kind) {
      case 'key-disabled':
      case 'key-pending-deletion':
      case 'key-deleted': {
        const key = ledger.keys.tryFindByArn(given.key);
        if (key !== undefined) {
          this.bringKeyBack(key, KEY_STATES[given.kind]);
        }
        return;
      }
      case 'resource-deleted': {
        const declaration = this.resourcesBefore.get(number);
        const other = declaration && ledger.faults.standing.find((one) => isDeleted(one.given, declaration));
        if (declaration !== undefined && other !== undefined) {
          this.resourcesBefore.set(other.number, declaration);
        } else if (declaration !== undefined && ledger.resources.tryFind(declaration.arn)?.gone === true) {
          rooms.resources.add(declaration);
        }
        return;
      }
      default:
    }
  }

  /** A key is what the next of its faults has it be; without another, what it was before all of them. */
  private bringKeyBack(key: Key, was: KeyState): void {
    const { faults, keys } = this.ledger;
    const others = faults.standing.flatMap(({ given }) =>
      'key' in given && keys.tryFindByArn(given.key) === key ? [KEY_STATES[given.kind]] : [],
    );
    const next = others[0] ?? this.keysBefore.get(key.number);
    if (others.length === 0) {
      this.keysBefore.delete(key.number);
    }
    // Somebody else may have moved it meanwhile, or its waiting period may be over.
    if (next !== undefined && key.state === was && next !== was) {
      this.rooms.keys.force(key, next);
    }
  }

  /** What the faults that are there now bar is known before anybody hears of them. */
  private bar(): void {
    this.barRoles();
    this.barKeys();
  }

  private barRoles(): void {
    const { faults, roles } = this.ledger;
    const barred = faults.standing.flatMap(({ given }) => (given.kind === 'role-unassumable' ? [given.role] : []));
    roles.barred = new Set(barred);
  }

  private barKeys(): void {
    const { faults, keys, now } = this.ledger;
    const barred = new Map<string, number>();
    for (const { given } of faults.standing) {
      if (given.kind === 'account-suspended') {
        barred.set(given.account, KEY_ACCOUNT_BY_FAULT);
      } else if ('key' in given && barred.get(given.key) !== KEY_GONE_BY_FAULT) {
        barred.set(given.key, given.kind === 'key-deleted' ? KEY_GONE_BY_FAULT : KEY_UNUSABLE_BY_FAULT);
      }
    }
    keys.bar(barred, now);
  }

  /** A job that a fault kept from beginning looks again. */
  private look(number: number): void {
    const { ledger, rooms } = this;
    const { jobs, faults, now } = ledger;
    const row = jobs.rowOf(number);
    const lookAt = faults.held.get(number);
    if (lookAt !== now && lookAt !== NEVER) {
      return;
    }
    faults.held.delete(number);
    if (jobs.numberOf(row) !== number || byteAt(jobs.states, row) !== CREATED) {
      return;
    }
    const resource = ledger.resources.find(intAt(jobs.resources, row));
    const { within } = ledger.origins.find(intAt(jobs.origins, row)).given;
    if (resource.busy && within !== resource) {
      jobs.reasons[row] = WAITS_FOR_RESOURCE;
      resource.waiting.add(floatAt(jobs.createdAts, row), number);
      return;
    }
    if (byteAt(jobs.kinds, row) === BACKUP) {
      rooms.backups.retry(number);
    } else {
      rooms.copies.retry(number);
    }
    ledger.wake(resource);
  }

  /** A job that hung goes on where it stood, unless its completion window has closed. */
  private resume(number: number, remainingMs: number, reason: number): void {
    const { jobs, now, agenda } = this.ledger;
    const row = jobs.rowOf(number);
    const hangs = byteAt(jobs.states, row) === RUNNING && byteAt(jobs.reasons, row) === HANGS_BY_FAULT;
    if (!hangs || jobs.numberOf(row) !== number) {
      return;
    }
    const completeBy = floatAt(jobs.endAts, row);
    const endAt = now + remainingMs;
    jobs.reasons[row] = endAt > completeBy ? COMPLETION_WINDOW_CLOSED : reason;
    jobs.endAts[row] = Math.min(endAt, completeBy);
    agenda.push(floatAt(jobs.endAts, row), JOB_ENDS, number);
  }
}

/** Whether a fault has a resource deleted. */
function isDeleted(given: Fault, { arn, name }: StatefulResource): boolean {
  return given.kind === 'resource-deleted' && (given.resource === arn || given.resource === name);
}
