/**
 * Moves the clock of a World, and does on the way what waits for host: functions that run, bytes that move.
 *
 * Owns     nothing.
 */
import type { WorldState } from '../domain/world-state';
import type { Instant } from '../kernel/instant';
import type { ContentRunner } from './content/content-runner';
import type { FunctionRunner } from './function-runner';

export class WorldClock {
  constructor(
    private readonly state: WorldState,
    private readonly functions: FunctionRunner,
    private readonly content: ContentRunner,
  ) {}

  async runUntil(until: Instant): Promise<void> {
    await this.content.carryOut();
    await this.content.record();
    while (!this.state.runUntil(until)) {
      await this.content.carryOut();
      await this.functions.runDue();
      // What functions changed stands from this instant on.
      await this.content.record();
    }
  }
}
