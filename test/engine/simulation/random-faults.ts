// What goes wrong by itself: faults with a beginning and, mostly, an end.
import type { Fault } from '../../../engine/src/domain/fault';
import { formatInstant } from '../../../engine/src/kernel/instant';
import type { Draw } from './draw';
import { HOUR } from './facts';
import { JOB_ROLE, RandomWorld, roleArn } from './random-world';

const LONGEST_HOURS = 120;

/** A fault of a World from an instant on. */
export function drawFault(draw: Draw, world: RandomWorld, at: number): Fault {
  const { region, account, partition } = draw.pick(world.places);
  const to = formatInstant(at + draw.between(1, LONGEST_HOURS) * HOUR);
  const scope = draw.oneIn(2) ? { region, account } : {};
  const chance = { ...(draw.oneIn(2) ? { probability: 0.5 } : {}), ...memberOf(draw, world) };
  switch (draw.below(8)) {
    case 0:
      return { kind: 'region-out', region, to };
    case 1:
      return { kind: 'account-suspended', account, to };
    case 2: {
      const { resource: _none, ...calls } = chance;
      return { kind: 'calls-refused', service: 'backup', ...scope, ...calls, to };
    }
    case 3:
      return { kind: 'role-unassumable', role: roleArn({ region, account, partition }, JOB_ROLE), to };
    case 4:
      return { kind: 'job-fails', ...scope, ...chance, ...(draw.oneIn(2) ? { retryable: true } : {}), to };
    case 5:
      return { kind: 'job-hangs', ...scope, ...chance, to };
    case 6:
      return { kind: 'copy-refused', ...scope, ...chance, to };
    default:
      return { kind: 'resource-unavailable', ...scope, ...chance, to };
  }
}

/** One of the members of a stack or cluster, where there are any, every other time: the others go on without it. */
function memberOf(draw: Draw, { estate }: RandomWorld): { readonly resource?: string } {
  const members = (estate.resources ?? []).flatMap((resource) => Object.values(resource.members ?? {}));
  const resource = members.length > 0 && draw.oneIn(2) ? draw.pick(members) : undefined;
  return resource === undefined ? {} : { resource };
}
