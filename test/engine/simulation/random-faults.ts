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
  const chance = draw.oneIn(2) ? { probability: 0.5 } : {};
  switch (draw.below(8)) {
    case 0:
      return { kind: 'region-out', region, to };
    case 1:
      return { kind: 'account-suspended', account, to };
    case 2:
      return { kind: 'calls-refused', service: 'backup', ...scope, ...chance, to };
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
