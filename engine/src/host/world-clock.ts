/**
 * Moves the clock of a World, and does on the way what waits for host: functions that run, bytes that move.
 *
 * Owns     nothing.
 */
import type { RestoreJob } from '../domain/restore-runs';
import { restoreJobView } from '../domain/restore-views';
import type { ValidationResult } from '../domain/restore-testing-runs';
import type { RestoreJobView } from '../domain/views';
import type { WorldState } from '../domain/world-state';
import type { Instant } from '../kernel/instant';
import type { ContentRunner } from './content/content-runner';
import type { FunctionRunner } from './function-runner';

/** What somebody who looked at a restored resource says of it. */
export interface Validation {
  readonly status: Exclude<ValidationResult, 'TIMED_OUT'>;
  readonly message?: string;
}

/** Looks at what a restore test restored; undefined leaves it to others, such as a function of the app. */
export type Validate = (job: RestoreJobView) => Validation | undefined | Promise<Validation | undefined>;

export class WorldClock {
  private validate: Validate | undefined;

  constructor(
    private readonly state: WorldState,
    private readonly functions: FunctionRunner,
    private readonly content: ContentRunner,
  ) {}

  /** Where nothing waits for host, the clock has moved when this returns, before the promise is kept. */
  async runUntil(until: Instant): Promise<void> {
    const move = () => this.state.runUntil(until);
    let moved = this.content.moveClock(move);
    while (!(typeof moved === 'boolean' ? moved : await moved)) {
      await this.content.carryOut();
      await this.state.services.stacks.waits.settled();
      await this.functions.runDue();
      await this.validateDue();
      // What functions changed stands from this instant on.
      moved = this.content.moveClock(move);
    }
  }

  /** From now on restore tests that have a validation window are validated so, at the instant of their completion. */
  validateBy(validate: Validate): void {
    this.validate = validate;
    this.state.restoreTests.validated = true;
  }

  private async validateDue(): Promise<void> {
    const { restoreTests } = this.state;
    for (let job = restoreTests.nextToValidate(); job !== undefined; job = restoreTests.nextToValidate()) {
      await this.validateOne(job);
    }
  }

  private async validateOne(job: RestoreJob): Promise<void> {
    const { test } = job.request;
    const said = await this.validate?.(restoreJobView(job));
    // A function of the app may have been faster.
    if (said !== undefined && test?.validationStatus === 'VALIDATING') {
      this.state.restoreTests.validate(job, test, said.status, said.message);
    }
  }
}
