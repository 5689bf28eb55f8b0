import { BackupLimits } from '../../backup-limits';
import { Finding, IValueProbe, RuleDescription } from '../../finding';
import { GraceTimeOptions, LockFloorOptions } from '../../guardrail-options';
import { at, found } from '../found';
import { absent, days, lengthOf, members, readable, shown, whole } from '../reading';
import { GUARDRAIL } from '../tables/guardrail';

/** What the rules find in the options of a guardrail. */
export type Check = (path: string, probe: IValueProbe) => Finding[];

const REGION = /^(?:[a-z]{2,}(?:-[a-z]+)+-\d{1,2}|[a-z]{2,}-[a-z0-9-]*\*)$/;
const ORGANIZATION = /^o-[a-z0-9]{10,32}$/;
const PATH = /^o-[a-z0-9]{10,32}\/(?:\*|r-[0-9a-z]{4,32}\/(?:ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}\/)*(?:\*|\d{12}\/?)?)$/;
const ACCOUNT = /^\d{12}$/;
const TAG_KEY = /^(?!aws:)[\w\s.:/=+\-@]{1,128}$/i;
const TAG_VALUE = /^[\w\s.:/=+\-@]{1,256}$/;
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PROVIDER = /^(?:amazon|aws-marketplace|aws-backup-vault|\d{12})$/;

/** Every member of a list has a form, and there is at least one where a rule says so. */
function list(
  member: string,
  form: RegExp,
  rule: RuleDescription,
  values?: readonly string[],
  none?: RuleDescription,
): Check {
  return (path, probe) => [
    ...(!absent(values) && !probe.known(values) ? [found(GUARDRAIL.list, at(path, member), 'a token')] : []),
    ...(none !== undefined && lengthOf(values ?? [], probe) === 0 ? [found(none, at(path, member), '0')] : []),
    ...members(values, probe).flatMap(([index, value]) => text(at(member, index), form, rule, value)(path, probe)),
  ];
}

/** A text has a form. */
function text(member: string, form: RegExp, rule: RuleDescription, value: unknown): Check {
  return (path, probe) =>
    absent(value) || (probe.known(value) && !form.test(String(value)))
      ? [found(rule, at(path, member), shown(value))]
      : [];
}

export function regions(values: readonly string[]): Check {
  return list('regions', REGION, GUARDRAIL.region, values, GUARDRAIL.noRegion);
}

export function paths(values: readonly string[]): Check {
  return list('organizationPaths', PATH, GUARDRAIL.path, values, GUARDRAIL.noPath);
}

export function tag(tagKey: string, tagValue: string): Check {
  return all(
    text('tagKey', TAG_KEY, GUARDRAIL.tagKey, tagKey),
    text('tagValue', TAG_VALUE, GUARDRAIL.tagValue, tagValue),
  );
}

export function insiders(organizationId: string, accountIds?: readonly string[]): Check {
  return all(
    text('organizationId', ORGANIZATION, GUARDRAIL.organization, organizationId),
    list('accountIds', ACCOUNT, GUARDRAIL.account, accountIds),
  );
}

export function buckets(names: readonly string[]): Check {
  return list('bucketNames', BUCKET, GUARDRAIL.bucket, names, GUARDRAIL.noBucket);
}

export function services(values?: readonly string[]): Check {
  return (path, probe) => (lengthOf(values, probe) === 0 ? [found(GUARDRAIL.services, at(path, 'services'), '0')] : []);
}

export function imageProviders(values: readonly string[]): Check {
  return all(list('imageProviders', PROVIDER, GUARDRAIL.imageProvider, values), (path, probe) => {
    const accounts = members(values, probe).filter(([, value]) => ACCOUNT.test(value));
    const readAll = members(values, probe).length === lengthOf(values, probe);
    return readAll && accounts.length === 0
      ? [found(GUARDRAIL.imageAccounts, at(path, 'imageProviders'), 'no account')]
      : [];
  });
}

export function lockFloor(options: LockFloorOptions): Check {
  return (path, probe) => {
    const { minRetentionDays: floor } = options;
    const findings = [
      ...(absent(floor) ? [found(GUARDRAIL.lockFloor, at(path, 'minRetentionDays'), shown(floor))] : []),
      ...numbers(
        options,
        ['minRetentionDays', 'minRetentionDaysAtMost', 'maxRetentionDaysAtLeast'],
        1,
        GUARDRAIL.lockFloor,
      )(path, probe),
    ];
    const most = options.minRetentionDaysAtMost;
    if (findings.length === 0 && readable(most, probe) && readable(floor, probe) && most < floor) {
      findings.push(found(GUARDRAIL.lockBounds, at(path, 'minRetentionDaysAtMost'), days(most)));
    }
    return findings;
  };
}

export function graceTime(options: GraceTimeOptions): Check {
  return (path, probe) => {
    const { minDays, maxDays, governanceAllowed = true } = options;
    const findings = numbers(options, ['minDays', 'maxDays'], 3, GUARDRAIL.graceTime)(path, probe);
    if (absent(minDays) && absent(maxDays) && governanceAllowed) {
      findings.push(found(GUARDRAIL.graceNothing, path, 'none'));
    } else if (findings.length === 0 && readable(minDays, probe) && readable(maxDays, probe) && maxDays < minDays) {
      findings.push(found(GUARDRAIL.graceBounds, at(path, 'maxDays'), days(maxDays)));
    }
    return findings;
  };
}

function numbers<T extends object>(
  options: T,
  names: (keyof T & string)[],
  least: number,
  rule: RuleDescription,
): Check {
  return (path, probe) =>
    names.flatMap((name) => {
      const value: unknown = options[name];
      return readable(value, probe) && !whole(value, least, BackupLimits.LONGEST_DAYS)
        ? [found(rule, at(path, name), days(value))]
        : [];
    });
}

export function all(...checks: Check[]): Check {
  return (path, probe) => checks.flatMap((check) => check(path, probe));
}
