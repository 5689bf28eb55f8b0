// Malformed requests to served Worlds, and what must never come of them.
import { HttpFront } from '../../../../engine/src/host/http-front';
import { ServedWorld } from '../../../../engine/src/host/served-world';
import { Draw } from '../../simulation/draw';
import { Known, Requests } from './requests';
import { throughFront } from './through-front';

/** So many requests meet one World; then another takes its place. */
const PER_WORLD = 1000;
/** The clock moves a day each time, so that what was taken in also has to run. */
const PER_DAY = 250;
/** One of so many goes through a socket. */
const PER_SOCKET = 5;
const ENV = { partition: 'aws', account: '111111111111', region: 'eu-central-1' };

export interface Outcome {
  readonly requests: number;
  /** Those of them that went through a socket. */
  readonly throughSocket: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** What must not be, with the seed's number of the request; at most a few. */
  readonly wrong: readonly string[];
}

const MOST_TOLD = 20;

/** Sends so many requests, from the number `from` of a seed on. */
export async function fuzz(seed: number, count: number, from = 0): Promise<Outcome> {
  const requests = await Requests.load();
  const statuses: Record<number, number> = {};
  const wrong: string[] = [];
  let [world, known] = [begin(), new Known()];
  let front = await HttpFront.open(world);
  let throughSocket = 0;
  for (let number = from; number < from + count && wrong.length < MOST_TOLD; number++) {
    if (number % PER_WORLD === 0) {
      [world, known] = [begin(), new Known()];
      await front.close();
      front = await HttpFront.open(world);
    }
    const draw = new Draw(seed, 'request', number);
    try {
      const request = await requests.next(draw, known);
      if (request !== undefined) {
        const far = number % PER_SOCKET === 0 ? await throughFront(front, request) : undefined;
        throughSocket += far === undefined ? 0 : 1;
        const answer = far ?? (await world.answer(request));
        const body = Buffer.from(answer.body).toString();
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        known.hear(body, draw);
        if (answer.status >= 500 && !/ServiceUnavailable|DependencyFailure/.test(body)) {
          wrong.push(`${number}: ${answer.status} ${body.slice(0, 200)}`);
        }
        if (answer.status >= 400 && far === undefined && request.method !== 'HEAD' && body.length === 0) {
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
  await front.close();
  const sent = Object.values(statuses).reduce((sum, one) => sum + one, 0);
  return { requests: sent, throughSocket, statuses, wrong };
}

function begin(): ServedWorld {
  return new ServedWorld({ env: ENV, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' });
}
