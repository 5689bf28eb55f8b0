/**
 * File systems of FSx for Lustre, Windows and OpenZFS, as FSx shows them.
 *
 * Pure: reads the World.
 * Source   API of FSx 2018-03-01.
 * Assumed  A file system that no call made has the configuration of its type by default.
 */
import type { FileSystem } from '@aws-sdk/client-fsx';
import { windowsOf } from '../domain/declared-windows';
import type { Resource } from '../domain/protected-resources';
import { GIB } from '../domain/snapshot';
import type { Windows } from '../domain/stateful-resources';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { defaultSubnets, defaultVpc } from './ec2-network';
import { AwsFault } from './fault';
import { lastOf, tagList, tagsOf, tryFindResource } from './stateful';

/** Rows of service support by FSx's word for the type. */
export const FSX_SERVICES: Readonly<Record<string, string>> = {
  LUSTRE: 'fsx-lustre',
  WINDOWS: 'fsx-windows',
  OPENZFS: 'fsx-openzfs',
};
export const FSX = Object.values(FSX_SERVICES);

/** What a configuration, of a new file system or a changed one, says of its windows. */
interface WindowSettings {
  readonly WeeklyMaintenanceStartTime?: string | undefined;
  readonly DailyAutomaticBackupStartTime?: string | undefined;
  readonly AutomaticBackupRetentionDays?: number | undefined;
}

interface Configured {
  readonly LustreConfiguration?: WindowSettings | undefined;
  readonly WindowsConfiguration?: WindowSettings | undefined;
  readonly OpenZFSConfiguration?: WindowSettings | undefined;
}

export type FsxSettings = Readonly<Record<string, unknown>>;

export function findFsx(state: WorldState, caller: Caller, id: string | undefined): Resource {
  const found = tryFindResource(state, caller, FSX, id);
  if (found === undefined) {
    throw new AwsFault('FileSystemNotFound', `File system '${id ?? ''}' does not exist.`);
  }
  return found;
}

const SHOWN = ['LustreConfiguration', 'WindowsConfiguration', 'OpenZFSConfiguration'];

/** What the shape shows of a request as it was asked for; passwords are never shown. */
export function fsxSettings(input: object): FsxSettings {
  const kept = [...SHOWN, 'StorageType', 'SubnetIds', 'FileSystemTypeVersion', 'NetworkType'];
  const asked = Object.entries(input).filter(([key, value]) => kept.includes(key) && value !== undefined);
  return Object.fromEntries(
    asked.map(([key, value]) => [key, SHOWN.includes(key) ? withoutSecrets(value as object) : value]),
  );
}

function withoutSecrets(configuration: object): object {
  const { SelfManagedActiveDirectoryConfiguration: _directory, ...shown } = configuration as Record<string, unknown>;
  return shown;
}

/** Settings after a change: members of a configuration that are not given stay. */
export function joinSettings(before: FsxSettings | undefined, changed: FsxSettings): FsxSettings {
  const joined = Object.entries(changed).map(([key, value]): [string, unknown] => [
    key,
    SHOWN.includes(key) ? { ...(before?.[key] as object | undefined), ...(value as object) } : value,
  ]);
  return { ...before, ...Object.fromEntries(joined) };
}

export function fsxWindows(input: Configured): Windows {
  const { LustreConfiguration, WindowsConfiguration, OpenZFSConfiguration } = input;
  const configuration = LustreConfiguration ?? WindowsConfiguration ?? OpenZFSConfiguration;
  return windowsOf({
    maintenance: configuration?.WeeklyMaintenanceStartTime,
    backup: configuration?.DailyAutomaticBackupStartTime,
    backupDays: configuration?.AutomaticBackupRetentionDays,
  });
}

/** Configurations that are not chosen. */
const DEFAULTS: Readonly<Record<string, readonly [type: string, member: string, defaults: object]>> = {
  'fsx-lustre': [
    'LUSTRE',
    'LustreConfiguration',
    { DeploymentType: 'SCRATCH_1', DataCompressionType: 'NONE', MountName: 'fsx', CopyTagsToBackups: false },
  ],
  'fsx-windows': [
    'WINDOWS',
    'WindowsConfiguration',
    {
      DeploymentType: 'SINGLE_AZ_1',
      ThroughputCapacity: 8,
      CopyTagsToBackups: false,
      AutomaticBackupRetentionDays: 30,
    },
  ],
  'fsx-openzfs': [
    'OPENZFS',
    'OpenZFSConfiguration',
    { DeploymentType: 'SINGLE_AZ_1', ThroughputCapacity: 64, CopyTagsToBackups: false, CopyTagsToVolumes: false },
  ],
};

export function fsxShape(state: WorldState, found: Resource): FileSystem {
  const { service, env, encryptedWith, state: lifecycle = 'available' } = found.declaration;
  const { settings = {} } = state.ledger.particulars.fsx.of(found.arn);
  const [type = '', member = '', defaults = {}] = DEFAULTS[service] ?? [];
  const id = lastOf(found.arn);
  return given({
    StorageType: 'SSD' as const,
    SubnetIds: defaultSubnets(state, env)
      .map(({ id: subnetId }) => subnetId)
      .slice(0, 1),
    NetworkType: 'IPV4' as const,
    ...settings,
    [member]: { ...defaults, ...(settings[member] as object | undefined) },
    OwnerId: env.account,
    CreationTime: dateOf(found.madeAt),
    FileSystemId: id,
    FileSystemType: type as FileSystem['FileSystemType'],
    Lifecycle: lifecycle.toUpperCase() as 'AVAILABLE',
    StorageCapacity: Math.max(1, Math.ceil(found.sizeBytes / GIB)),
    VpcId: defaultVpc(state, env).id,
    NetworkInterfaceIds: [],
    DNSName: `${id}.fsx.${env.region}.amazonaws.com`,
    KmsKeyId: encryptedWith,
    ResourceARN: found.arn,
    Tags: tagList(tagsOf(found)),
  });
}
