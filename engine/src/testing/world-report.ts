/**
 * A World as a report: what `simulate --report` writes, of whatever was done to the World, its contents with it.
 *
 * Owns     what a report tells of the course of the World, from where it is made on.
 */
import { costPage } from '../cost/cost-page';
import { NOBODY } from '../domain/watcher';
import type { WorldState } from '../domain/world-state';
import { pageAssets } from '../host/page-assets';
import { Chronicle } from '../report/chronicle/chronicle';
import type { ContentState } from '../report/content-damage';
import { reportHtml } from '../report/pages/html';
import { standingOf } from '../report/standing';
import { stateOf } from './states';
import type { World } from './world';

/** What a report is to say. */
export interface ReportProps {
  /** Its heading; `Backups of a World` unless given. */
  readonly title?: string;
  /** Whether all that was captured is read for it, and what is damaged told with the points that it harms; not unless given. */
  readonly verifyContent?: boolean;
}

/** Listens to a World, so that it can be shown as a report. Make it before the clock is moved. */
export class WorldReport {
  private readonly state: WorldState;
  private readonly chronicle: Chronicle;

  /** @throws RangeError when the clock was moved, as nobody knows what happened before, or when there is one already */
  constructor(private readonly world: World) {
    this.state = stateOf(world);
    if (this.state.now !== this.state.start) {
      throw new RangeError(`a WorldReport must be made before the clock is moved, got a World at ${world.now}`);
    }
    if (this.state.watcher !== NOBODY) {
      throw new RangeError('a World has one WorldReport, got a second');
    }
    this.chronicle = new Chronicle(this.state);
  }

  /** One file of HTML that opens without a network. */
  async html({ title = 'Backups of a World', verifyContent = false }: ReportProps = {}): Promise<string> {
    const { state, world } = this;
    const content: ContentState = {
      faults: world.contentFaults(),
      damage: verifyContent ? await world.verifyContent() : null,
    };
    const told = { ...standingOf(state), title, notRead: null, cost: costPage(state), evidence: null };
    const hasContent = content.faults.length > 0 || verifyContent;
    return reportHtml(this.chronicle, { ...told, content: hasContent ? content : null }, pageAssets());
  }
}
