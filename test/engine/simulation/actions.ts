// What operators do between two moves of the clock: each kind of action proposes a call for the World as it stands.
import { accessActions } from './actions-access';
import { planActions } from './actions-plans';
import { pointActions } from './actions-points';
import { changedResource, testActions } from './actions-tests';
import { vaultActions } from './actions-vaults';
import type { Call } from './call';
import type { StatefulResource } from '@holdfast/model';
import type { Fault } from '../../../engine/src/domain/fault';
import { drawFault } from './random-faults';
import { Draw } from './draw';
import { DAY, MINUTE } from './facts';
import { RandomWorld, roleArn } from './random-world';
import type { Kind, Scene } from './scene';

export const KINDS: readonly Kind[] = [
  ...pointActions,
  ...vaultActions,
  ...planActions,
  ...accessActions,
  ...testActions,
];

const TICKETS = KINDS.flatMap((kind) => Array.from({ length: kind.odds }, () => kind));

/** One thing that somebody will try. It draws its details when its time has come, from its own number. */
export interface Action {
  readonly number: number;
  readonly at: number;
  readonly kind: Kind;
}

/** The actions of a seed, in order of time; some of them at one instant. */
export function actionsOf(world: RandomWorld): Action[] {
  const draw = new Draw(world.seed, 'actions');
  const count = draw.between(6, 30);
  const actions: Action[] = [];
  let at = world.start;
  const step = (world.days * DAY) / count;
  for (let number = 0; number < count; number++) {
    // Bursts within minutes, so that actions meet each other and jobs that run; else hours or days apart.
    at += MINUTE * (draw.oneIn(3) ? draw.below(6) : Math.round((draw.below(2000) / 1000) * (step / MINUTE)));
    actions.push({ number, at, kind: draw.pick(TICKETS) });
  }
  return actions;
}

/** What happens without a call: an owner changes a resource, or something goes wrong. */
export interface Happening {
  readonly what: string;
  readonly resource?: StatefulResource;
  readonly fault?: Fault;
}

/** One in so many actions is no call. */
const HAPPENINGS = 8;

/** What an action is that is no call; undefined for the many that are. */
export function happeningOf(action: Action, scene: Omit<Scene, 'draw'>): Happening | undefined {
  const draw = new Draw(scene.world.seed, 'happening', action.number);
  if (!draw.oneIn(HAPPENINGS)) {
    return undefined;
  }
  return draw.oneIn(2)
    ? { what: 'a resource changes', resource: changedResource({ ...scene, draw }) }
    : { what: 'something goes wrong', fault: drawFault(draw, scene.world, action.at) };
}

/** The call that an action makes now; undefined when there is nothing to do it to. */
export function callOf(action: Action, scene: Omit<Scene, 'draw'>): Call | undefined {
  const draw = new Draw(scene.world.seed, 'action', action.number);
  const proposal = action.kind.propose({ ...scene, draw });
  if (proposal === undefined) {
    return undefined;
  }
  const { env, service, operation, input } = proposal;
  const person = draw.oneIn(4) ? undefined : draw.tryPick(scene.world.people);
  const caller = person === undefined ? env : { ...env, principalArn: roleArn(env, person.name) };
  return { caller, service, operation, input };
}
