import { Environment } from '../environment';
import { ESTIMATES } from './estimates';
import { ServiceFeatures } from './service-features';
import { SERVICES } from './services';

const ALL: readonly ServiceFeatures[] = SERVICES.map((row) => ({
  ...row,
  defaultSizeGiB: ESTIMATES[row.id].sizeGiB,
  defaultDailyChangePercent: ESTIMATES[row.id].dailyChangePercent,
}));
const BY_ID: ReadonlyMap<string, ServiceFeatures> = new Map(ALL.map((service) => [service.id, service]));
const BY_CLOUDFORMATION = groupBy((service) => service.cloudFormationTypes);
const BY_TERRAFORM = groupBy((service) => service.terraformTypes);
/** Compiled arnPattern of each service: the names are the groups. */
const PATTERNS: readonly { service: ServiceFeatures; pattern: RegExp }[] = ALL.map((service) => ({
  service,
  pattern: new RegExp(`^${service.arnPattern.replace(/\{(\w+)\}/g, (_, name: string) => groupOf(name))}$`),
}));

/**
 * Which services AWS Backup supports, and what it can do for each.
 *
 * Generated from AWS's table of features; default sizes are ours (Assumed).
 */
export class ServiceSupport {
  /**
   * All services.
   */
  public static all(): ServiceFeatures[] {
    return [...ALL];
  }

  /**
   * The service with this id.
   *
   * @param id id of the row, e.g. `aurora`
   * @throws Error when there is none
   */
  public static find(id: string): ServiceFeatures {
    const service = BY_ID.get(id);
    if (service === undefined) {
      throw new Error(`service must be one of ${[...BY_ID.keys()].join(', ')}, got ${id}`);
    }
    return service;
  }

  /**
   * The service with this id, or nothing.
   *
   * @param id id of the row, e.g. `aurora`
   */
  public static tryFind(id: string): ServiceFeatures | undefined {
    return BY_ID.get(id);
  }

  /**
   * The services whose resources have ARNs of this shape: RDS, Aurora, DocumentDB and Neptune clusters share one.
   *
   * @param arn ARN of a resource
   */
  public static forArn(arn: string): ServiceFeatures[] {
    return PATTERNS.filter(({ pattern }) => pattern.test(arn)).map(({ service }) => service);
  }

  /**
   * The service of a resource, or nothing.
   *
   * Where the ARN alone does not tell, `resourceType` decides; without it, a cluster is Aurora, a file system is FSx for Windows and a table has advanced features (Assumed).
   *
   * @param arn ARN of a resource
   * @param resourceType AWS Backup's word for the type (`Aurora`), or an id of ours (`fsx-lustre`)
   */
  public static tryFindByArn(arn: string, resourceType?: string): ServiceFeatures | undefined {
    const candidates = ServiceSupport.forArn(arn);
    return preferred(
      resourceType === undefined
        ? candidates
        : candidates.filter((service) => service.id === resourceType || service.resourceType === resourceType),
    );
  }

  /**
   * The services with this CloudFormation type; `variant` tells several apart.
   *
   * @param resourceType e.g. `AWS::RDS::DBCluster`
   */
  public static forCloudFormationType(resourceType: string): ServiceFeatures[] {
    return [...(BY_CLOUDFORMATION.get(resourceType) ?? [])];
  }

  /**
   * The services with this Terraform type; `variant` tells several apart.
   *
   * @param resourceType e.g. `aws_rds_cluster`
   */
  public static forTerraformType(resourceType: string): ServiceFeatures[] {
    return [...(BY_TERRAFORM.get(resourceType) ?? [])];
  }

  /**
   * The service of a CloudFormation resource, or nothing. A table has advanced features.
   *
   * @param resourceType e.g. `AWS::RDS::DBCluster`
   * @param properties the resource's properties, resolved
   */
  public static tryFindByCloudFormation(
    resourceType: string,
    properties: { [name: string]: any },
  ): ServiceFeatures | undefined {
    const fitting = ServiceSupport.forCloudFormationType(resourceType).filter(
      ({ variant }) => variant === undefined || fits(variant.values, properties[variant.property]),
    );
    return preferred(fitting);
  }

