import { ServiceFeatures } from './support/service-features';
import { ServiceSupport } from './support/service-support';

/**
 * Services, split by whether logically air-gapped vaults hold their points.
 */
export interface ServiceSplit {
  /**
   * Ids of the services that they hold.
   */
  readonly held: string[];

  /**
   * Ids of the services that need a standard vault. What is not known to AWS's table is among them.
   */
  readonly others: string[];
}

/**
 * Which services logically air-gapped vaults hold, so that what they do not hold is sent to another vault.
 *
 * AWS Backup leaves a point of another service in the standard vault and says so in a message of a completed job alone
 * (Source B7.6/4); a copy of one fails.
 */
export class LogicallyAirGappedServices {
  /**
   * The services whose points they hold.
   */
  public static all(): ServiceFeatures[] {
    return ServiceSupport.all().filter(({ logicallyAirGapped }) => logicallyAirGapped);
  }

  /**
   * Splits services by whether their points can go into a logically air-gapped vault. Order is kept, repetition too.
   *
   * @param services ids of services, e.g. `aurora`
   */
  public static split(services: string[]): ServiceSplit {
    const held = new Set(LogicallyAirGappedServices.all().map(({ id }) => id));
    return { held: services.filter((id) => held.has(id)), others: services.filter((id) => !held.has(id)) };
  }

  private constructor() {}
}
