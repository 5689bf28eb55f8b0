/**
 * What was sent to whom, whether it arrived, and why or why not.
 *
 * Owns     the latest deliveries, and how many there were.
 * Spec     deliveries.md
 */
import type { Environment } from '@holdfast/model';
import type { Instant } from '../kernel/instant';
import { Latest } from '../kernel/latest';
import { DELIVERY } from './event-codes';
import type { Ledger } from './ledger';
import { DELIVERED, sentence, TARGET_MISSING, TARGET_NOT_EMULATED } from './reasons';
import { placeOf } from './vaults';

/** Who sends, and on whose behalf. */
export interface Sender {
  /** Principal of the service, e.g. `events.amazonaws.com`. */
  readonly service: string;
  /** ARN of the rule, topic, vault or alarm. */
  readonly arn: string;
  readonly env: Environment;
  /** What the message is about: a detail type, or a subject. */
  readonly what: string;
  /** Whether it sends by a role of its own account, which the policy of the target need not name. */
  readonly byRole?: boolean;
}

export interface Delivery {
  readonly at: Instant;
  /** ARN of the rule, topic, vault or alarm that sent it. */
  readonly from: string;
  /** ARN of the target, or the address outside of AWS. */
  readonly to: string;
  readonly what: string;
  readonly delivered: boolean;
  /** A sentence: why it arrived or why not. */
  readonly why: string;
  /** What the target got, or would have got. */
  readonly payload: string;
}

const KEPT = 100_000;

export class Deliveries {
  /** How many arrived, and how many did not. */
  arrived = 0;
  lost = 0;
  private readonly latest = new Latest<Delivery>(KEPT);

  constructor(private readonly ledger: Ledger) {}

  /** The latest, oldest first. */
  list(): readonly Delivery[] {
    return this.latest.list();
  }

  record(sender: Sender, to: string, payload: string, reason: number, detail?: string): void {
    const { ledger } = this;
    const delivered = reason === DELIVERED;
    const why = sentence(reason, { service: to.startsWith('arn:') ? to.split(':')[2] : to, detail });
    this.latest.add({ at: ledger.now, from: sender.arn, to, what: sender.what, delivered, why, payload });
    this.arrived += delivered ? 1 : 0;
    this.lost += delivered ? 0 : 1;
    if (reason !== TARGET_MISSING && reason !== TARGET_NOT_EMULATED) {
      this.log(sender, to, reason);
    }
  }

  /** No names of targets enter the digest, as frameworks make them up. */
  private log(sender: Sender, to: string, reason: number): void {
    const { ledger } = this;
    const kind = to.startsWith('arn:') ? to.split(':')[2] : 'outside';
    const way = `${sender.service}>${kind}`;
    const code = DELIVERY + (reason === DELIVERED ? 1 : 2);
    const place = ledger.names.intern(placeOf(sender.env));
    ledger.note(code, sender.what, place, way, reason);
  }
}
