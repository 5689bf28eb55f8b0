/**
 * When, within its start window, a job of a rule starts: AWS Backup spreads them, so that a World can, too.
 *
 * Owns     nothing: answers how long a job waits, and takes its turn when it has waited.
 * Units    `…Minutes` are minutes; what is answered is in milliseconds.
 * Source   B4.1/4.
 * Assumed  Every instant up to the most that is asked for is as likely as any other; jobs on demand start at once.
 * Spec     backup-job.md
 */
import { intAt } from '../kernel/columns';
import { Instant, MINUTE } from '../kernel/instant';
import { below, finish, mix, mixInstant } from '../kernel/prng';
import { startByOf } from './backup-job';
import { BACKUP_JOB } from './event-codes';
import type { Ledger } from './ledger';
import type { Origin } from './origins';
import { NO_VAULT } from './rule-targets';

export class StartJitter {
  private readonly kind: number;

  /** @param mostMinutes how long after its schedule a job starts at most, its start window permitting */
  constructor(
    private readonly ledger: Ledger,
    private readonly mostMinutes: number,
    start: (number: number) => void,
  ) {
    this.kind = ledger.turn('job starts within its window', start);
  }

  /** How long after this instant a job of a rule starts: drawn from what is backed up, where to, and by which rule. */
  delayOf(series: number, origin: Origin): number {
    const { now, series: chains } = this.ledger;
    if (series === NO_VAULT) {
      return 0;
    }
    let key = mix(intAt(chains.draws, series), BACKUP_JOB);
    for (let i = 0; i < origin.given.text.length; i++) {
      key = mix(key, origin.given.text.charCodeAt(i));
    }
    const span = Math.min(this.mostMinutes * MINUTE, startByOf(now, origin) - now);
    return below(finish(mixInstant(key, now)), span);
  }

  /** A job comes up at an instant. */
  put(number: number, at: Instant): void {
    this.ledger.agenda.push(at, this.kind, number);
  }
}
