/**
 * What services keep of the resources that hold data, beside what backups see of them.
 *
 * Owns     the particulars by ARN. What a resource has by default is not in here: operations/ say it as they show it.
 * Source   the APIs of the services; which members are kept is ours to choose.
 * Spec     protected-resources.md
 */
import type { DatabaseParticulars, SettingsAlone } from './databases';
import type { InstanceParticulars, VolumeParticulars } from './ec2';
import type { FileSystemParticulars } from './file-systems';
import { restoredTable, type TableParticulars } from './tables';

/** Particulars of one kind of resource. */
export class Kept<T extends object> {
  private readonly byArn = new Map<string, Partial<T>>();

  /** Nothing for what came from an artifact or an inventory, until somebody changes it by a call. */
  of(arn: string): Partial<T> {
    return this.byArn.get(arn) ?? {};
  }

  has(arn: string): boolean {
    return this.byArn.has(arn);
  }

  /** What is made, in the place of anything that was there under its ARN. */
  put(arn: string, particulars: Partial<T>): void {
    this.byArn.set(arn, particulars);
  }

  change(arn: string, members: Partial<T>): void {
    this.byArn.set(arn, { ...this.of(arn), ...members });
  }

  /** Assumed: what is restored is like what was backed up. */
  inherit(from: string, to: string): void {
    const particulars = this.byArn.get(from);
    if (particulars !== undefined) {
      this.byArn.set(to, particulars);
    }
  }
}

export class Particulars {
  private readonly counts = new Map<string, number>();

  readonly volumes = new Kept<VolumeParticulars>();
  readonly instances = new Kept<InstanceParticulars>();
  readonly databases = new Kept<DatabaseParticulars>();
  readonly warehouses = new Kept<SettingsAlone>();
  readonly fsx = new Kept<SettingsAlone>();
  readonly tables = new Kept<TableParticulars>();
  readonly fileSystems = new Kept<FileSystemParticulars>();

  /** How many things were called so before this one, and this one. */
  nth(called: string): number {
    const count = (this.counts.get(called) ?? 0) + 1;
    this.counts.set(called, count);
    return count;
  }

  /** A restore made one resource of another. */
  inherit(from: string, to: string): void {
    const { volumes, instances, databases, warehouses, fsx, tables, fileSystems } = this;
    for (const kept of [volumes, instances, databases, warehouses, fsx, tables, fileSystems]) {
      kept.inherit(from, to);
    }
    if (from !== to && tables.has(to)) {
      tables.put(to, restoredTable(tables.of(to)));
    }
  }
}
