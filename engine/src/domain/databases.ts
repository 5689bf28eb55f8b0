/**
 * What RDS keeps beside the databases that backups see: members of clusters, snapshots made by hand, subnet groups.
 *
 * Owns     those, by account, Region and name.
 * Units    `…At` are Instants, `…GiB` GiB.
 * Source   API of RDS 2014-10-31, which Aurora, DocumentDB and Neptune share.
 * Spec     protected-resources.md
 */
import type { Environment } from '@holdfast/model';
import type { Instant } from '../kernel/instant';
import type { Resource } from './protected-resources';
import { Shelf } from './shelf';

/** Settings of an instance or a cluster, under the names that its shape shows them by. */
export interface DatabaseParticulars {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly port: number;
  readonly securityGroupIds: readonly string[];
  readonly subnetGroup: string;
  readonly parameterGroup: string;
  readonly optionGroup: string;
  /** Never shown. */
  readonly masterPassword?: string;
}

/** Where a database of this machine is reached. */
export interface DatabasePlace {
  readonly address: string;
  readonly port: number;
}

/** Databases that run beside the World. */
export interface DatabaseHost {
  /**
   * Where the database of an instance or a cluster is reached, which is made when it is asked for first; undefined where
   * there is none.
   */
  placeOf(arn: string, engine: string): DatabasePlace | undefined;
}

/** What a service keeps as it was asked for, and nothing else. */
export interface SettingsAlone {
  readonly settings: Readonly<Record<string, unknown>>;
}

/** An instance of a cluster, which is no resource of its own to AWS Backup. */
export interface ClusterMember extends DatabaseParticulars {
  readonly env: Environment;
  readonly name: string;
  readonly arn: string;
  readonly cluster: Resource;
  readonly madeAt: Instant;
  readonly tags: Readonly<Record<string, string>>;
}

/** Made by hand, of an instance or a cluster. */
export interface DatabaseSnapshot {
  readonly name: string;
  readonly arn: string;
  readonly source: Resource;
  readonly createdAt: Instant;
  readonly sizeGiB: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface SubnetGroup {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly subnetIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

export class Databases {
  readonly members = new Shelf<ClusterMember>();
  /** By ARN, as an instance, a cluster and one of Redshift may have a snapshot of one name each. */
  readonly snapshots = new Shelf<DatabaseSnapshot>();
  readonly subnetGroups = new Shelf<SubnetGroup>();
  /** Set by host where databases run. */
  host: DatabaseHost | undefined;
}