  /**
   * The service of a Terraform resource, or nothing. A table has advanced features.
   *
   * @param resourceType e.g. `aws_rds_cluster`
   * @param attributes the resource's attributes, resolved
   */
  public static tryFindByTerraform(
    resourceType: string,
    attributes: { [name: string]: any },
  ): ServiceFeatures | undefined {
    // Unlike in CloudFormation, a type that only one service has needs no attribute to tell.
    const candidates = ServiceSupport.forTerraformType(resourceType);
    const fitting = candidates.filter(
      ({ variant }) =>
        candidates.length === 1 || variant === undefined || fits(variant.values, attributes[variant.attribute]),
    );
    return preferred(fitting);
  }

  /**
   * The ARN of a resource.
   *
   * @param id id of the service
   * @param env where the resource lives
   * @param name its name or id; where an ARN has two names, both with `/` or `|` between them; one alone stands for both
   * @throws Error when there is no such service
   */
  public static arn(id: string, env: Environment, name: string): string {
    const places: { [place: string]: string } = { ...env };
    const pattern = ServiceSupport.find(id).arnPattern.replace(
      /\{(partition|region|account)\}/g,
      (_, place: string) => places[place],
    );
    const wanted = pattern.split(/\{\w+\}/).length - 1;
    const names = wanted === 1 ? [name] : name.split(/[/|]/);
    let next = 0;
    return pattern.replace(/([\w-]*)\{\w+\}/g, (_, before: string) => {
      const part = names[Math.min(next++, names.length - 1)];
      // Ids are usually given with their prefix, e.g. `fs-0123`.
      return part.startsWith(before) ? part : before + part;
    });
  }

  /**
   * The ARN with which a selection takes every resource of a service: stars for Region and account and at the end.
   *
   * Services that share the shape of their ARNs share this, too, e.g. all clusters of RDS, Aurora, DocumentDB and Neptune.
   *
   * @param id id of the service
   * @param partition partition of the ARN
   * @throws Error when there is no such service
   */
  public static arnGlob(id: string, partition: string): string {
    const [place, resource] = split(ServiceSupport.find(id).arnPattern);
    const prefix = resource.slice(0, resource.indexOf('{')).replace(/(?<=[/:])[a-z]+-$/, '');
    return `${place.replace('{partition}', partition).replace(/\{\w+\}/g, '*')}:${prefix}*`;
  }

  /**
   * The name of a resource, the last name of its ARN, or nothing when no service has such ARNs.
   *
   * @param arn ARN of a resource
   */
  public static nameOf(arn: string): string | undefined {
    const found = PATTERNS.find(({ pattern }) => pattern.test(arn));
    return found === undefined ? undefined : arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
  }

  private constructor() {}
}

/** A pattern in its place, which is five parts of an ARN, and its resource. */
function split(pattern: string): [place: string, resource: string] {
  const parts = pattern.split(':');
  return [parts.slice(0, 5).join(':'), parts.slice(5).join(':')];
}

function groupBy(keys: (service: ServiceFeatures) => readonly string[]): ReadonlyMap<string, ServiceFeatures[]> {
  const groups = new Map<string, ServiceFeatures[]>();
  for (const service of ALL) {
    for (const key of keys(service)) {
      groups.set(key, [...(groups.get(key) ?? []), service]);
    }
  }
  return groups;
}

function groupOf(name: string): string {
  const places: { [place: string]: string } = { partition: 'aws[\\w-]*', region: '[\\w-]+', account: '\\d{12}' };
  return `(${places[name] ?? '[^:/\\s]+'})`;
}

/** Assumed, where several services share what is known: see `tryFindByArn`. */
function preferred(services: readonly ServiceFeatures[]): ServiceFeatures | undefined {
  return services.find(({ id }) => ['aurora', 'fsx-windows', 'dynamodb-advanced'].includes(id)) ?? services[0];
}

function fits(values: readonly string[], given: unknown): boolean {
  if (values.length === 0) {
    return given === undefined || given === null || given === '';
  }
  return values.some((value) =>
    value.endsWith('*') ? String(given).startsWith(value.slice(0, -1)) : String(given) === value,
  );
}
