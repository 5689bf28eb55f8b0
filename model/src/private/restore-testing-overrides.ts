import { Finding, IValueProbe } from '../finding';
import { RestoreMetadata } from '../restore-metadata';
import { RestoreTestingSelection } from '../restore-testing-selection';
import { at, found } from './found';
import { duplicates } from './names';
import { absent, readable } from './reading';
import { RESTORE_TESTING_SELECTION as RULES } from './tables/restore-testing';

/** What AWS Backup cannot infer: a key, or the name of a member inside the JSON of a key. */
interface Needed {
  readonly key: string;
  readonly member?: string;
}

/** Source B9.3/8; nothing is said to be needed for OpenZFS. */
const NEEDED: Readonly<Record<string, readonly Needed[]>> = {
  'fsx-lustre': [{ key: 'subnetIds' }],
  'fsx-windows': [{ key: 'subnetIds' }, { key: 'windowsConfiguration', member: 'activeDirectoryId' }],
  'fsx-ontap': [{ key: 'ontapConfiguration', member: 'storageVirtualMachineId' }],
  'fsx-openzfs': [],
};

/** The metadata that a selection overrides. */
export function checkOverrides(selection: RestoreTestingSelection, path: string, probe: IValueProbe): Finding[] {
  const { protectedResourceType: type, restoreMetadataOverrides: overrides } = selection;
  if (!readable(type, probe) || RestoreMetadata.keysOf(type).length === 0) {
    return [];
  }
  if (!absent(overrides) && !readable(overrides, probe)) {
    return [];
  }
  const keys = Object.keys(overrides ?? {});
  const findings: Finding[] = [];
  for (const key of keys.filter((each) => probe.known(each))) {
    const known = RestoreMetadata.tryFind(type, key);
    if (known === undefined) {
      findings.push(found(RULES.overrideKey, at(path, key), `${key} for ${type}`));
    } else if (!known.overridable) {
      findings.push(found(RULES.overrideFixed, at(path, key), `${key} for ${type}`));
    }
  }
  for (const [first, second] of duplicates(keys, (key) => key.toLowerCase())) {
    findings.push(found(RULES.overrideTwice, at(path, second), `${first} and ${second}`));
  }
  if (type === 'FSx' && keys.every((key) => probe.known(key))) {
    findings.push(...checkNeeded(overrides ?? {}, selection.services, path, probe));
  }
  return findings;
}

/** Without known resources, a selection that has what one of the kinds of FSx needs is let be. */
function checkNeeded(
  overrides: { [key: string]: string },
  services: string[] | undefined,
  path: string,
  probe: IValueProbe,
): Finding[] {
  const lacks = (service: string) =>
    (NEEDED[service] ?? []).filter((needed) => !has(overrides, needed, probe)).map(({ key, member }) => member ?? key);
  if (services !== undefined && services.length > 0) {
    return services.flatMap((service) => {
      const missing = lacks(service);
      return missing.length === 0
        ? []
        : [found(RULES.overrideRequired, path, `none of ${missing.join(', ')} for ${service}`)];
    });
  }
  const some = ['fsx-lustre', 'fsx-windows', 'fsx-ontap'].some((service) => lacks(service).length === 0);
  return some ? [] : [found(RULES.overrideRequired, path, 'none of them')];
}

function has(overrides: { [key: string]: string }, { key, member }: Needed, probe: IValueProbe): boolean {
  const given = Object.entries(overrides).find(([each]) => each.toLowerCase() === key.toLowerCase());
  if (given === undefined) {
    return false;
  }
  const [, value] = given;
  return member === undefined || !readable(value, probe) || value.toLowerCase().includes(`"${member.toLowerCase()}"`);
}
