/**
 * Moves of keys, and their deletion when the waiting period is over.
 *
 * Owns     the agenda's entries 'key is deleted'.
 * Units    `…Days` are counts.
 * Source   KMS API reference: ScheduleKeyDeletion, CancelKeyDeletion; developer guide of KMS, "Deleting multi-Region keys".
 * Spec     keys.md
 */
import { DAY, NEVER } from '../kernel/instant';
import { KEY_CREATED, KEY_DELETED, KEY_STATE_CHANGED } from './event-codes';
import type { Key, KeyState, NewKey } from './keys';
import type { Ledger } from './ledger';
import { NO_REASON } from './reasons';
import { placeOf } from './vaults';

/** Source KMS ScheduleKeyDeletion: the waiting period unless another is given. */
const LONGEST_WAIT_DAYS = 30;

export class KeyRuns {
  private readonly kind: number;

  constructor(private readonly ledger: Ledger) {
    this.kind = ledger.turn('key is deleted', (number) => {
      this.fall(number);
    });
  }

  create(made: NewKey, policy: string, description: string, tags: ReadonlyMap<string, string>): Key {
    const { ledger } = this;
    const key = ledger.keys.add(made);
    key.policy = policy;
    key.description = description;
    for (const [name, value] of tags) {
      key.tags.set(name, value);
    }
    ledger.declare(KEY_CREATED, key.arn, this.place(key), made.primary?.arn ?? '', 0, NEVER);
    return key;
  }

  /** Enabled and disabled keys alone move between the two. */
  turn(key: Key, state: 'Enabled' | 'Disabled'): void {
    if (key.state !== state) {
      this.move(key, state);
    }
  }

  /** A primary waits until its replicas are gone, and only then does its waiting period begin. */
  scheduleDeletion(key: Key, days: number): void {
    key.pendingDays = days;
    if (key.replicas.some((replica) => replica.state !== 'Deleted')) {
      this.move(key, 'PendingReplicaDeletion');
      return;
    }
    this.startWaiting(key, days);
    this.move(key, 'PendingDeletion');
  }

  /** Source KMS CancelKeyDeletion: the key is disabled afterwards. */
  cancelDeletion(key: Key): void {
    key.pendingDays = undefined;
    key.deletionAt = NEVER;
    this.move(key, 'Disabled');
  }

  /** A fault puts a key into a state, or back into the one before. */
  force(key: Key, state: KeyState): void {
    key.deletionAt = NEVER;
    if (state === 'PendingDeletion') {
      this.startWaiting(key, LONGEST_WAIT_DAYS);
    }
    this.ledger.keys.setState(key, state, this.ledger.now);
    this.ledger.note(KEY_STATE_CHANGED, key.arn, this.place(key), state, NO_REASON, 0, key.deletionAt);
  }

  private startWaiting(key: Key, days: number): void {
    key.deletionAt = this.ledger.now + days * DAY;
    this.ledger.agenda.push(key.deletionAt, this.kind, key.number);
  }

  /** The waiting period of a key is over, unless the deletion was cancelled or begun anew meanwhile. */
  private fall(number: number): void {
    const { ledger } = this;
    const key = ledger.keys.find(number);
    if (key.state !== 'PendingDeletion' || key.deletionAt !== ledger.now) {
      return;
    }
    ledger.keys.setState(key, 'Deleted', ledger.now);
    ledger.keys.dropAliasesOf(key);
    ledger.content?.destroyKey(key);
    this.log(KEY_DELETED, key, '');
    const { primary } = key.made;
    const last = primary?.replicas.every((replica) => replica.state === 'Deleted') === true;
    if (primary !== undefined && primary.state === 'PendingReplicaDeletion' && last) {
      this.startWaiting(primary, primary.pendingDays ?? 30);
      ledger.keys.setState(primary, 'PendingDeletion', ledger.now);
      this.log(KEY_STATE_CHANGED, primary, primary.state);
    }
  }

  private move(key: Key, state: KeyState): void {
    const { ledger } = this;
    ledger.keys.setState(key, state, ledger.now);
    ledger.declare(KEY_STATE_CHANGED, key.arn, this.place(key), state, 0, key.deletionAt);
  }

  private log(code: number, key: Key, what: string): void {
    const { names, log, now } = this.ledger;
    const subject = names.intern(key.arn);
    log.append(now, code, 0, NO_REASON, subject, this.place(key), names.intern(what), 0, NEVER);
  }

  private place(key: Key): number {
    return this.ledger.names.intern(placeOf(key.made.env));
  }
}
