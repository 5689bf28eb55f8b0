import { Finding, IValueProbe } from './finding';
import { ROLE_ARN } from './private/arns';
import { at, found } from './private/found';
import { checkName } from './private/names';
import { absent, lengthOf, members, readable, shown, whole } from './private/reading';
import { checkOverrides } from './private/restore-testing-overrides';
import { checkTestConditions } from './private/restore-testing-conditions';
import { RESTORE_TESTING_SELECTION as RULES } from './private/tables/restore-testing';
import { ServiceSupport } from './support/service-support';

/** Letters of the name of a selection. */
const NAME = /^[a-zA-Z0-9_]{1,50}$/;
const WHOLE_ARN = /^arn:[^:\s*]+:[^:\s*]+:[^:\s*]*:[^:\s*]*:[^\s*]+$/;

/**
 * A resource type whose restores can be tested.
 */
export enum RestoreTestingResourceType {
  /** Clusters of Amazon Aurora. */
  AURORA = 'Aurora',
  /** Clusters of Amazon DocumentDB. */
  DOCUMENTDB = 'DocumentDB',
  /** Tables of Amazon DynamoDB. */
  DYNAMODB = 'DynamoDB',
  /** Volumes of Amazon EBS. */
  EBS = 'EBS',
  /** Instances of Amazon EC2. */
  EC2 = 'EC2',
  /** File systems of Amazon EFS. */
  EFS = 'EFS',
  /** File systems and volumes of Amazon FSx. */
  FSX = 'FSx',
  /** Clusters of Amazon Neptune. */
  NEPTUNE = 'Neptune',
  /** Instances of Amazon RDS. */
  RDS = 'RDS',
  /** Buckets of Amazon S3. */
  S3 = 'S3',
}

/**
 * One condition on a tag of a recovery point.
 */
export interface RestoreTestingCondition {
  /**
   * `aws:ResourceTag/<key of the tag>`.
   */
  readonly key: string;

  /**
   * Value of the tag.
   */
  readonly value: string;
}

/**
 * Conditions that a resource must all meet, held against the tags of its latest recovery point (Source B9.3/1).
 */
export interface RestoreTestingConditions {
  /**
   * The tag is there and equal.
   *
   * @default - none
   */
  readonly stringEquals?: RestoreTestingCondition[];

  /**
   * The tag is absent or differs.
   *
   * @default - none
   */
  readonly stringNotEquals?: RestoreTestingCondition[];
}

/**
 * Which resources of one type a restore testing plan tests, and how they are restored.
 */
export interface RestoreTestingSelection {
  /**
   * Name of the selection, 1 to 50 letters, digits and `_`. Cannot be changed later.
   */
  readonly restoreTestingSelectionName: string;

  /**
   * Resource type, as AWS Backup writes it, e.g. `RDS`. Cannot be changed later.
   */
  readonly protectedResourceType: string;

  /**
   * ARN of the role that AWS Backup assumes to restore.
   */
  readonly iamRoleArn: string;

  /**
   * Whole ARNs, at most 30, or `*` alone.
   *
   * @default - `*` where there are conditions
   */
  readonly protectedResourceArns?: string[];

  /**
   * Conditions, which go with `*` alone.
   *
   * @default - none
   */
  readonly protectedResourceConditions?: RestoreTestingConditions;

  /**
   * Metadata that replaces what AWS Backup infers for a restore; `RestoreMetadata` has the keys.
   *
   * @default - what AWS Backup infers
   */
  readonly restoreMetadataOverrides?: { [key: string]: string };

  /**
   * Hours that the restored resource stays for validation, 0 to 168.
   *
   * @default 0
   */
  readonly validationWindowHours?: number;

  /**
   * Ids of the services of the selected resources, as far as they are known: FSx has four, which need different overrides.
   *
   * @default - not known
   */
  readonly services?: string[];

  /**
   * Where this was declared: construct path, file and logical id, or Terraform address.
   *
   * @default - under its plan
   */
  readonly declaredAt?: string;
}

