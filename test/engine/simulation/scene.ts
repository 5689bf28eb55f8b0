// What an action may look at, and what it comes to.
import type { Environment } from '@holdfast/model';
import type { JobView, RecoveryPointView } from '../../../engine/src/domain/views';
import type { WorldState } from '../../../engine/src/domain/world-state';
import type { Call } from './call';
import type { Draw } from './draw';
import type { RandomWorld } from './random-world';
import type { Snapshot } from './snapshot';

/** What a proposal may look at. */
export interface Scene {
  readonly state: WorldState;
  readonly world: RandomWorld;
  readonly snapshot: Snapshot;
  /** Every job that there was, as it was told last. */
  readonly jobs: readonly JobView[];
  readonly draw: Draw;
}

/** Whose account and Region, and what is called there. */
export type Proposal = Omit<Call, 'caller'> & { readonly env: Environment };

export interface Kind {
  readonly name: string;
  /** How often, against the others. */
  readonly odds: number;
  /** Undefined when there is nothing to do it to. */
  readonly propose: (scene: Scene) => Proposal | undefined;
}

/** A live point, with the account and Region that hold it. */
export function pickPoint(
  { world, snapshot, draw }: Scene,
  passes: (point: RecoveryPointView) => boolean = () => true,
): { readonly env: Environment; readonly point: RecoveryPointView } | undefined {
  const point = draw.tryPick(snapshot.points.filter(passes));
  if (point === undefined) {
    return undefined;
  }
  return { env: placeOf(world, point.backupVaultArn), point };
}

/** Account and Region of an ARN. */
export function placeOf({ places }: RandomWorld, arn: string): Environment {
  const place = places.find(({ region, account }) => arn.includes(`:${region}:${account}:`));
  if (place === undefined) {
    throw new Error(`${arn} is in no place of this World`);
  }
  return place;
}
