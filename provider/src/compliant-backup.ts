import {
  ComplianceEvidence,
  CompliancePresets,
  ComplianceRules,
  ComplianceSettings,
  CompliantBackups,
  Estate,
  RestoreTestingPlan as Declared,
} from '@holdfast/model';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Construct } from 'constructs';
import { AuditFramework } from './audit-framework';
import { BackupAlarms } from './backup-alarms';
import { CompliantBackupProps } from './compliant-backup-props';
import { Plan, PlanProps } from './plan';
import {
  complianceFrameworkProps,
  complianceReports,
  complianceRestoreTests,
  complianceRules,
  continuousPlan,
} from './private/compliance-parts';
import { writeCompliance } from './private/compliance-report';
import { estateOf, tryFindPlan } from './private/declarations';
import { declaredPlan } from './private/declare-plan';
import { tryFindTestingPlan } from './private/declare-restore-testing';
import { annotateTemplate, refuse } from './private/refuse';
import { SYNTH } from './private/token-values';
import { RestoreTestingPlan } from './restore-testing-plan';
import { SelectionResource } from './selection-resource';
import { Vault } from './vault';

/**
 * Backups that are aligned with standards, with what shows that they are: vault, plan, copies, audit, reports, restore tests
 * and alarms from one declaration.
 *
 * Each standard is a floor. A value that is weaker than a clause asks for is refused with the clause, unless it is waived
 * with a reason, which then stands in the Terraform JSON and in the report `holdfast-compliance.json` in the folder of the stack. No
 * set of values makes anybody compliant, and the report says which clauses were not looked up: aligned with a standard,
 * never certified by it.
 */
export class CompliantBackup extends Construct {
  /**
   * The vault of the backups.
   */
  public readonly vault: Vault;

  /**
   * The plan of the snapshots.
   */
  public readonly plan: Plan;

  /**
   * The plan of the continuous backups; undefined where no standard asks for them or no resource can have them.
   */
  public readonly continuousPlan?: Plan;

  /**
   * The framework; undefined where the audit is off or no standard names a control.
   */
  public readonly framework?: AuditFramework;

  /**
   * The bucket of the reports; undefined where the audit is off.
   */
  public readonly reportBucket?: S3Bucket;

  /**
   * The tests of restores; undefined where they are off or no standard asks for them.
   */
  public readonly restoreTestingPlan?: RestoreTestingPlan;

  /**
   * The alarms; undefined where the monitoring is off.
   */
  public readonly alarms?: BackupAlarms;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when a standard, or AWS Backup, refuses what is declared
   */
  constructor(scope: Construct, id: string, props: CompliantBackupProps) {
    super(scope, id);
    const { standards, waivers = [], backupName } = props;
    refuse(this, ComplianceRules.conflicts(standards, ''), waivers);
    const settings = CompliancePresets.settings(standards);
    this.vault = this.makeVault(props, settings);
    const plan = {
      backupPlanName: backupName,
      rules: complianceRules(props, settings, this.vault),
      tags: { [CompliantBackups.SNAPSHOT_TAG]: backupName },
      provider: props.provider,
    };
    this.refuseRetentions(props, plan);
    this.plan = new Plan(this, 'Plan', {
      ...plan,
      waivers: [...CompliantBackups.waiversWithin(waivers, 'Plan'), ...CompliantBackups.staysWarm()],
    });
    this.select(props);
    const continuous = continuousPlan(this, props, settings, this.vault);
    this.continuousPlan = continuous?.plan;
    const { audit = true, restoreTesting = true, monitoring = true } = props;
    if (audit) {
      this.framework = this.makeFramework(props);
      this.reportBucket = complianceReports(this, props, settings, this.framework);
    }
    const tested = [{ plan: this.plan, vault: this.vault }, ...(continuous === undefined ? [] : [continuous])];
    this.restoreTestingPlan = restoreTesting ? complianceRestoreTests(this, props, settings, tested) : undefined;
    this.alarms = monitoring ? this.makeAlarms(props) : undefined;
    this.hold(props, settings);
  }

