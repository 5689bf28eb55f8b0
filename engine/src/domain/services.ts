/**
 * The services around AWS Backup that hear of it: EventBridge, SNS, SQS, Lambda, Step Functions, CloudWatch, CloudTrail.
 *
 * Owns     one of each for a World.
 */
import { EventRuns } from './event-runs';
import type { Ledger } from './ledger';
import { Messaging } from './messaging';
import { VaultNotifications } from './vault-notifications';

export class Services {
  readonly messaging: Messaging;
  readonly events: EventRuns;
  readonly notifications: VaultNotifications;

  constructor(ledger: Ledger) {
    this.messaging = new Messaging(ledger);
    this.events = new EventRuns(ledger, this.messaging);
    this.notifications = new VaultNotifications(ledger, this.messaging);
  }
}
