/**
 * What the volumes of an instance make of its size.
 *
 * Owns     nothing.
 * Assumed  The size of an instance is the sum of its volumes, as where an artifact declares it.
 */
import type { Resource } from '../domain/protected-resources';
import type { WorldState } from '../domain/world-state';
import { likenessOf } from './ec2-volumes';
import { changeResource } from './stateful';

export function resizeInstance(state: WorldState, instance: Resource): void {
  const sizes = state.services.ec2.attachedTo(instance.arn).map(({ volumeArn }) => {
    const volume = state.ledger.resources.tryFind(volumeArn);
    return volume === undefined ? 0 : likenessOf(state, volume).sizeGiB;
  });
  changeResource(state, instance, { sizeGiB: sizes.reduce((sum, size) => sum + size, 0) });
}