  private makeVault(props: CompliantBackupProps, settings: ComplianceSettings): Vault {
    const vaultLock = CompliantBackups.vaultLock(settings, props.vaultLock);
    return new Vault(this, 'Vault', {
      backupVaultName: props.backupName,
      vaultLock,
      complianceAcknowledgement:
        vaultLock?.changeableForDays === undefined ? undefined : props.complianceAcknowledgement,
      breakGlassPrincipalArns: props.breakGlassPrincipalArns,
      waivers: CompliantBackups.waiversWithin(props.waivers ?? [], 'Vault'),
      preventDestroy: props.preventDestroy,
      provider: props.provider,
    });
  }

  private select({ protect = [], tags, backupName }: CompliantBackupProps): void {
    this.plan.addSelection('Data', {
      selectionName: backupName,
      resources:
        protect.length === 0 ? undefined : protect.map((construct) => SelectionResource.fromConstruct(construct)),
      tags,
    });
  }

  private makeFramework(props: CompliantBackupProps): AuditFramework | undefined {
    const controls = CompliancePresets.controls(props.standards, {
      exemptPrincipalArns: props.breakGlassPrincipalArns,
      snapshotTag: { conditionKey: CompliantBackups.SNAPSHOT_TAG, conditionValue: props.backupName },
    });
    return controls.length === 0
      ? undefined
      : new AuditFramework(this, 'Framework', {
          ...complianceFrameworkProps(props, controls),
          waivers: CompliantBackups.waiversWithin(props.waivers ?? [], 'Framework'),
          provider: props.provider,
        });
  }

  private makeAlarms({ notificationTopicArn, provider }: CompliantBackupProps): BackupAlarms {
    return new BackupAlarms(this, 'Alarms', { backupVaults: [this.vault], notificationTopicArn, provider });
  }

  /** Before the lock of the vault speaks of the same: the clause says why. */
  private refuseRetentions({ standards, waivers = [] }: CompliantBackupProps, plan: PlanProps): void {
    const rules = plan.rules.map((rule) => ({ ...rule, copyActions: undefined }));
    const declared = { ...declaredPlan(this, { ...plan, rules }), declaredAt: 'Plan' };
    refuse(this, CompliantBackups.checkRetentions(standards, declared, SYNTH), waivers);
  }

  /** What came of it is held against the standards, whatever the properties were. */
  private hold(props: CompliantBackupProps, settings: ComplianceSettings): void {
    const { standards, waivers = [] } = props;
    const subject = {
      estate: this.estate(),
      restoreTestGapDays: ComplianceEvidence.restoreTestGapDays(this.restoreTests(), SYNTH),
      auditControls: this.framework && settings.auditControls,
      evidenceRetentionDays: this.reportBucket && settings.evidenceRetentionDays,
    };
    const found = ComplianceRules.check(standards, subject, SYNTH);
    const findings = CompliantBackups.findingsWithin(found, this.node.path);
    writeCompliance(this, { standards, findings, waivers, subject, probe: SYNTH });
    refuse(this, findings, waivers);
    annotateTemplate(
      this.plan.backupPlan,
      [...CompliantBackups.waiversWithin(waivers, 'Plan'), ...CompliantBackups.staysWarm()],
      {
        standards: standards.map(({ id }) => id),
      },
    );
  }

  private restoreTests(): Declared[] {
    const declaration = this.restoreTestingPlan && tryFindTestingPlan(this.restoreTestingPlan);
    return declaration === undefined ? [] : [declaration.plan];
  }

  /** The plans and their vaults, those that copies go to among them. */
  private estate(): Estate {
    const plans = [this.plan, this.continuousPlan].flatMap((plan) => (plan && tryFindPlan(plan)) ?? []);
    // Each plan has a declaration of its own of a vault that it backs up to, with its own place in it.
    const vaults = new Map(plans.flatMap((plan) => plan.vaults.map((vault) => [vault.declaredAt, vault])));
    return {
      ...estateOf([...vaults.values()]),
      plans: plans.map(({ plan, selections }) => ({ ...plan, selections })),
    };
  }
}
