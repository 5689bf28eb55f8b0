/**
 * Whether a service makes the automated backups of its own that continuous backups of RDS are.
 *
 * Owns     since when and until when, for one resource.
 * Units    `…At` are Instants.
 * Source   B5.3/6 and B5.3/8: turning them on for the first time, and off, waits for the maintenance window of an RDS
 *          instance.
 * Spec     continuous.md
 */
import type { StatefulResource } from '@holdfast/model';
import { Instant, NEVER } from '../kernel/instant';
import { nextMaintenance } from './service-windows';

export class AutomatedBackups {
  /** Undefined until somebody asks. */
  private onAt: Instant | undefined;
  private offAt: Instant = NEVER;

  /** Asks for them; whether they are on already. */
  turnOn(declaration: StatefulResource, now: Instant): boolean {
    if (declaration.service !== 'rds') {
      return true;
    }
    if (this.onAt === undefined || now >= this.offAt) {
      const off = this.onAt !== undefined || declaration.automatedBackupDays === 0;
      this.onAt = off ? nextMaintenance(declaration, now) : now;
    }
    this.offAt = NEVER;
    return now >= this.onAt;
  }

  /** Nobody needs them any more. */
  turnOff(declaration: StatefulResource, now: Instant): void {
    this.offAt = nextMaintenance(declaration, now);
  }
}
