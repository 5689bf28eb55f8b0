import { BackupLimits } from './backup-limits';
import { Environment } from './environment';
import { Finding, IValueProbe } from './finding';
import { FrameworkControl } from './framework-control';
import { LogicallyAirGappedVault } from './logically-air-gapped-vault';
import { BackupPlan } from './plan';
import { checkControl, parametersOf } from './private/audit/control-checks';
import { checkCompliance } from './private/audit/compliance';
import { checkTogether } from './private/audit/together';
import { at, found } from './private/found';
import { duplicates } from './private/names';
import { absent, lengthOf, members, readable, shown } from './private/reading';
import { FRAMEWORK, FRAMEWORK_CONTROL } from './private/tables/audit';
import { TagRules } from './tags';
import { BackupVault } from './vault';

/**
 * A framework of AWS Backup Audit Manager as declared.
 */
export interface BackupFramework {
  /**
   * Name of the framework, 1 to 256 letters, digits and underscores, the first of them a letter. Cannot be changed later.
   */
  readonly frameworkName: string;

  /**
   * Where the framework lives; it judges what is in the same account and Region.
   */
  readonly env: Environment;

  /**
   * The controls, at least 1.
   */
  readonly controls: FrameworkControl[];

  /**
   * What the framework is for, at most 1024 characters.
   *
   * @default - none
   */
  readonly frameworkDescription?: string;

  /**
   * Tags of the framework.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Where this was declared: construct path, file and logical id, or Terraform address.
   *
   * @default - the name
   */
  readonly declaredAt?: string;
}

/**
 * What a framework judges, as far as it was declared.
 */
export interface AuditedDeclarations {
  /**
   * Plans.
   *
   * @default - none
   */
  readonly plans?: BackupPlan[];

  /**
   * Backup vaults.
   *
   * @default - none
   */
  readonly vaults?: BackupVault[];

  /**
   * Logically air-gapped vaults.
   *
   * @default - none
   */
  readonly logicallyAirGappedVaults?: LogicallyAirGappedVault[];
}

const FRAMEWORK_NAME = /^[a-zA-Z][_a-zA-Z0-9]{0,255}$/;

/**
 * What AWS refuses in a framework, and what can never comply with it.
 */
export class BackupFrameworkRules {
  /**
   * What the rules find. Never throws.
   *
   * @param framework the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(framework: BackupFramework, path: string, probe: IValueProbe): Finding[] {
    if (!readable(framework, probe)) {
      return [];
    }
    const { frameworkName: name, frameworkDescription: description } = framework;
    const findings: Finding[] = [];
    if (absent(name) || (probe.known(name) && !FRAMEWORK_NAME.test(name))) {
      findings.push(found(FRAMEWORK.name, at(path, 'frameworkName'), shown(name)));
    }
    if (readable(description, probe) && (description.length > 1024 || description.trim() === '')) {
      const given = description.trim() === '' ? 'spaces alone' : `${description.length} characters`;
      findings.push(found(FRAMEWORK.description, at(path, 'frameworkDescription'), given));
    }
    const controlsPath = at(path, 'controls');
    if ((absent(framework.controls) ? 0 : lengthOf(framework.controls, probe)) === 0) {
      findings.push(found(FRAMEWORK.controls, controlsPath, '0'));
    }
    const controls = members(framework.controls, probe);
    for (const [index, control] of controls) {
      findings.push(...checkControl(control, framework.env, at(controlsPath, index), probe));
    }
    const identity = ([, control]: [number, FrameworkControl]) =>
      JSON.stringify([control.controlName, control.controlScope ?? {}, [...parametersOf(control, probe)]]);
    for (const [[first], [index, control]] of duplicates(controls, identity)) {
      const given = `${control.controlName} again, as in controls[${first}]`;
      findings.push(found(FRAMEWORK_CONTROL.duplicate, at(controlsPath, index), given));
    }
    findings.push(...TagRules.check(framework.tags ?? {}, at(path, 'tags'), probe));
    return findings;
  }

  /**
   * What in plans and vaults can never comply with a framework, whatever happens when they run. Never throws.
   *
   * Only what lives in the account and Region of the framework is judged, and nothing whose values are not known.
   *
   * @param framework the framework
   * @param audited what it judges
   * @param path where the framework is declared
   * @param probe tells which values are known now
   */
  public static checkCompliance(
    framework: BackupFramework,
    audited: AuditedDeclarations,
    path: string,
    probe: IValueProbe,
  ): Finding[] {
    return readable(framework, probe) ? checkCompliance(framework, audited, path, probe) : [];
  }

  /**
   * What the rules find in all frameworks together: names that collide, and counts above a quota. Never throws.
   *
   * @param frameworks all that were declared
   * @param probe tells which values are known now
   */
  public static checkTogether(frameworks: BackupFramework[], probe: IValueProbe): Finding[] {
    const declared = members(frameworks, probe).map(([, framework]) => ({
      env: framework.env,
      name: framework.frameworkName,
      path: framework.declaredAt ?? framework.frameworkName,
      controls: lengthOf(framework.controls, probe) ?? 0,
    }));
    return [
      ...checkTogether(declared, probe, {
        member: 'frameworkName',
        unique: FRAMEWORK.nameUnique,
        quota: FRAMEWORK.quota,
        most: BackupLimits.FRAMEWORKS,
      }),
      ...checkTogether(
        declared.flatMap((one) => Array.from({ length: one.controls }, () => ({ ...one, name: undefined }))),
        probe,
        { member: 'controls', quota: FRAMEWORK_CONTROL.quota, most: BackupLimits.FRAMEWORK_CONTROLS },
      ),
    ];
  }

  private constructor() {}
}
