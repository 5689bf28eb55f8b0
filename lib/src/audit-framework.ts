import {
  BackupFramework,
  BackupFrameworkRules,
  ControlScope,
  Finding,
  FrameworkControl,
  Waiver,
} from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import { Aspects, IResource, Resource } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { ConfigRecorder } from './config-recorder';
import { parameterText } from './private/audit-parameter';
import { needRecorder } from './private/audit-recorder';
import { appEstate, READ_BACK } from './private/app-estate';
import { environmentOf } from './private/environment';
import { annotateTemplate, refuse } from './private/refuse';
import { SYNTH } from './private/token-values';

/**
 * A framework of AWS Backup Audit Manager.
 */
export interface IAuditFramework extends IResource {
  /**
   * ARN of the framework.
   *
   * @attribute
   */
  readonly frameworkArn: string;
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
   * Tags of the framework.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Findings that are accepted, each with the reason.
   *
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/**
 * A framework of AWS Backup Audit Manager that is held against the app before AWS evaluates it.
 *
 * At synthesis every plan and vault of the app in the same account and Region, whoever's constructs made them, is held
 * against the controls: a warning tells of what can never comply. Parameters are written out, AWS's defaults included.
 */
@propertyInjectable
export class AuditFramework extends Resource implements IAuditFramework {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.AuditFramework';

  /**
   * A framework that is there, e.g. for a `ReportPlan`.
   *
   * @param scope parent
   * @param id construct id
   * @param frameworkArn its ARN
   */
  public static fromFrameworkArn(scope: Construct, id: string, frameworkArn: string): IAuditFramework {
    class Imported extends Resource implements IAuditFramework {
      public readonly frameworkArn = frameworkArn;
    }
    return new Imported(scope, id);
  }

  /**
   * ARN of the framework.
   *
   * @attribute
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
    const declared: BackupFramework = {
      frameworkName: props.frameworkName,
      env: environmentOf(this),
      controls: props.controls,
      frameworkDescription: props.frameworkDescription,
      tags: props.tags,
      declaredAt: this.node.path,
    };
    refuse(this, BackupFrameworkRules.check(declared, '', SYNTH), props.waivers);

    const resource = new backup.CfnFramework(this, 'Resource', {
      frameworkName: props.frameworkName,
      frameworkDescription: props.frameworkDescription,
      frameworkControls: props.controls.map((control) => this.rendered(control)),
      frameworkTags: props.tags && Object.entries(props.tags).map(([key, value]) => ({ key, value })),
    });
    annotateTemplate(resource, props.waivers);
    this.frameworkArn = resource.attrFrameworkArn;
    needRecorder(this, {
      controls: props.controls,
      rules: [],
      resources: [resource],
      configRecorder: props.configRecorder,
      waivers: props.waivers,
    });
    this.judgeAtSynthesis(props.waivers);
  }

  private rendered(control: FrameworkControl): backup.CfnFramework.FrameworkControlProperty {
    const { controlName, controlInputParameters, controlScope } = control;
    return {
      controlName,
      controlInputParameters:
        controlInputParameters.length === 0
          ? undefined
          : controlInputParameters.map(({ parameterName, parameterValue }) => ({
              parameterName,
              parameterValue: parameterText(this, parameterValue),
            })),
      controlScope: controlScope && renderedScope(controlScope),
    };
  }

  /** Plans and vaults come before and after the framework; which there are is known only when the whole app is. */
  private judgeAtSynthesis(waivers?: Waiver[]): void {
    Aspects.of(this).add({
      visit: (node) => {
        if (node === this) {
          refuse(this, this.complianceFindings(), waivers);
        }
      },
    });
  }

  private complianceFindings(): Finding[] {
    const { estate } = appEstate(this.node.root);
    const frameworks = estate.frameworks ?? [];
    const own = frameworks.filter(({ declaredAt }) => declaredAt === this.node.path);
    const prefix = `${this.node.path}.`;
    const together = BackupFrameworkRules.checkTogether(frameworks, READ_BACK);
    return [
      ...together.filter(({ path }) => path === this.node.path || path.startsWith(prefix)),
      ...own.flatMap((framework) => BackupFrameworkRules.checkCompliance(framework, estate, this.node.path, READ_BACK)),
    ].map((finding) => ({
      ...finding,
      path: finding.path.startsWith(prefix) ? finding.path.slice(prefix.length) : finding.path,
    }));
  }
}

/** CDK hands the scope on as it is, so that it has the names of a template. */
function renderedScope({ complianceResourceTypes, complianceResourceIds, tags }: ControlScope): object {
  return {
    ComplianceResourceTypes: complianceResourceTypes,
    ComplianceResourceIds: complianceResourceIds,
    Tags: tags && Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}
