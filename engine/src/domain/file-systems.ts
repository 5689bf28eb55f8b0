/**
 * What EFS keeps of a file system, as far as backups do not see it.
 *
 * Pure: types alone.
 * Source   API of EFS 2015-02-01.
 * Spec     protected-resources.md
 */
export interface MountTarget {
  readonly id: string;
  readonly subnetId: string;
  readonly ipAddress: string;
  readonly securityGroups: readonly string[];
}

/** A way in, as one user and under one folder. */
export interface AccessPoint {
  readonly id: string;
  readonly clientToken: string;
  /** As they were given. */
  readonly posixUser: object | undefined;
  readonly rootDirectory: object | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export interface FileSystemParticulars {
  readonly creationToken: string;
  readonly performanceMode: string;
  readonly throughputMode: string;
  readonly provisionedMibps: number | undefined;
  /** Where it is in one zone alone. */
  readonly zone: string | undefined;
  /** Policies as EFS has them. */
  readonly lifecyclePolicies: readonly object[];
  readonly policy: string | undefined;
  readonly overwriteProtection: string;
  readonly mountTargets: readonly MountTarget[];
  readonly accessPoints: readonly AccessPoint[];
}
