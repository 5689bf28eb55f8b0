/**
 * What parents and children of composite points are refused.
 *
 * Source   B4.5/4, B4.5/5. Assumed: the texts.
 */
import { OWN_PART } from '../domain/composites';
import type { WorldState } from '../domain/world-state';
import { intAt } from '../kernel/columns';
import { AwsFault } from './fault';

/** The state of a cluster is neither copied nor deleted nor taken out by itself. */
export function refuseClusterState({ ledger }: WorldState, row: number, what: string): void {
  const own = ledger.composites.familyOfPoint(row)?.children.get(row) === OWN_PART;
  if (own && ledger.resourceOf(intAt(ledger.points.series, row)).service.id === 'eks') {
    throw new AwsFault('InvalidRequestException', `Cluster state of an EKS backup cannot be ${what} by itself.`);
  }
}

/** A parent is deleted once nothing is in it; that of a cluster takes the cluster's state along. */
export function pointsToDelete({ ledger }: WorldState, row: number): number[] {
  const family = ledger.composites.familyOfPoint(row);
  if (family?.parent !== row) {
    return [row];
  }
  const children = [...family.children.keys()];
  const alone = children.length === 1 && ledger.resourceOf(intAt(ledger.points.series, row)).service.id === 'eks';
  if (!alone || family.children.get(children[0] ?? -1) !== OWN_PART) {
    throw new AwsFault(
      'InvalidRequestException',
      'Recovery point cannot be deleted because it has nested recovery points.',
    );
  }
  return children;
}
