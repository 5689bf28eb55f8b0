// Malformed requests to served Worlds, and what must never come of them.
import { ServedWorld } from '../../../../engine/src/host/served-world';
import { Draw } from '../../simulation/draw';
import { Known, Requests } from './requests';

/** So many requests meet one World; then another takes its place. */
const PER_WORLD = 1000;
/** The clock moves a day each time, so that what was taken in also has to run. */
const PER_DAY = 250;
const ENV = { partition: 'aws', account: '111111111111', region: 'eu-central-1' };

export interface Outcome {
  readonly requests: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** What must not be, with the seed's number of the request; at most a few. */
  readonly wrong: readonly string[];
}

const MOST_TOLD = 20;

/** Sends so many requests, from the number `from` of a seed on, to one service or to all. */
export async function fuzz(seed: number, count: number, from = 0, only?: string): Promise<Outcome> {
  const requests = Requests.load(only);
  const statuses: Record<number, number> = {};
  const wrong: string[] = [];
  let [world, known] = [begin(), new Known()];
  for (let number = from; number < from + count && wrong.length < MOST_TOLD; number++) {
    if (number % PER_WORLD === 0) {
      [world, known] = [begin(), new Known()];
    }
    const draw = new Draw(seed, 'request', number);
    try {
      const request = await requests.next(draw, known);
      if (request !== undefined) {
        const answer = await world.answer(request);
        const body = Buffer.from(answer.body).toString();
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        known.hear(body, draw);
        if (answer.status >= 500 && !/ServiceUnavailable|DependencyFailure/.test(body)) {
          wrong.push(`${number}: ${answer.status} ${body.slice(0, 200)}`);
        }
        if (answer.status >= 400 && request.method !== 'HEAD' && body.length === 0) {
          wrong.push(`${number}: ${answer.status} without a word`);
        }
      }
      if (number % PER_DAY === PER_DAY - 1) {
        await world.runUntil(world.state.now + 86_400_000);
      }
    } catch (fault) {
      wrong.push(`${number}: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`.slice(0, 600));
    }
  }
  return { requests: Object.values(statuses).reduce((sum, one) => sum + one, 0), statuses, wrong };
}

function begin(): ServedWorld {
  return new ServedWorld({ env: ENV, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' });
}
