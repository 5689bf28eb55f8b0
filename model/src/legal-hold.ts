import { BackupLimits } from './backup-limits';
import { Environment } from './environment';
import { Finding, IValueProbe } from './finding';
import { VAULT_NAME } from './private/arns';
import { at, found } from './private/found';
import { checkName } from './private/names';
import { absent, lengthOf, members, readable, shown } from './private/reading';
import { LEGAL_HOLD as RULES } from './private/tables/legal-hold';
import { TagRules } from './tags';

/**
 * When the recovery points of a hold were created.
 */
export interface LegalHoldDateRange {
  /**
   * First moment, inclusive, in ISO 8601 with its zone, e.g. `2027-01-01T00:00:00Z`.
   */
  readonly fromDate: string;

  /**
   * Last moment, inclusive, in ISO 8601 with its zone, e.g. `2027-12-31T23:59:59Z`.
   */
  readonly toDate: string;
}

/**
 * Which recovery points a hold keeps: those that are there when it is made and meet all that is given (Source B5.4/2).
 */
export interface LegalHoldSelection {
  /**
   * Names of the vaults whose recovery points are held.
   *
   * @default - of every vault
   */
  readonly vaultNames?: string[];

  /**
   * ARNs of the resources whose recovery points are held.
   *
   * @default - of every resource
   */
  readonly resourceIdentifiers?: string[];

  /**
   * When the recovery points were created.
   *
   * @default - whenever
   */
  readonly dateRange?: LegalHoldDateRange;
}

/**
 * A hold that keeps recovery points from deletion until it is cancelled (Source B5.4/4).
 */
export interface LegalHold {
  /**
   * What the hold is.
   */
  readonly title: string;

  /**
   * Why the hold is, at most 280 characters.
   */
  readonly description: string;

  /**
   * Where the hold lives.
   */
  readonly env: Environment;

  /**
   * Which recovery points it keeps.
   */
  readonly recoveryPointSelection: LegalHoldSelection;

  /**
   * Tags of the hold, at most 50.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Where this was declared: construct path, file and logical id, or Terraform address.
   *
   * @default - the title
   */
  readonly declaredAt?: string;
}

const DATE_TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const PLAIN_ARN = /^arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:[^\s*]+$/;

/** Longest description in the samples of AWS (Source 1.2). */
const DESCRIPTION = 280;

/**
 * What AWS refuses in a legal hold.
 */
export class LegalHoldRules {
  /**
   * What the rules find. Never throws.
   *
   * @param legalHold the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(legalHold: LegalHold, path: string, probe: IValueProbe): Finding[] {
    if (!readable(legalHold, probe)) {
      return [];
    }
    const { title, description, tags, recoveryPointSelection: selection } = legalHold;
    const findings = checkName(RULES.title, title, /\S/, at(path, 'title'), probe);
    findings.push(...checkName(RULES.description, description, /\S/, at(path, 'description'), probe));
    if (readable(description, probe) && String(description).length > DESCRIPTION) {
      const given = `${String(description).length} characters`;
      findings.push(found(RULES.descriptionLength, at(path, 'description'), given));
    }
    const tagCount = readable(tags, probe) ? Object.keys(tags).length : 0;
    if (tagCount > BackupLimits.TAGS_OF_RECOVERY_POINT) {
      findings.push(found(RULES.tags, at(path, 'tags'), String(tagCount)));
    }
    findings.push(...TagRules.checkEach(tags ?? {}, at(path, 'tags'), probe));
    if (readable(selection, probe)) {
      findings.push(...checkSelection(selection, at(path, 'recoveryPointSelection'), probe));
    }
    return findings;
  }

  private constructor() {}
}

function checkSelection(selection: LegalHoldSelection, path: string, probe: IValueProbe): Finding[] {
  const { vaultNames, resourceIdentifiers, dateRange } = selection;
  const findings: Finding[] = [];
  if (isEmpty(vaultNames, probe) && isEmpty(resourceIdentifiers, probe)) {
    const given = absent(dateRange) ? 'neither' : 'neither, with a dateRange';
    findings.push(found(RULES.everything, path, given));
  }
  for (const [index, name] of members(vaultNames, probe)) {
    findings.push(...checkName(RULES.vaultName, name, VAULT_NAME, at(at(path, 'vaultNames'), index), probe));
  }
  for (const [index, arn] of members(resourceIdentifiers, probe)) {
    const arnPath = at(at(path, 'resourceIdentifiers'), index);
    findings.push(...checkName(RULES.resource, arn, PLAIN_ARN, arnPath, probe));
  }
  if (readable(dateRange, probe)) {
    findings.push(...checkRange(dateRange, at(path, 'dateRange'), probe));
  }
  return findings;
}

function checkRange(range: LegalHoldDateRange, path: string, probe: IValueProbe): Finding[] {
  const findings: Finding[] = [];
  for (const member of ['fromDate', 'toDate'] as const) {
    const value = range[member];
    if (probe.known(value) && !isDateTime(value)) {
      findings.push(found(RULES.date, at(path, member), shown(value)));
    }
  }
  const { fromDate: first, toDate: last } = range;
  const known = probe.known(first) && probe.known(last) && isDateTime(first) && isDateTime(last);
  if (known && Date.parse(last) < Date.parse(first)) {
    findings.push(found(RULES.dates, at(path, 'toDate'), last, `not before fromDate ${first}`));
  }
  return findings;
}

/** Whether a text is a moment that the calendar has: `Date` itself moves 30 February into March. */
function isDateTime(value: unknown): value is string {
  if (typeof value !== 'string' || !DATE_TIME.test(value)) {
    return false;
  }
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(Date.parse(value)) && day.toISOString().slice(0, 10) === value.slice(0, 10);
}

function isEmpty(list: readonly unknown[] | undefined, probe: IValueProbe): boolean {
  return absent(list) || lengthOf(list, probe) === 0;
}
