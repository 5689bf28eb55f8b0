import {
  BackupVaultDefaults,
  ComplianceAspect,
  CopyDestination,
  CoverageAspect,
  HoldfastChecks,
  PlanDefaults,
  SelectionDefaults,
  VaultDefaults,
} from '@holdfast/cdk';
import { Schedule } from '@holdfast/model';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { App, Aspects, Aws, Duration, PropertyInjectors, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { BACKUP_ACCOUNT, BACKUP_REGION, BOUNDARY, KEPT_DAYS, POLICY, STANDARD } from './policy';

/** The backups of Example Corp: what every app of the company starts with. */
export class ExampleBackups {
  /** Gives an app the company's defaults and mandates, and holds it against the policy. Call it before stacks are made. */
  public static applyTo(app: App): void {
    injectVaults(app);
    injectPlans(app);
    Aspects.of(app).add(new ComplianceAspect({ standards: [STANDARD] }));
    Aspects.of(app).add(new CoverageAspect({ failOnUnprotected: true }));
    Validations.of(app).addPlugins(new HoldfastChecks());
  }

  private constructor() {}
}

/** Vaults are locked and stay, those of `aws-cdk-lib` too. */
function injectVaults(app: App): void {
  PropertyInjectors.of(app).add(
    new VaultDefaults({
      defaults: { tags: { owner: 'backup-platform' } },
      mandates: { vaultLock: { minRetentionDays: KEPT_DAYS }, removalPolicy: RemovalPolicy.RETAIN },
      demandedBy: POLICY,
    }),
    new BackupVaultDefaults({
      mandates: {
        blockRecoveryPointDeletion: true,
        lockConfiguration: { minRetention: Duration.days(KEPT_DAYS) },
        removalPolicy: RemovalPolicy.RETAIN,
      },
      demandedBy: POLICY,
    }),
  );
}

/** Rules run at night, and copy to the backup account; roles are bounded. */
function injectPlans(app: App): void {
  const boundary = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:policy/${BOUNDARY}`;
  PropertyInjectors.of(app).add(
    new PlanDefaults({
      defaults: {
        rule: {
          schedule: Schedule.daily({ hour: 3, timeZone: 'Europe/Berlin' }),
          deleteAfter: Duration.days(KEPT_DAYS),
          copyActions: [{ destination: CopyDestination.account(BACKUP_ACCOUNT, { region: BACKUP_REGION }) }],
        },
      },
      mandates: { rule: { startWindow: Duration.hours(2) } },
      demandedBy: POLICY,
    }),
    new SelectionDefaults({
      mandates: { permissionsBoundary: ManagedPolicy.fromManagedPolicyArn(app, 'BackupBoundary', boundary) },
      demandedBy: POLICY,
    }),
  );
}