/**
 * What AWS refuses in a selection of a restore testing plan.
 */
export class RestoreTestingSelectionRules {
  /**
   * What the rules find. Never throws.
   *
   * @param selection the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(selection: RestoreTestingSelection, path: string, probe: IValueProbe): Finding[] {
    if (!readable(selection, probe)) {
      return [];
    }
    const { restoreTestingSelectionName: name, protectedResourceType: type, validationWindowHours: hours } = selection;
    const findings = checkName(RULES.name, name, NAME, at(path, 'restoreTestingSelectionName'), probe);
    if (absent(type) || (probe.known(type) && !TYPES.has(type))) {
      findings.push(found(RULES.resourceType, at(path, 'protectedResourceType'), shown(type)));
    }
    findings.push(...checkName(RULES.roleArn, selection.iamRoleArn, ROLE_ARN, at(path, 'iamRoleArn'), probe));
    findings.push(...checkReach(selection, path, probe));
    findings.push(...checkArns(selection, at(path, 'protectedResourceArns'), probe));
    findings.push(
      ...checkTestConditions(selection.protectedResourceConditions, at(path, 'protectedResourceConditions'), probe),
    );
    findings.push(...checkOverrides(selection, at(path, 'restoreMetadataOverrides'), probe));
    if (readable(hours, probe) && !whole(hours, 0, 168)) {
      findings.push(found(RULES.validationWindow, at(path, 'validationWindowHours'), shown(hours)));
    }
    return findings;
  }

  /**
   * What the rules find in a selection because something validates what its plan restores. Never throws.
   *
   * @param selection the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static checkValidated(selection: RestoreTestingSelection, path: string, probe: IValueProbe): Finding[] {
    const hours = selection.validationWindowHours;
    const none = absent(hours) || (probe.known(hours) && hours === 0);
    return none ? [found(RULES.noValidationWindow, at(path, 'validationWindowHours'), shown(hours))] : [];
  }

  private constructor() {}
}

const TYPES: ReadonlySet<string> = new Set(Object.values(RestoreTestingResourceType));

/** What ARNs and conditions come to together. */
function checkReach(selection: RestoreTestingSelection, path: string, probe: IValueProbe): Finding[] {
  const { protectedResourceArns: arns, protectedResourceConditions: conditions } = selection;
  const count = absent(arns) ? 0 : lengthOf(arns, probe);
  if (count === 0 && absent(conditions)) {
    return [found(RULES.empty, at(path, 'protectedResourceArns'), 'neither')];
  }
  const named = members(arns, probe).filter(([, arn]) => arn !== '*');
  if (!absent(conditions) && named.length > 0) {
    const given = named.length === 1 ? '1 ARN' : `${named.length} ARNs`;
    return [found(RULES.conditionsWithArns, at(path, 'protectedResourceConditions'), given)];
  }
  return [];
}

function checkArns(selection: RestoreTestingSelection, path: string, probe: IValueProbe): Finding[] {
  const arns = selection.protectedResourceArns;
  const count = lengthOf(arns, probe) ?? 0;
  const findings = count > 30 ? [found(RULES.arns, path, String(count))] : [];
  for (const [index, arn] of members(arns, probe)) {
    if (arn === '*' && count > 1) {
      findings.push(found(RULES.arn, at(path, index), `* beside ${count - 1} more`));
    } else if (arn !== '*' && (typeof arn !== 'string' || !WHOLE_ARN.test(arn))) {
      findings.push(found(RULES.arn, at(path, index), shown(arn)));
    } else if (arn !== '*' && isOfOtherType(arn, selection.protectedResourceType, probe)) {
      findings.push(
        found(RULES.arnType, at(path, index), `${arn} in a selection of ${selection.protectedResourceType}`),
      );
    }
  }
  return findings;
}

function isOfOtherType(arn: string, type: string, probe: IValueProbe): boolean {
  if (!readable(type, probe) || !TYPES.has(type)) {
    return false;
  }
  const types = ServiceSupport.forArn(arn).map(({ resourceType }) => resourceType);
  return !types.includes(type);
}
