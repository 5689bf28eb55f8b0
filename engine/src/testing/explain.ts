/**
 * What `world.explain` is asked about: a resource, or one recovery point.
 *
 * Pure: reads the World.
 * Source   design.md section 2, `explain`.
 */
import type { StatefulResource } from '@holdfast/model';
import { intAt } from '../kernel/columns';
import { LIVE } from '../domain/recovery-points';
import { arnOfPoint } from '../domain/show';
import type { WorldState } from '../domain/world-state';
import { Explanation, explanationOf } from '../report/explanation';
import { standingEstate } from '../report/standing-estate';
import { resourceOf } from './matchers/subject';

/** What reading into the World found. */
type Declared = Pick<Explanation, 'findings' | 'notRead'>;

/**
 * The explanation of a resource with all its points, or of one point: then it is the only one. Plans, locks and policies are
 * those that stand, whether they were deployed or a client put them.
 *
 * @param asked ARN of a resource, its name when no other has it, or ARN of a recovery point
 * @throws RangeError when nothing of it is there
 */
export function explain(state: WorldState, asked: string, { findings, notRead }: Declared): Explanation {
  const resource = resourceOfPoint(state, asked);
  const told = explanationOf(resource ?? resourceOf(state, asked), standingEstate(state), state, findings, notRead);
  return resource === undefined
    ? told
    : { ...told, recoveryPoints: told.recoveryPoints.filter((point) => point.recoveryPointArn === asked) };
}

/** The resource of a live point; undefined when none has the ARN. */
function resourceOfPoint({ ledger }: WorldState, arn: string): StatefulResource | undefined {
  const { points, resources } = ledger;
  if (!arn.startsWith('arn:') || resources.tryFind(arn) !== undefined) {
    return undefined;
  }
  for (let row = 0; row < points.rowCount; row++) {
    if (points.has(row, LIVE) && arnOfPoint(ledger, row) === arn) {
      return ledger.resourceOf(intAt(points.series, row)).declaration;
    }
  }
  return undefined;
}
