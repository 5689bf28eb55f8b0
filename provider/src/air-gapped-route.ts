import { LogicallyAirGappedServices } from '@holdfast/model';
import { TerraformResource } from 'cdktf';
import { IConstruct } from 'constructs';
import { tryDescribe } from './private/resource-arn';
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
   * A resource whose service only Terraform knows needs a standard vault.
   *
   * @param construct a resource, a stack, or any construct around some; what it gets later is in neither part
   */
  public static of(construct: IConstruct): AirGappedRoute {
    const resources = construct.node
      .findAll()
      .filter((child): child is TerraformResource => TerraformResource.isTerraformResource(child));
    const [inside, outside]: [SelectionResource[], SelectionResource[]] = [[], []];
    for (const resource of resources) {
      const described = tryDescribe(resource);
      if (described === undefined) {
        continue;
      }
      const { others } = LogicallyAirGappedServices.split(described.services);
      (others.length === 0 ? inside : outside).push(SelectionResource.fromResource(resource));
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
