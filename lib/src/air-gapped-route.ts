import { IConstruct } from 'constructs';
import { LogicallyAirGappedServices } from '@holdfast/model';
import { heldBy } from './private/resource-arn';
import { SelectionResource } from './selection-resource';

/**
 * Resources, split by whether logically air-gapped vaults hold their points, so that each kind gets a plan of its own.
 *
 * AWS Backup leaves a point of a service that they do not hold in the standard vault, and says so in a message of a completed
 * job alone.
 */
export class AirGappedRoute {
  /**
   * Splits every resource at and below a construct that AWS Backup backs up by itself.
   *
   * @param construct an L1, an L2, or any construct around some; what it gets later is in neither part
   */
  public static of(construct: IConstruct): AirGappedRoute {
    const resources = heldBy(construct);
    const { held } = LogicallyAirGappedServices.split(resources.map(({ service }) => service));
    const [inside, outside]: [SelectionResource[], SelectionResource[]] = [[], []];
    for (const { service, resource } of resources) {
      (held.includes(service) ? inside : outside).push(SelectionResource.fromConstruct(resource));
    }
    return new AirGappedRoute(inside, outside);
  }

  private constructor(
    /**
     * What a logically air-gapped vault holds, for the selection of a plan that uses one.
     */
    public readonly held: SelectionResource[],

    /**
     * What needs a standard vault.
     */
    public readonly others: SelectionResource[],
  ) {}
}
