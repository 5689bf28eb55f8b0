import {
  BackupFramework,
  BackupFrameworkControl,
  BackupFrameworkControlScope,
  BackupFrameworkTimeouts,
} from '@cdktf/provider-aws/lib/backup-framework';
import {
  BackupFrameworkRules,
  ControlScope,
  BackupFramework as DeclaredFramework,
  FrameworkControl,
  Waiver,
} from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { ConfigRecorder } from './config-recorder';
import { parameterText } from './private/audit-parameter';
import { needRecorder } from './private/audit-recorder';
import { environmentOf } from './private/environment';
import { judgeFramework } from './private/judge-framework';
import { annotateTemplate, refuse } from './private/refuse';
import { SYNTH } from './private/token-values';

/**
 * A framework of AWS Backup Audit Manager, made here or elsewhere.
 */
export interface IAuditFramework {
  /**
   * ARN of the framework.
   */
  readonly frameworkArn: string;
}

/**
 * How long Terraform waits for a framework.
 */
export interface AuditFrameworkTimeouts {
  /**
   * For its creation, e.g. `10m`.
   *
   * @default - as the AWS provider has it
   */
  readonly createTimeout?: string;

  /**
   * For a change of it.
   *
   * @default - as the AWS provider has it
   */
  readonly updateTimeout?: string;

  /**
   * For its end.
   *
   * @default - as the AWS provider has it
   */
  readonly deleteTimeout?: string;
}

/**
 * Properties of an `AuditFramework`.
 */
export interface AuditFrameworkProps {
  /**
   * Name of the framework, 1 to 256 letters, digits and underscores, the first of them a letter. Cannot be changed later.
   */
  readonly frameworkName: string;

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
   * The recorder of AWS Config, without which nothing is evaluated.
   *
   * @default ConfigRecorder.inApp()
   */
  readonly configRecorder?: ConfigRecorder;

  /**
   * How long Terraform waits for AWS Backup to make, change and delete the framework.
   *
   * @default - as long as the AWS provider does
   */
  readonly timeouts?: AuditFrameworkTimeouts;

  /**
   * Tags of the framework.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Findings that are accepted, each with the reason.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * The provider that makes the resources, e.g. that of another Region.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * A framework of AWS Backup Audit Manager that is held against the app before AWS evaluates it.
 *
 * At synthesis every `Plan` and vault of the app in the same account and Region is held against the controls: a warning
 * tells of what can never comply. Parameters are written out, AWS's defaults included, as AWS Backup answers with them and
 * Terraform would find a difference in every plan.
 */
export class AuditFramework extends Construct implements IAuditFramework {
  /**
   * A framework that is there, e.g. for a `ReportPlan`.
   *
   * @param frameworkArn its ARN
   */
  public static fromFrameworkArn(frameworkArn: string): IAuditFramework {
    return { frameworkArn };
  }

  /**
   * A framework that was declared without Holdfast.
   *
   * @param resource the resource of the AWS provider
   */
  public static fromBackupFramework(resource: BackupFramework): IAuditFramework {
    return { frameworkArn: resource.arn };
  }

  /**
   * The framework.
   */
  public readonly backupFramework: BackupFramework;

  /**
   * ARN of the framework.
   */
  public readonly frameworkArn: string;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: AuditFrameworkProps) {
    super(scope, id);
    const { controls, provider, tags, waivers } = props;
    const declared: DeclaredFramework = {
      frameworkName: props.frameworkName,
      env: environmentOf(this, provider),
      controls,
      frameworkDescription: props.frameworkDescription,
      tags,
      declaredAt: this.node.path,
    };
    refuse(this, BackupFrameworkRules.check(declared, '', SYNTH), waivers);

    this.backupFramework = new BackupFramework(this, 'Resource', {
      name: props.frameworkName,
      description: props.frameworkDescription,
      control: controls.map(renderedControl),
      timeouts: renderedTimeouts(props.timeouts),
      tags,
      provider,
    });
    annotateTemplate(this.backupFramework, waivers);
    this.frameworkArn = this.backupFramework.arn;
    const { configRecorder } = props;
    needRecorder(this, { controls, rules: [], resources: [this.backupFramework], configRecorder, waivers, provider });
    judgeFramework(this, declared, waivers);
  }
}

function renderedControl({ controlName, controlInputParameters, controlScope }: FrameworkControl) {
  const control: BackupFrameworkControl = {
    name: controlName,
    inputParameter:
      controlInputParameters.length === 0
        ? undefined
        : controlInputParameters.map(({ parameterName, parameterValue }) => ({
            name: parameterName,
            value: parameterText(parameterValue),
          })),
    scope: controlScope && renderedScope(controlScope),
  };
  return control;
}

function renderedScope(scope: ControlScope): BackupFrameworkControlScope {
  const { complianceResourceTypes, complianceResourceIds, tags } = scope;
  return { complianceResourceTypes, complianceResourceIds, tags };
}

function renderedTimeouts(timeouts?: AuditFrameworkTimeouts): BackupFrameworkTimeouts | undefined {
  return timeouts && { create: timeouts.createTimeout, update: timeouts.updateTimeout, delete: timeouts.deleteTimeout };
}
